// SPDX-License-Identifier: Apache-2.0

#include "kernels/launch/merge_tally.hpp"

#include <cstring>

#include "kernels/reduce/worst.hpp"

namespace hedgestorm::launch {
namespace {

/// Lays arrays of 8-byte words one after another.
class Layout {
  public:
    explicit Layout(void* memory) : base_(static_cast<char*>(memory)) {}

    template <class T>
    T* take(std::size_t count) {
        const std::size_t at = used_;
        used_ += (count * sizeof(T) + 7) / 8 * 8;
        return base_ == nullptr ? nullptr : reinterpret_cast<T*>(base_ + at);
    }
    std::size_t used() const { return used_; }

  private:
    char* base_;
    std::size_t used_ = 0;
};

TallyView laid_out(const TallyPlan& plan, Layout& layout) {
    const std::size_t cells = plan.cell.size;
    const std::size_t joint = std::size_t(plan.pairs) * plan.levels;
    TallyView view{};
    view.moments = layout.take<std::int64_t>(cells * 4 * superaccumulator_limbs);
    view.extremes = layout.take<std::uint32_t>(cells * 2);
    view.clipped = layout.take<std::uint64_t>(cells);
    view.tails = layout.take<TailCell>(std::size_t(plan.accounts) * plan.levels);
    view.joint_excess = layout.take<std::int64_t>(joint * superaccumulator_limbs);
    view.joint_beyond = layout.take<std::uint64_t>(joint);
    view.batch_paths = layout.take<std::uint64_t>(tile_lanes);
    view.flagged = layout.take<std::uint64_t>(1);
    return view;
}

/// Holds consecutive locks of a shared copy, as reduce::Hold holds one; taken in ascending order,
/// so that two holders cannot wait for each other.
class Hold {
  public:
    Hold(std::uint32_t* locks, std::uint32_t first, std::uint32_t count = 1)
        : locks_(locks == nullptr ? nullptr : locks + first), count_(locks == nullptr ? 0 : count) {
        for (std::uint32_t i = 0; i < count_; ++i) {
            while (__atomic_exchange_n(locks_ + i, 1u, __ATOMIC_ACQUIRE) != 0u) {
                while (__atomic_load_n(locks_ + i, __ATOMIC_RELAXED) != 0u) {
                }
            }
        }
    }
    ~Hold() {
        for (std::uint32_t i = 0; i < count_; ++i)
            __atomic_store_n(locks_ + i, 0u, __ATOMIC_RELEASE);
    }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

  private:
    std::uint32_t* locks_;
    std::uint32_t count_;
};

template <class T>
void add(const T* from, T* into, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) into[i] += from[i];
}

void merge_cell(std::size_t c, const TallyView& ledger, const TallyView& into) {
    const std::size_t limbs = 4 * superaccumulator_limbs;
    add(ledger.moments + c * limbs, into.moments + c * limbs, limbs);
    const std::uint32_t* found = ledger.extremes + 2 * c;
    std::uint32_t* known = into.extremes + 2 * c;
    known[0] = found[0] < known[0] ? found[0] : known[0];
    known[1] = found[1] > known[1] ? found[1] : known[1];
    into.clipped[c] += ledger.clipped[c];
}

void merge_account(const TallyPlan& plan, std::uint32_t a, const TallyView& ledger,
                   const TallyView& into) {
    for (std::uint32_t level = 0; level < plan.levels; ++level) {
        const std::size_t tail = std::size_t(a) * plan.levels + level;
        add(ledger.tails[tail].excess, into.tails[tail].excess, tile_lanes);
        add(ledger.tails[tail].beyond, into.tails[tail].beyond, tile_lanes);
        // The pairs that tally_tile guards by this account's lock.
        for (std::uint32_t b = 0; b <= a; ++b) {
            if (plan.accounts > 8u && b != 0 && b != a) continue;
            const std::size_t pair =
                std::size_t(pair_index(plan.accounts, b, a)) * plan.levels + level;
            add(ledger.joint_excess + pair * superaccumulator_limbs,
                into.joint_excess + pair * superaccumulator_limbs, superaccumulator_limbs);
            into.joint_beyond[pair] += ledger.joint_beyond[pair];
        }
    }
}

}  // namespace

std::size_t ledger_bytes(const TallyPlan& plan) {
    Layout measure(nullptr);
    laid_out(plan, measure);
    return measure.used();
}

TallyView ledger_at(const TallyPlan& plan, void* memory) {
    Layout layout(memory);
    return laid_out(plan, layout);
}

void clear_ledger(const TallyPlan& plan, void* memory) {
    std::memset(memory, 0, ledger_bytes(plan));
    const TallyView ledger = ledger_at(plan, memory);
    for (std::uint32_t c = 0; c < plan.cell.size; ++c) ledger.extremes[2 * c] = 0xffffffffu;
}

void merge_ledger(const TallyPlan& plan, const TallyView& ledger, const TallyView& into) {
    for (std::uint32_t c = 0; c < plan.cell.size; ++c) {
        const Hold hold(into.locks, c);
        merge_cell(c, ledger, into);
    }
    for (std::uint32_t a = 0; a < plan.accounts; ++a) {
        const Hold hold(into.locks, plan.cell.size + a);
        merge_account(plan, a, ledger, into);
    }
    const Hold hold(into.locks, plan.cell.size + plan.accounts);
    *into.flagged += *ledger.flagged;
    add(ledger.batch_paths, into.batch_paths, tile_lanes);
}

void merge_bins(const TallyPlan& plan, const reduce::TouchedBin* bins, std::size_t count,
                const TallyView& into) {
    const Hold hold(into.locks, 0, plan.cell.size);
    for (std::size_t i = 0; i < count; ++i) into.bins[bins[i].bin] += bins[i].packed;
}

std::uint32_t worst_bar(const TallyPlan& plan, std::uint32_t account, const TallyView& into) {
    const Hold hold(into.locks, plan.cell.size + account);
    if (into.worst_count[account] < plan.worst) return 0xffffffffu;
    return into.worst[std::size_t(account) * plan.worst].key;
}

void offer_worst(const TallyPlan& plan, std::uint32_t account, const std::uint64_t* candidates,
                 std::size_t count, std::uint64_t first_path, const TallyView& into) {
    const Hold hold(into.locks, plan.cell.size + account);
    WorstPath* heap = into.worst + std::size_t(account) * plan.worst;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t c = candidates[i];
        const WorstPath path = {first_path + (c & 0xffffffffu), static_cast<std::uint32_t>(c >> 32),
                                0};
        reduce::offer(path, heap, into.worst_count[account], plan.worst);
    }
}

}  // namespace hedgestorm::launch
