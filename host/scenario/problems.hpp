// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything found wrong so far, so that a user sees all of it at once.

#include <string>
#include <vector>

#include "host/scenario/document.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::scenario {

class Problems {
  public:
    void add(const Place& place, std::string key, std::string message, std::string hint = {});
    bool empty() const { return count_ == 0; }
    std::size_t count() const { return count_; }

    /// Throws ScenarioError with the problems in file order, at most 100 and a count of the rest.
    void raise_if_any() const;

  private:
    std::vector<Problem> kept_;
    std::size_t count_ = 0;
};

}  // namespace hedgestorm::scenario
