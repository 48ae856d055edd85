// SPDX-License-Identifier: Apache-2.0
#pragma once

// The numbers of jumps a row may have, and how likely each is.

#include <array>
#include <cmath>
#include <cstddef>

namespace hedgestorm::fit {

/// Probability that a sum over numbers of jumps leaves out. A return that only many jumps explain
/// has a density as small, so this is far below what a history of a million rows can hold.
inline constexpr double left_out = 1e-18;

/// P(N = n) for n = 0, 1 ... until what is left is below `left_out`.
class JumpCounts {
  public:
    explicit JumpCounts(double mean) {
        double p = std::exp(-mean);
        double sum = 0.0;
        for (count_ = 0; count_ < most && (count_ <= mean || p > left_out);) {
            sum += weights_[count_++] = p;
            p *= mean / static_cast<double>(count_);
        }
        for (std::size_t n = 0; n < count_; ++n) weights_[n] /= sum;
    }
    std::size_t size() const { return count_; }
    double operator[](std::size_t n) const { return weights_[n]; }

  private:
    /// More than a mean of most_jumps_a_row ever needs: P(N >= 48) is 1e-28 there.
    static constexpr std::size_t most = 48;
    std::array<double, most> weights_;
    std::size_t count_;
};

}  // namespace hedgestorm::fit
