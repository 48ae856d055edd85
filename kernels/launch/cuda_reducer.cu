// SPDX-License-Identifier: Apache-2.0

#include "kernels/launch/cuda_reducer.cuh"
#include "kernels/launch/cuda_sort.cuh"
#include "kernels/launch/merge_tally.hpp"
#include "kernels/launch/tuning.hpp"
#include "kernels/reduce/tally_tile.cuh"
#include "kernels/reduce/touched_bins.cuh"
#include "kernels/reduce/worst.cuh"

namespace hedgestorm::launch {
namespace {

using reduce::Chunk;
using reduce::TouchedBin;

/// Places of the counters: bars, then counts, then one more.
std::size_t counter_bytes(const TallyPlan& plan) {
    return (2 * std::size_t(plan.accounts) + 1) * sizeof(std::uint32_t);
}

std::size_t candidate_bytes(const TallyPlan& plan) {
    return std::size_t(plan.accounts) * tuning::most_candidates * sizeof(std::uint64_t);
}

constexpr std::size_t touched_bytes = std::size_t{tuning::staged_bins} * sizeof(TouchedBin);

std::size_t larger(std::size_t a, std::size_t b) {
    return a > b ? a : b;
}

}  // namespace

std::uint64_t CudaReducer::bytes_per_tile() {
    return tile_paths * (sizeof(std::uint8_t) + 2 * sizeof(std::uint64_t));
}

std::uint64_t CudaReducer::fixed_bytes(const TallyPlan& plan) {
    return plan.bins * sizeof(std::uint64_t) + ledger_bytes(plan) + touched_bytes +
           candidate_bytes(plan) + counter_bytes(plan);
}

bool CudaReducer::load(const TallyPlan& host, const TallyPlan& device, std::uint32_t most_tiles,
                       cudaStream_t stream) {
    host_ = host;
    device_ = device;
    stream_ = stream;
    most_places_ = std::uint64_t{most_tiles} * tile_paths;
    dirty_ = true;
    const std::size_t ledger = ledger_bytes(host);
    const bool ok = bins_.reserve(calls_, host.bins * sizeof(std::uint64_t)) &&
                    ledger_.reserve(calls_, ledger) && skip_.reserve(calls_, most_places_) &&
                    touched_.reserve(calls_, touched_bytes) &&
                    candidates_.reserve(calls_, candidate_bytes(host)) &&
                    counters_.reserve(calls_, counter_bytes(host)) &&
                    empty_ledger_.reserve(calls_, ledger) && host_ledger_.reserve(calls_, ledger) &&
                    host_counters_.reserve(calls_, counter_bytes(host)) &&
                    staging_.reserve(calls_, larger(touched_bytes, candidate_bytes(host)));
    if (!ok) return false;
    clear_ledger(host, empty_ledger_.as<void>());
    tally_ = ledger_at(host, ledger_.as<void>());
    tally_.bins = bins_.as<std::uint64_t>();
    return true;
}

bool CudaReducer::start() {
    if (dirty_ && !zero(bins_.as<void>(), host_.bins * sizeof(std::uint64_t))) return false;
    dirty_ = true;
    return copy(ledger_.as<void>(), empty_ledger_.as<void>(), ledger_bytes(host_),
                cudaMemcpyHostToDevice);
}

bool CudaReducer::add(const Chunk& chunk, const TallyView& into) {
    const dim3 cells(chunk.tiles, device_.cell.size);
    const bool cells_added =
        calls_.launch("marking paths to leave out", reduce::find_skipped, dim3(chunk.tiles),
                      tuning::tile_threads, stream_, chunk, tally_) &&
        calls_.launch("tallying columns", reduce::tally_cells, cells, tile_lanes, stream_, chunk,
                      device_.cell, tally_);
    if (!cells_added) return false;
    if (device_.levels > 0) {
        const reduce::TailPlan tails = {device_.pnl_row, device_.threshold, device_.accounts,
                                        device_.levels, device_.excess_scale};
        const dim3 accounts(chunk.tiles, device_.accounts * device_.levels);
        const dim3 pairs(chunk.tiles, device_.pairs * device_.levels);
        const bool tails_added = calls_.launch("tallying tails", reduce::tally_tails, accounts,
                                               tile_lanes, stream_, chunk, tails, tally_) &&
                                 calls_.launch("tallying joint tails", reduce::tally_pairs, pairs,
                                               tile_lanes, stream_, chunk, tails, tally_);
        if (!tails_added) return false;
    }
    return device_.worst == 0 || add_worst(chunk, into);
}

bool CudaReducer::add_worst(const Chunk& chunk, const TallyView& into) {
    const std::uint32_t accounts = device_.accounts;
    const std::size_t bytes = accounts * sizeof(std::uint32_t);
    std::uint32_t* host_bars = host_counters_.as<std::uint32_t>();
    const std::uint32_t* host_found = host_bars + accounts;
    std::uint32_t* bars = counters_.as<std::uint32_t>();
    std::uint32_t* found = bars + accounts;
    for (std::uint32_t a = 0; a < accounts; ++a) host_bars[a] = worst_bar(host_, a, into);
    const bool listed =
        copy(bars, host_bars, bytes, cudaMemcpyHostToDevice) && zero(found, bytes) &&
        calls_.launch("finding the worst paths", reduce::find_worst, dim3(chunk.tiles, accounts),
                      tuning::tile_threads, stream_, chunk, device_.pnl_row, 0u, bars,
                      candidates_.as<std::uint64_t>(), tuning::most_candidates, found) &&
        copy(host_bars + accounts, found, bytes, cudaMemcpyDeviceToHost) && wait();
    if (!listed) return false;

    // All accounts' lists at once, then those that did not fit, one by one.
    const auto place = [](std::uint32_t a) { return std::size_t(a) * tuning::most_candidates; };
    std::uint64_t* staged = staging_.as<std::uint64_t>();
    for (std::uint32_t a = 0; a < accounts; ++a) {
        if (host_found[a] == 0 || host_found[a] > tuning::most_candidates) continue;
        if (!copy(staged + place(a), candidates_.as<std::uint64_t>() + place(a),
                  host_found[a] * sizeof(std::uint64_t), cudaMemcpyDeviceToHost))
            return false;
    }
    if (!wait()) return false;
    for (std::uint32_t a = 0; a < accounts; ++a) {
        if (host_found[a] > tuning::most_candidates) continue;
        offer_worst(host_, a, staged + place(a), host_found[a], chunk.first_path, into);
    }
    for (std::uint32_t a = 0; a < accounts; ++a) {
        if (host_found[a] <= tuning::most_candidates) continue;
        if (!add_many_worst(chunk, a, host_found[a], into)) return false;
    }
    return true;
}

bool CudaReducer::add_many_worst(const Chunk& chunk, std::uint32_t account, std::uint32_t found,
                                 const TallyView& into) {
    if (!many_.reserve(calls_, 2 * most_places_ * sizeof(std::uint64_t))) return false;
    std::uint64_t* keys = many_.as<std::uint64_t>();
    std::uint32_t* bars = counters_.as<std::uint32_t>();
    std::uint32_t* counts = bars + device_.accounts;
    const bool listed =
        zero(counts + account, sizeof(std::uint32_t)) &&
        calls_.launch("finding the worst paths of an account", reduce::find_worst,
                      dim3(chunk.tiles, 1), tuning::tile_threads, stream_, chunk, device_.pnl_row,
                      account, bars, keys, static_cast<std::uint32_t>(most_places_), counts);
    if (!listed) return false;
    const std::uint64_t* sorted =
        sort_keys(calls_, stream_, scratch_, keys, keys + most_places_, found);
    if (sorted == nullptr) return false;
    // A heap of more paths than fit the staging memory is offered piece by piece.
    const std::size_t room = staging_.bytes() / sizeof(std::uint64_t);
    const std::size_t wanted = found < device_.worst ? found : device_.worst;
    for (std::size_t done = 0; done < wanted;) {
        const std::size_t piece = wanted - done < room ? wanted - done : room;
        std::uint64_t* staged = staging_.as<std::uint64_t>();
        if (!copy(staged, sorted + done, piece * sizeof(std::uint64_t), cudaMemcpyDeviceToHost) ||
            !wait())
            return false;
        offer_worst(host_, account, staged, piece, chunk.first_path, into);
        done += piece;
    }
    return true;
}

bool CudaReducer::finish(const TallyView& into) {
    if (!copy(host_ledger_.as<void>(), ledger_.as<void>(), ledger_bytes(host_),
              cudaMemcpyDeviceToHost) ||
        !add_bins(into))
        return false;
    merge_ledger(host_, ledger_at(host_, host_ledger_.as<void>()), into);
    dirty_ = false;
    return true;
}

bool CudaReducer::add_bins(const TallyView& into) {
    std::uint32_t* listed = counters_.as<std::uint32_t>() + 2 * device_.accounts;
    std::uint32_t* host_listed = host_counters_.as<std::uint32_t>() + 2 * device_.accounts;
    const std::uint64_t blocks = (host_.bins + tuning::bin_threads - 1) / tuning::bin_threads;
    const dim3 grid(static_cast<unsigned>(blocks < 65535 ? blocks : 65535));
    do {
        if (!zero(listed, sizeof(std::uint32_t)) ||
            !calls_.launch("listing touched bins", reduce::list_touched, grid, tuning::bin_threads,
                           stream_, tally_.bins, host_.bins, touched_.as<TouchedBin>(),
                           tuning::staged_bins, listed) ||
            !copy(host_listed, listed, sizeof(std::uint32_t), cudaMemcpyDeviceToHost) || !wait())
            return false;
        const std::uint32_t count =
            *host_listed < tuning::staged_bins ? *host_listed : tuning::staged_bins;
        if (!copy(staging_.as<void>(), touched_.as<void>(), count * sizeof(TouchedBin),
                  cudaMemcpyDeviceToHost) ||
            !wait())
            return false;
        merge_bins(host_, staging_.as<TouchedBin>(), count, into);
    } while (*host_listed > tuning::staged_bins);
    return true;
}

bool CudaReducer::copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
    return calls_.check(cudaMemcpyAsync(to, from, bytes, kind, stream_),
                        "copying tallies (cudaMemcpyAsync)");
}

bool CudaReducer::zero(void* memory, std::size_t bytes) {
    return calls_.check(cudaMemsetAsync(memory, 0, bytes, stream_),
                        "clearing tallies (cudaMemsetAsync)");
}

bool CudaReducer::wait() {
    return calls_.check(cudaStreamSynchronize(stream_),
                        "waiting for kernels (cudaStreamSynchronize)");
}

}  // namespace hedgestorm::launch
