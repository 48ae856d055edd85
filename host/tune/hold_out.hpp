// SPDX-License-Identifier: Apache-2.0
#pragma once

// The recommendation beside its rivals, on the paths of the tuning and on fresh ones.

#include <string>
#include <vector>

#include "host/tune/candidates.hpp"
#include "host/tune/tune.hpp"

namespace hedgestorm::tune {

/// The objectives of one policy over the arenas, from its scores there. A policy alone has no
/// regret: its largest figure stands for it.
std::vector<Figure> objectives_of(const TuneFile& file, const std::vector<Arena>& arenas,
                                  const std::vector<Score>& scores);

/// Policies that every arena brings along, by the same objectives, against `recommended`.
std::vector<Rival> rivals_of(const TuneFile& file, const std::vector<Arena>& arenas, Paths paths,
                             const std::vector<Figure>& recommended,
                             const std::vector<std::string>& overrides, Evaluator& evaluator);

/// Both on paths from first_hold_out_path on, and in the arenas kept for the check. Throws as
/// Evaluator.
HoldOut check(const TuneFile& file, const std::vector<Arena>& arenas,
              const std::vector<Arena>& elsewhere, const std::vector<std::string>& overrides,
              Evaluator& evaluator);

}  // namespace hedgestorm::tune
