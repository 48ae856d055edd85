// SPDX-License-Identifier: Apache-2.0
#pragma once

// A tuning read back from its file, for tables and pictures.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/result/labelled.hpp"
#include "host/risk/risk.hpp"

namespace hedgestorm::cli {

/// Candidates with their values as they were written, over a file that outlives it.
class TuningView {
  public:
    /// Throws FileError where the parts of the file do not fit each other.
    explicit TuningView(const result::Labelled& file);

    std::size_t candidates() const { return values_.size(); }
    const std::vector<std::string>& parameters() const;
    const std::vector<std::string>& objectives() const;
    /// An array over candidates.
    double of(const char* array, std::size_t candidate) const;
    risk::Estimate objective(std::size_t candidate, std::size_t k) const;
    /// Its ranking figure less that of the recommendation.
    risk::Estimate excess(std::size_t candidate) const;
    const std::vector<std::string>& values(std::size_t candidate) const {
        return values_[candidate];
    }
    /// Value of a parameter; NaN where it is a word.
    double number(std::size_t candidate, std::size_t parameter) const;
    /// half_width 0.05, rebalance_to edge
    std::string name(std::size_t candidate) const;

    bool is_compared(std::size_t candidate) const;
    bool is_on_front(std::size_t candidate) const;
    /// Compared, and not significantly worse than the recommendation.
    bool is_in_region(std::size_t candidate) const;
    std::optional<std::size_t> recommended() const { return recommended_; }

    /// half_width for policy["band"].half_width.
    static std::string short_key(const std::string& key);

  private:
    const result::Labelled& file_;
    std::vector<std::vector<std::string>> values_;
    std::optional<std::size_t> recommended_;
};

}  // namespace hedgestorm::cli
