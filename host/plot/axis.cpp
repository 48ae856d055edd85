// SPDX-License-Identifier: Apache-2.0
#include "host/plot/axis.hpp"

#include <cmath>

#include "hedgestorm/contract.hpp"

namespace hedgestorm::plot {
namespace {

constexpr int fewest_of_log = 4;
constexpr int most_of_log = 8;

std::vector<double> multiples_of(double step, double low, double high) {
    // A tick at an end of the axis is wanted even where it is a rounding beyond it.
    const double slack = 1e-9 * (high - low);
    std::vector<double> values;
    for (double k = std::ceil((low - slack) / step); k * step <= high + slack; ++k)
        values.push_back(k * step);
    return values;
}

std::vector<double> decades(double low, double high, const std::vector<double>& digits) {
    std::vector<double> values;
    for (int power = static_cast<int>(std::floor(std::log10(low))); std::pow(10.0, power) <= high;
         ++power) {
        for (const double digit : digits) {
            const double value = digit * std::pow(10.0, power);
            if (value >= low && value <= high) values.push_back(value);
        }
    }
    return values;
}

}  // namespace

double Axis::share(double value) const {
    if (scale == Scale::logarithmic) return std::log(value / low) / std::log(high / low);
    return (value - low) / (high - low);
}

std::vector<double> round_values(double low, double high, int wanted) {
    HS_EXPECT(low < high && wanted > 0);
    const double rough = (high - low) / wanted;
    const double unit = std::pow(10.0, std::floor(std::log10(rough)));
    // The geometric means of neighbours tell which one is nearer.
    double digit = 10.0;
    if (rough < std::sqrt(2.0) * unit) {
        digit = 1.0;
    } else if (rough < std::sqrt(10.0) * unit) {
        digit = 2.0;
    } else if (rough < std::sqrt(50.0) * unit) {
        digit = 5.0;
    }
    std::vector<double> values = multiples_of(digit * unit, low, high);
    if (values.size() < 2) values = multiples_of(digit * unit / 2.0, low, high);
    return values;
}

std::vector<double> multiples(double low, double high, const std::vector<double>& steps, int most) {
    for (const double step : steps) {
        if ((high - low) / step > most) continue;
        return multiples_of(step, low, high);
    }
    return round_values(low, high, most);
}

std::vector<double> round_values_of_log(double low, double high) {
    HS_EXPECT(0.0 < low && low < high);
    std::vector<double> values = decades(low, high, {1, 2, 5});
    if (values.size() > most_of_log) values = decades(low, high, {1});
    if (values.size() < fewest_of_log) values = decades(low, high, {1, 1.5, 2, 3, 4, 5, 6, 8});
    if (values.size() < fewest_of_log) values = round_values(low, high, fewest_of_log);
    return values;
}

}  // namespace hedgestorm::plot
