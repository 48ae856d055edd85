// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is varied: a key of a scenario and the values it takes.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace hedgestorm::tune {

struct Axis {
    std::string key;                  ///< as after --set: policy["band"].half_width
    std::vector<std::string> values;  ///< as after the = of --set
    std::vector<double> numbers;      ///< the same where all are numbers; else empty
    bool is_range = false;            ///< numbers between the first and the last make sense too
    bool logarithmic = false;

    std::string override_at(std::size_t i) const { return key + "=" + values[i]; }
};

inline constexpr std::size_t most_axes = 6;
inline constexpr std::size_t most_points = 100'000;

/// Reads severity=0:2:9 (from, to, how many), policy[0].half_width=0.01:0.2:12:log (evenly in the
/// logarithm) or policy[0].rebalance_to=[target, edge]. Throws UsageError.
Axis parse_axis(const std::string& text);

/// A range that a number is sought in: severity=0:3. Throws UsageError.
struct Range {
    std::string key;
    double low = 0.0;
    double high = 0.0;

    std::string override_at(double x) const;
};
Range parse_range(const std::string& text);

/// `count` numbers from `low` to `high`, evenly spaced in themselves or in their logarithms; the
/// ends are met exactly.
std::vector<double> spaced(double low, double high, std::size_t count, bool logarithmic);

/// The points of a grid in row-major order, the last axis fastest.
class Grid {
  public:
    /// Throws UsageError where two axes have one key, or there are more than most_axes of them or
    /// most_points points.
    explicit Grid(std::vector<Axis> axes);

    const std::vector<Axis>& axes() const { return axes_; }
    std::size_t size() const { return size_; }
    /// Index on each axis.
    std::vector<std::size_t> at(std::size_t point) const;
    /// What --set would say, an entry for each axis.
    std::vector<std::string> overrides(std::size_t point) const;

  private:
    std::vector<Axis> axes_;
    std::size_t size_ = 1;
};

}  // namespace hedgestorm::tune
