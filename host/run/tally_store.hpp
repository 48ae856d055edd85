// SPDX-License-Identifier: Apache-2.0
#pragma once

// The memory of the tallies: a few copies that threads share, drained before a packed bin could
// overflow, and summed at the end. Whatever the copies, the sums are the same integers.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
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
        const std::shared_lock<std::shared_mutex> in_use = make_room(paths);
        return add(view_);
    }

    /// Waits for the threads that are adding, and keeps others from it while the lock lives.
    std::unique_lock<std::shared_mutex> pause();

    /// Count and sum of low bits drained from a bin so far.
    struct Wide {
        std::uint64_t count = 0;
        std::uint64_t low = 0;
    };
    const std::unordered_map<std::uint64_t, Wide>& drained() const { return drained_; }

  private:
    std::shared_lock<std::shared_mutex> make_room(std::uint64_t paths);
    void drain();

    const TallyPlan plan_;
    TallyView view_{};
    void* memory_ = nullptr;
    std::size_t bytes_ = 0;
    std::mutex turnstile_;        ///< whoever waits to be alone holds it, so that nobody overtakes
    std::shared_mutex draining_;  ///< shared: adding; alone: draining or reading
    std::atomic<std::uint64_t> since_drain_ = 0;
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

    /// One cell, summed over all copies, while the run goes on: each copy's threads wait while it
    /// is read.
    risk::ColumnSample snapshot(std::size_t cell);

  private:
    /// The integers of one cell, of some copies.
    class CellSums {
      public:
        CellSums(const TallyPlan& plan, std::size_t cell);
        void add(const TallyCopy& copy);
        risk::ColumnSample column() const;

      private:
        using Limbs = std::vector<std::int64_t>;

        std::uint32_t index_;
        const CellSpec& cell_;
        std::vector<Limbs> power_;
        std::vector<TallyCopy::Wide> bins_;  ///< none if the cell has none
        std::uint64_t paths_ = 0;
        std::uint64_t clipped_ = 0;
        std::uint32_t lowest_ = 0xffffffffu;
        std::uint32_t highest_ = 0;
    };

    risk::ColumnSample column(std::size_t cell) const;

    const plan::Plan& plan_;
    TallyPlan tally_;
    std::vector<std::unique_ptr<TallyCopy>> copies_;
};

/// Rounds a superaccumulator to the nearest double.
double rounded(const std::int64_t* limbs);

}  // namespace hedgestorm::run
