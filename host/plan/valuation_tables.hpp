// SPDX-License-Identifier: Apache-2.0
#pragma once

// The volatilities at which legs are valued: one table for the mark, and one for each other view
// that a policy takes.

#include <utility>
#include <vector>

#include "host/plan/book_layout.hpp"
#include "host/plan/leland.hpp"
#include "host/plan/stress.hpp"

namespace hedgestorm::plan {

class Valuations {
  public:
    /// Starts with the mark, at index 0. Keeps references to all it is given.
    Valuations(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
               const BookLayout& layout, Tables<double>& tables)
        : scenario_(scenario), grid_(grid), script_(script), layout_(layout), tables_(tables) {
        add_mark();
    }

    /// The valuation a policy asks for, made once for all that ask for the same.
    std::uint32_t index_of(const scenario::Valuation& wanted);

    /// The same with the volatility of each leg corrected by Leland (leland.hpp).
    std::uint32_t index_of(const scenario::Valuation& wanted, const Leland& leland);

    /// The volatility of a leg that a policy sees at t_0.
    double initial_volatility(const scenario::OptionLeg& leg,
                              const scenario::Valuation& wanted) const;

    /// The delta of the book that it sees then, with every volatility `scale` times that.
    double initial_delta(const InitialBook& book, const scenario::Valuation& wanted,
                         double scale = 1.0) const;
    double initial_delta(const scenario::Valuation& wanted, const Leland& leland) const;

    /// Whether the market's volatility is known on the path alone.
    bool is_volatility_on_path() const;

  private:
    /// Each leg at its implied volatility.
    void add_mark();
    /// Each leg at `volatility_of(leg, multiplier of implied volatilities at the step)`; legs with
    /// one expiry and implied volatility share a slice, if need be only those of one side.
    template <class VolatilityOf>
    std::uint32_t add_by_leg(bool by_side, const VolatilityOf& volatility_of);
    template <class VolatilityOf>
    double sum_of_deltas(const VolatilityOf& volatility_of) const;
    /// The legs of an expiry at one known volatility, a function of step and expiry.
    template <class VolatilityAt>
    std::uint32_t add_flat(const VolatilityAt& volatility_at);
    /// EWMA of squared returns per unit of market time: closed time without variance does not age
    /// it.
    std::uint32_t add_realised(const scenario::Valuation& wanted);

    /// The model's mean variance until each expiry.
    std::uint32_t add_expected();

    SliceStep<double> slice(std::size_t step, std::size_t expiry, double volatility) const;
    std::uint32_t add_slices(std::vector<SliceStep<double>> table, std::vector<std::uint32_t> of,
                             std::size_t slices);
    std::uint32_t append(const ValuationParams<double>& valuation,
                         std::vector<SliceStep<double>> table, std::vector<std::uint32_t> of,
                         std::vector<double> keep, std::vector<double> gain);

    const scenario::Scenario& scenario_;
    const Grid& grid_;
    const StressScript& script_;
    const BookLayout& layout_;
    Tables<double>& tables_;
    std::vector<std::pair<scenario::Valuation, std::uint32_t>> known_;
    std::vector<std::pair<std::pair<scenario::Valuation, double>, std::uint32_t>> known_leland_;
};

}  // namespace hedgestorm::plan
