// SPDX-License-Identifier: Apache-2.0
#pragma once

// The unhedged benchmark: the same book and premium on the same path, with no hedge and no costs.

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/outcome_rows.hpp"
#include "kernels/path/state.hpp"
#include "kernels/path/sums.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R>
class Unhedged {
  public:
    using T = typename LaneTraits<R>::Scalar;

    HS_FN explicit Unhedged(const PathParams<T>& params)
        : interest_(splat<R>(T(0))), interest_before_(splat<R>(T(0))) {
        const T pnl = params.premium + params.initial_value;
        const T peak = pnl > T(0) ? pnl : T(0);
        peak_ = splat<R>(peak);
        drawdown_ = splat<R>(peak - pnl);
    }

    /// Carries the book's own cash through a block, and with `equity` watches its peak.
    template <bool equity, bool carry, int B, class Count>
    HS_FN void hold(const PathParams<T>& params, std::uint32_t first, Count count,
                    const BookBlock<R, B>& book) {
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            if constexpr (carry) {
                const R cash = book.cash[i] + (interest_before_ + interest_);
                interest_ = fused(cash, splat<R>(params.step.data[first + i].growth), interest_);
            }
            if constexpr (equity) {
                const R pnl = book.pnl[i] + (interest_before_ + interest_);
                peak_ = larger(peak_, pnl);
                drawdown_ = larger(drawdown_, peak_ - pnl);
            }
        }
        if (carry && (first + count) % gather_steps == 0) gather(interest_, interest_before_);
    }

    HS_FN void close(R spot, R book_pnl, const OutcomeWriter<R>& write) const {
        const auto column = [](Column c) {
            return static_cast<std::uint32_t>(c) - account_columns;
        };
        write.put(column(Column::spot), spot);
        write.put(column(Column::book_pnl), book_pnl);
        const R interest = interest_before_ + interest_;
        write.put(column(Column::unhedged_pnl), book_pnl + interest);
        write.put(column(Column::unhedged_interest), interest);
        write.put(column(Column::unhedged_drawdown), drawdown_);
    }

  private:
    R interest_;         ///< since the last gathering
    R interest_before_;  ///< gathered before
    R peak_;
    R drawdown_;
};

}  // namespace hedgestorm::path
