// SPDX-License-Identifier: Apache-2.0
#pragma once

// The market of a scenario before any book is hedged in it: how its quantities spread over time,
// and a few of the paths they are made of.
//
// A fan is exact order statistics of the paths at each time, with the order statistics that enclose
// them (docs/statistics.md, "Quantiles"). Times in years, quantities in native units.

#include <cstdint>
#include <string>
#include <vector>

#include "host/preview/quantity.hpp"
#include "host/preview/times.hpp"
#include "host/risk/rank.hpp"
#include "host/risk/risk.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::preview {

/// Of the fan, ascending; the one in the middle is the median.
inline constexpr risk::Fraction fan_probabilities[] = {{1, 100},  {5, 100},  {25, 100}, {50, 100},
                                                       {75, 100}, {95, 100}, {99, 100}};
inline constexpr std::size_t fan_size = std::size(fan_probabilities);
inline constexpr std::size_t median = fan_size / 2;

struct Fan {
    Quantity quantity;
    std::size_t first = 0;  ///< the first of Preview::times at which it is known
    std::vector<risk::Estimate> quantile[fan_size];  ///< of the times from there on
    bool open = false;  ///< paths are too few for an end of an interval: the last one stands there

    /// Whether all paths have the same at all times.
    bool is_certain() const;
};

/// One path.
struct Sample {
    std::uint64_t path = 0;
    std::vector<std::vector<float>> values;  ///< by fan, then times from the fan's first on
};

/// A stress and when it starts.
struct StressMark {
    std::string name;
    double at;
};

struct Preview {
    std::string name;           ///< of the scenario
    std::string model;          ///< of its market
    double displacement = 0.0;  ///< volatilities and spreads are fractions of the price + this
    std::string engine;
    double days_per_year = 365.0;
    std::uint64_t seed = 0;
    std::uint64_t steps = 0;
    std::uint64_t paths = 0;    ///< that the fans are made of
    std::uint64_t flagged = 0;  ///< whose price left the range of numbers; in no fan
    std::vector<double> times;  ///< from t_0 to the horizon
    std::vector<Fan> fans;      ///< the price first
    std::vector<Sample>
        samples;    ///< paths that end spread evenly from the 2.5 to the 97.5 % quantile
    Sample lowest;  ///< the path that ends lowest
    std::vector<StressMark> stresses;      ///< scripted ones, in the order of time
    std::vector<std::string> unscheduled;  ///< stresses whose times paths decide
    std::vector<Span> closed;
};

inline constexpr std::uint64_t default_paths = 4096;
inline constexpr std::uint64_t fewest_paths = 100;   ///< fewer have no 1 % quantile
inline constexpr std::uint64_t most_paths = 32'768;  ///< a few hundred megabytes of them
inline constexpr std::size_t default_samples = 5;
inline constexpr std::size_t most_samples = 50;

struct Options {
    std::uint64_t paths = default_paths;
    std::size_t samples = default_samples;
};

/// Takes the market along the scenario's first paths. Throws ScenarioError, CapacityError,
/// EngineError.
Preview preview(const scenario::Scenario& scenario, const Options& options);

/// The quantiles of `values` at the ranks, in their order; sorts them.
std::vector<risk::Estimate> quantiles(std::vector<float>& values,
                                      const std::vector<risk::QuantileRanks>& ranks);

}  // namespace hedgestorm::preview
