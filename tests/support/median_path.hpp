// SPDX-License-Identifier: Apache-2.0
#pragma once

// The median path of a scenario without jumps and with constant volatility, and the volatility that
// is realised along it, from the steps of its plan: what the scenario says, without an engine.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

#include "host/plan/plan.hpp"

namespace hedgestorm::test {

/// The largest fall of the median path, and the hours between which it goes from 5 to 99 % of it:
/// the drift of quiet days before and after is no part of a fall.
struct Drawdown {
    double fraction = 0.0;
    double from = 0.0;
    double to = 0.0;
};

class MedianPath {
  public:
    explicit MedianPath(const plan::Plan& plan)
        : start_(plan.view().single->spot), displacement_(plan.displacement()) {
        for (std::size_t i = 0; i < plan.grid().steps.size(); ++i) {
            const auto& step = plan.view().single->step[static_cast<std::uint32_t>(i)];
            const double volatility = step.volatility * std::log(2.0);
            ends_.push_back(plan.grid().steps[i].to * hours_per_year);
            drift_.push_back(drift_.back() + step.drift * std::log(2.0));
            variance_.push_back(variance_.back() + volatility * volatility);
        }
    }

    /// Median of the price at an hour, a time of the grid.
    double price(double hour) const { return price_at(index(hour)); }

    /// Median of ln S(to) / S(from), the hours being times of the grid; of a displaced price that
    /// of price + displacement.
    double log_return(double from, double to) const {
        return drift_[index(to)] - drift_[index(from)];
    }

    /// Median over paths of the realised volatility of the closes at these hours.
    double realised_volatility(const std::vector<double>& closes, double closes_per_year) const {
        std::mt19937_64 random(2020);
        std::normal_distribution<double> normal;
        std::vector<double> squares;
        for (int path = 0; path < 4001; ++path) {
            double sum = 0.0;
            for (std::size_t i = 1; i < closes.size(); ++i) {
                const std::size_t from = index(closes[i - 1]);
                const std::size_t to = index(closes[i]);
                const double move = drift_[to] - drift_[from] +
                                    std::sqrt(variance_[to] - variance_[from]) * normal(random);
                sum += move * move;
            }
            squares.push_back(sum);
        }
        const auto middle = squares.begin() + 2000;
        std::nth_element(squares.begin(), middle, squares.end());
        return std::sqrt(*middle * closes_per_year / static_cast<double>(closes.size() - 1));
    }

    /// The root of the mean of the same squared: no draws, so the same number everywhere.
    double mean_realised_volatility(const std::vector<double>& closes,
                                    double closes_per_year) const {
        double sum = 0.0;
        for (std::size_t i = 1; i < closes.size(); ++i) {
            const std::size_t from = index(closes[i - 1]);
            const std::size_t to = index(closes[i]);
            const double move = drift_[to] - drift_[from];
            sum += move * move + variance_[to] - variance_[from];
        }
        return std::sqrt(sum * closes_per_year / static_cast<double>(closes.size() - 1));
    }

    Drawdown largest_drawdown() const {
        std::size_t highest = 0;
        std::size_t peak = 0;
        std::size_t trough = 0;
        for (std::size_t i = 0; i < drift_.size(); ++i) {
            if (drift_[i] > drift_[highest]) highest = i;
            if (drift_[highest] - drift_[i] > drift_[peak] - drift_[trough]) {
                peak = highest;
                trough = i;
            }
        }
        const double fall = drift_[peak] - drift_[trough];
        std::size_t to = peak;
        while (drift_[peak] - drift_[to] < 0.99 * fall) ++to;
        std::size_t from = to;
        while (drift_[peak] - drift_[from] > 0.05 * fall) --from;
        return {1.0 - price_at(trough) / price_at(peak), ends_[from], ends_[to]};
    }

  private:
    static constexpr double hours_per_year = 24.0 * 365.0;

    double price_at(std::size_t i) const { return start_ * std::exp(drift_[i]) - displacement_; }

    /// The time of the grid nearest to an hour.
    std::size_t index(double hour) const {
        const auto after = std::lower_bound(ends_.begin(), ends_.end(), hour);
        if (after == ends_.begin()) return 0;
        if (after == ends_.end()) return ends_.size() - 1;
        const auto at = static_cast<std::size_t>(after - ends_.begin());
        return ends_[at] - hour < hour - ends_[at - 1] ? at : at - 1;
    }

    double start_;  ///< of the price + displacement
    double displacement_;
    std::vector<double> ends_ = {0.0};      ///< hours
    std::vector<double> drift_ = {0.0};     ///< of the log price, to each time
    std::vector<double> variance_ = {0.0};  ///< likewise
};

}  // namespace hedgestorm::test
