// SPDX-License-Identifier: Apache-2.0
#pragma once

// The memory of the tallies: a few copies that threads share, drained before a packed bin could
// overflow, and summed at the end. Whatever the copies, the sums are the same integers.

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "host/risk/sample.hpp"

namespace hedgestorm::run {

/// One copy of the tallies and what overflowed from it.
class TallyCopy {
  public:
    TallyCopy(const TallyPlan& plan, bool shared);
    ~TallyCopy();
    TallyCopy(const TallyCopy&) = delete;
    TallyCopy& operator=(const TallyCopy&) = delete;

    const TallyView& view() const { return view_; }

    /// Runs `add(view)`, which adds `paths` paths; several threads may do so at a time on a shared
    /// copy.
    template <class Add>
    auto add(std::uint64_t paths, const Add& add) {
        make_room(paths);
        const std::shared_lock<std::shared_mutex> in_use(draining_, std::adopt_lock);
        return add(view_);
    }

    /// Keeps threads from adding while it is locked.
    std::shared_mutex& pause() { return draining_; }

    /// Count and sum of low bits drained from a bin so far.
    struct Wide {
        std::uint64_t count = 0;
        std::uint64_t low = 0;
    };
    const std::unordered_map<std::uint64_t, Wide>& drained() const { return drained_; }

  private:
    void make_room(std::uint64_t paths);
    void drain();

    const TallyPlan plan_;
    TallyView view_{};
    void* memory_ = nullptr;
    std::size_t bytes_ = 0;
    std::shared_mutex draining_;
    std::uint64_t since_drain_ = 0;
    std::unordered_map<std::uint64_t, Wide> drained_;
};

class TallyStore {
  public:
    /// As many copies as threads, or as fit in plan::most_tally_bytes together.
    TallyStore(const plan::Plan& plan, int threads);

    TallyCopy& copy_for(int thread) {
        return *copies_[static_cast<std::size_t>(thread) % copies_.size()];
    }
    std::size_t copies() const { return copies_.size(); }

    /// All copies summed, in the form the statistics read. Nobody may be adding.
    risk::Sample sample(std::uint64_t paths) const;

    /// One cell, summed over all copies, while the run goes on: threads that add wait for it.
    risk::ColumnSample snapshot(std::size_t cell);

  private:
    risk::ColumnSample column(std::size_t cell) const;

    const plan::Plan& plan_;
    TallyPlan tally_;
    std::vector<std::unique_ptr<TallyCopy>> copies_;
};

/// Rounds a superaccumulator to the nearest double.
double rounded(const std::int64_t* limbs);

}  // namespace hedgestorm::run
