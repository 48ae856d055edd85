// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is known before any path of a band that moves: one row per step. Formulas: docs/model.md,
// "Bands that move".

#include <vector>

#include "host/plan/initial_book.hpp"
#include "host/plan/valuation_tables.hpp"

namespace hedgestorm::plan {

/// The half-width of a policy's band, less what the path adds to it.
struct BandTable {
    Width kind = Width::none;
    std::vector<WidthStep<double>> step;
};

class Bands {
  public:
    /// Keeps references to all it is given.
    Bands(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
          const BookLayout& layout, const Valuations& valuations)
        : scenario_(scenario),
          grid_(grid),
          script_(script),
          layout_(layout),
          valuations_(valuations) {}

    /// Of a policy; without a kind where its band has one width, or it has none.
    BandTable table_of(const scenario::Policy& policy, const InitialBook& book) const;

    /// What the policy multiplies volatilities by at t_0: 1, unless costs correct them.
    double initial_scale(const scenario::Policy& policy) const;

  private:
    template <class RowAt>
    BandTable each_step(Width kind, const RowAt& row_at) const;
    BandTable whalley_wilmott(const scenario::Policy& policy) const;
    BandTable zakamouline(const scenario::Policy& policy) const;
    BandTable variance_scaled(const scenario::Policy& policy) const;
    /// Of the squared volatility, at gamma S^2 = S_0, with `life` to go.
    double zakamouline_shift(const scenario::Policy& policy, double life) const;
    /// Mean of the legs' volatilities at t_0 as the policy values them, weighted by |vega|.
    double book_volatility(const scenario::Policy& policy) const;
    /// Until the last expiry that is alive at the end of a step; 0: none is [years].
    double life_after(std::size_t step) const;

    const scenario::Scenario& scenario_;
    const Grid& grid_;
    const StressScript& script_;
    const BookLayout& layout_;
    const Valuations& valuations_;
};

/// One-way cost that a policy's formula reckons with, fraction of notional: its own, or half-spread
/// and fee at t_0.
double assumed_cost(const scenario::Scenario& scenario, const scenario::Policy& policy);

}  // namespace hedgestorm::plan
