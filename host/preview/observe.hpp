// SPDX-License-Identifier: Apache-2.0
#pragma once

// The market of a scenario on some of its paths, at some of its times, kept as it is: memory is
// paths x times x quantities, whatever the number of steps.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "host/preview/quantity.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::preview {

/// What to observe: paths [first, first + count), at t_0 and at the ends of these steps.
struct Watch {
    std::uint64_t first_path = 0;
    std::uint64_t paths = 0;
    std::vector<std::uint32_t> steps;  ///< ascending
    std::vector<Quantity> quantities;
};

class Observations {
  public:
    Observations(const scenario::Scenario& scenario, const plan::Grid& grid, Watch watch);

    const Watch& watch() const { return watch_; }
    /// t_0, then the ends of the steps [years].
    const std::vector<double>& times() const { return times_; }
    /// The first time at which a quantity is known: what looks back over 24 hours has none before.
    std::size_t first_time(Quantity quantity) const;
    /// A quantity (by its place in the watch) at a time: a number per path, in native units.
    const float* at(std::size_t quantity, std::size_t time) const {
        return values_.data() + offset(quantity, time);
    }
    float* at(std::size_t quantity, std::size_t time) {
        return values_.data() + offset(quantity, time);
    }

  private:
    std::size_t offset(std::size_t quantity, std::size_t time) const {
        return (quantity * times_.size() + time) * watch_.paths;
    }

    Watch watch_;
    std::vector<double> times_;
    std::size_t first_realised_ = 0;
    std::vector<float> values_;  ///< [quantity][time][path]
};

/// Observes the market on that CPU engine, in that many threads; neither changes what is seen. The
/// plan is one for traces. Throws EngineError, CapacityError.
Observations observe(const scenario::Scenario& scenario, const plan::Plan& plan, Watch watch,
                     const std::string& engine, int threads);

}  // namespace hedgestorm::preview
