// SPDX-License-Identifier: Apache-2.0
#pragma once

// What one GPU thread does: the path source with a lane of width one, shaped so that a thread keeps
// what it can in registers. Compiles for the host too, where the tests hold it to the CPU engines.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "hedgestorm/tally.hpp"
#include "kernels/launch/tuning.hpp"
#include "kernels/path/simulate.hpp"

namespace hedgestorm::launch {

/// Whether a plan suits the kernels for one account: it wants one hedge, in the plain market valued
/// at the mark.
template <class T>
bool suits_one_account(const PathParams<T>& params) {
    return params.account.size == 1 && params.target.size == 1 &&
           (!params.market.is_plain || params.valuation.size == 1);
}

/// Simulates group number `group` of `accounts` accounts, on the path `place` paths after
/// `first_path`, into its column of outcomes [tile][row][tile_paths], on words drawn by Random. A
/// plan with fewer columns, or without carry, has the same outcomes in the rows that it has.
template <class T, path::Markets markets, ColumnSet columns, bool carry, std::uint32_t accounts,
          template <class Word> class Random>
HS_FN void simulate_one(const PathParams<T>& given, std::uint64_t first_path, std::uint32_t place,
                        std::uint32_t group, std::uint32_t rows, float* outcomes) {
    constexpr bool plain = markets == path::Markets::plain;
    constexpr int block = tuning::block_steps(std::is_same_v<T, float>, plain, accounts);
    using Shape = path::Shape<columns, carry, block, accounts, markets, /*unrolled=*/true, Random>;
    PathParams<T> params = given;
    AccountParams<T> account;
    TargetParams<T> target;
    ValuationParams<T> mark;
    if constexpr (accounts == 1) {
        // One account and one wish, known to be that: nothing is indexed, so that all of it lies in
        // registers. In the plain market the valuation is the mark, and what other plans need is
        // not even compiled; where the volatility moves, policies follow it.
        account = given.account.data[0];
        account.target = 0;
        target = given.target.data[0];
        params.account = {&account, 1};
        params.target = {&target, 1};
        if constexpr (plain) {
            target.valuation = 0;
            mark = given.valuation.data[0];
            mark.source = ValuationSource::slices;
            target.width.kind = Width::none;
            params.valuation = {&mark, 1};
        }
    }
    const std::uint64_t path = first_path + place;
    float* tile = outcomes + std::size_t(place / tile_paths) * rows * tile_paths;
    // Where all accounts of any plan are one group, the compiler knows that there is no other.
    path::AccountRange range = {0, params.account.size};
    if constexpr (accounts != 1 && accounts != max_accounts) {
        range.first = group * accounts;
        const std::uint32_t left = params.account.size - range.first;
        range.end = range.first + (left < accounts ? left : accounts);
    }
    path::simulate<Shape, T>(params, range, static_cast<std::uint32_t>(path),
                             static_cast<std::uint32_t>(path >> 32),
                             {tile + place % tile_paths, tile_paths});
}

}  // namespace hedgestorm::launch
