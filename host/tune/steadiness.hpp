// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whether looking further still changes what is recommended.

#include <cstddef>
#include <optional>

#include "host/tune/ranking.hpp"

namespace hedgestorm::tune {

/// Looks at a search each time its candidates or their paths have doubled. The recommendation is
/// stable when twice in a row the best was not significantly better (paired, 5 %) than the one that
/// was best at the look before.
class Steadiness {
  public:
    /// True where it is stable now.
    bool look(const Ranking& ranking);

  private:
    std::optional<std::size_t> best_;
    int still_ = 0;
};

}  // namespace hedgestorm::tune
