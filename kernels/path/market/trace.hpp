// SPDX-License-Identifier: Apache-2.0
#pragma once

// The market stage by itself, from a path's first step to its last: what a run's accounts see of
// it, written down.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/params.hpp"
#include "hedgestorm/trace.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Hands the market of a group of paths, numbers path_high << 32 | path_low, to the sink, B steps
/// at a time.
template <class R, class Random, int B, class T = typename LaneTraits<R>::Scalar>
HS_FN void trace_market(const PathParams<T>& params, std::uint64_t first_path,
                        typename LaneTraits<R>::Word path_low, std::uint32_t path_high,
                        const TraceSink& sink) {
    constexpr std::uint32_t width = LaneTraits<R>::width;
    constexpr std::uint32_t row_stride = B * width;
    static_assert(trace_paths % width == 0);
    const MarketParams<T>& how = params.market;
    const T* known_volatility = how.is_plain ? how.volatility.data : nullptr;
    Market<R, Random, Markets::any> model(params, path_low, path_high);
    MarketBlock<R, B> market;
    float rows[trace_rows * row_stride];
    const auto put = [&](TraceRow row, std::uint32_t i, R value) {
        // -0 becomes +0, as in an outcome.
        store_float(rows + std::size_t(row) * row_stride + std::size_t(i) * width, value + T(0));
    };
    for (std::uint32_t first = 0; first < params.steps; first += B) {
        const std::uint32_t left = params.steps - first;
        const std::uint32_t count = left < B ? left : std::uint32_t(B);
        model.advance(params, first, count, market, [&](std::uint32_t i, const auto& now) {
            put(TraceRow::depth, i, now.depth());
            put(TraceRow::collateral, i, now.collateral());
        });
        const R* price = has_price_of_its_own(params) ? market.price : market.spot;
        for (std::uint32_t i = 0; i < count; ++i) {
            put(TraceRow::log2_spot, i, market.log2_spot[i]);
            put(TraceRow::spot, i, market.spot[i + 1]);
            put(TraceRow::volatility, i,
                known_volatility ? splat<R>(known_volatility[first + i]) : market.volatility[i]);
            put(TraceRow::implied, i, how.implied_on_path ? market.implied[i] : splat<R>(T(1)));
            put(TraceRow::half_spread, i, market.half_spread[i]);
            put(TraceRow::price, i, price[i + 1]);
            put(TraceRow::basis, i, price[i + 1] / market.spot[i + 1] - T(1));
        }
        sink.take(sink.of, {first_path, width, first, count, rows, row_stride});
    }
}

}  // namespace hedgestorm::path
