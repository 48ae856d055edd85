// SPDX-License-Identifier: Apache-2.0
#pragma once

// Why the book's value moved: a second-order Taylor expansion of the mark around the start of each
// step.
//
//   dV = delta dS + 1/2 gamma dS^2 + theta dt + vega dsigma + unexplained
//
// Greeks are the mark's, at the start of the step. With A = sum w phi(d1)/s and B = sum w phi(d1) s
// over the legs of an expiry, s = sigma sqrt(tau): gamma = e^{-q tau} A / S, the volatility part of
// theta is -e^{-q tau} S B / (2 tau), and a relative move rho of all implied volatilities adds
// e^{-q tau} S B rho (Hull 2018, chapter 19). Settlements count as changes of value: what a leg
// pays, it was worth.

#include <cstddef>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/normal.hpp"
#include "kernels/path/outcome_rows.hpp"
#include "kernels/path/state.hpp"
#include "kernels/path/sums.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R>
class Explain {
  public:
    using T = typename LaneTraits<R>::Scalar;

    HS_FN explicit Explain(const PathParams<T>& params)
        : delta_(splat<R>(params.initial_delta)),
          gamma_(splat<R>(params.initial_gamma)),
          theta_(splat<R>(params.initial_theta)),
          vega_(splat<R>(params.initial_relative_vega)),
          by_delta_(splat<R>(T(0))),
          by_gamma_(by_delta_),
          by_theta_(by_delta_),
          by_vega_(by_delta_),
          before_{by_delta_, by_delta_, by_delta_, by_delta_} {}

    /// Explains the steps of a block, and takes the greeks for the next step at the end of each.
    template <int B, class Count>
    HS_FN void hold(const PathParams<T>& params, std::uint32_t first, Count count,
                    const MarketBlock<R, B>& market, const BookBlock<R, B>& book) {
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const StepParams<T>& step = params.step.data[first + i];
            const R change = market.change[i];
            by_delta_ = fused(delta_, change, by_delta_);
            by_gamma_ = fused(gamma_ * change, change * T(0.5), by_gamma_);
            by_theta_ = fused(theta_, splat<R>(step.length), by_theta_);
            by_vega_ = fused(vega_, splat<R>(step.implied_change), by_vega_);
            take_greeks(params, first + i, market.log2_spot[i], market.spot[i + 1], book.delta[i],
                        book.pnl[i] - book.cash[i + 1]);
        }
        if ((first + count) % gather_steps == 0) {
            gather(by_delta_, before_[0]);
            gather(by_gamma_, before_[1]);
            gather(by_theta_, before_[2]);
            gather(by_vega_, before_[3]);
        }
    }

    /// The terms, and what they leave: the change in the book's value less all of them.
    HS_FN void close(const PathParams<T>& params, R book_pnl, const OutcomeWriter<R>& write) const {
        const auto column = [](Column c) {
            return static_cast<std::uint32_t>(c) - account_columns;
        };
        const R change = book_pnl - (params.premium + params.initial_value);
        const R by_delta = before_[0] + by_delta_;
        const R by_gamma = before_[1] + by_gamma_;
        const R by_theta = before_[2] + by_theta_;
        const R by_vega = before_[3] + by_vega_;
        write.put(column(Column::explain_delta), by_delta);
        write.put(column(Column::explain_gamma), by_gamma);
        write.put(column(Column::explain_theta), by_theta);
        write.put(column(Column::explain_vega), by_vega);
        write.put(column(Column::explain_unexplained),
                  change - by_delta - by_gamma - by_theta - by_vega);
    }

  private:
    /// Greeks of the living legs at the end of a step whose delta and value are known.
    HS_FN void take_greeks(const PathParams<T>& params, std::uint32_t step, R log2_spot, R spot,
                           R delta, R value) {
        const R zero = splat<R>(T(0));
        const ValuationParams<T>& mark = params.valuation.data[0];
        const SliceStep<T>* row = mark.table.data + std::size_t(step) * mark.slices;
        const ExpiryStep<T>* at = params.expiry_step.data + std::size_t(step) * params.expiry.size;
        R curvature = zero;
        R decay = zero;
        vega_ = zero;
        for (std::uint32_t e = 0; e < params.step.data[step].alive; ++e) {
            R over = zero;   // A
            R times = zero;  // B
            for (std::uint32_t o = params.expiry.data[e].first; o < params.expiry.data[e].end;
                 ++o) {
                const OptionParams<T>& option = params.option.data[o];
                const SliceStep<T>& slice = row[mark.slice.data[o]];
                const R d1 = fused(log2_spot - option.log2_strike, splat<R>(slice.slope),
                                   splat<R>(slice.shift));
                const R density = math::normal_pdf(d1) * option.weight;
                over = fused(density, splat<R>(T(1) / slice.deviation), over);
                times = fused(density, splat<R>(slice.deviation), times);
            }
            curvature = fused(over, splat<R>(at[e].dividend_discount), curvature);
            const R exposure = times * spot * at[e].dividend_discount;
            vega_ = vega_ + exposure;
            decay = fused(exposure, splat<R>(at[e].inverse_life), decay);
        }
        delta_ = delta;
        gamma_ = curvature / spot;
        theta_ = value * params.rate - decay * T(0.5) -
                 delta * spot * (params.rate - params.dividend_yield);
    }

    R delta_, gamma_, theta_,
        vega_;  // at the start of the next step; vega for a relative move of 1
    R by_delta_, by_gamma_, by_theta_, by_vega_;  // since the last gathering
    R before_[4];                                 // the same, gathered before
};

}  // namespace hedgestorm::path
