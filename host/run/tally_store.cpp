// SPDX-License-Identifier: Apache-2.0

#include "host/run/tally_store.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>

#include "host/support/error.hpp"

namespace hedgestorm::run {
namespace {

constexpr std::size_t alignment = 64;

/// A drained bin starts again from nothing; one below this count is left in place.
constexpr std::uint64_t drain_at = paths_between_drains / 2;

/// Lays arrays one after another; a first pass without memory measures.
class Layout {
  public:
    explicit Layout(void* memory) : base_(static_cast<std::byte*>(memory)) {}

    template <class T>
    T* take(std::size_t count) {
        T* at = base_ == nullptr ? nullptr : reinterpret_cast<T*>(base_ + used_);
        used_ += (count * sizeof(T) + alignment - 1) / alignment * alignment;
        return at;
    }
    std::size_t used() const { return used_; }

  private:
    std::byte* base_;
    std::size_t used_ = 0;
};

TallyView laid_out(const TallyPlan& plan, bool shared, Layout& layout) {
    const std::size_t cells = plan.cell.size;
    TallyView view{};
    view.bins = layout.take<std::uint64_t>(plan.bins);
    view.moments = layout.take<std::int64_t>(cells * 4 * superaccumulator_limbs);
    view.extremes = layout.take<std::uint32_t>(cells * 2);
    view.clipped = layout.take<std::uint64_t>(cells);
    view.tails = layout.take<TailCell>(std::size_t(plan.accounts) * plan.levels);
    view.joint_excess =
        layout.take<std::int64_t>(std::size_t(plan.pairs) * plan.levels * superaccumulator_limbs);
    view.joint_beyond = layout.take<std::uint64_t>(std::size_t(plan.pairs) * plan.levels);
    view.worst = layout.take<WorstPath>(std::size_t(plan.accounts) * plan.worst);
    view.worst_count = layout.take<std::uint32_t>(plan.accounts);
    view.batch_paths = layout.take<std::uint64_t>(tile_lanes);
    view.flagged = layout.take<std::uint64_t>(1);
    view.locks = shared ? layout.take<std::uint32_t>(cells + plan.accounts + 1) : nullptr;
    return view;
}

/// The float whose order-preserving key this is.
double from_key(std::uint32_t key) {
    const std::uint32_t bits = (key >> 31) != 0 ? key ^ 0x80000000u : ~key;
    return std::bit_cast<float>(bits);
}

/// The edges of a bin's magnitude, and the value its low bits count in.
struct BinShape {
    double low;
    double width;
    double low_bit;
};

BinShape shape_of(const CellSpec& cell, std::uint32_t index) {
    const std::uint32_t per_octave = 1u << cell.mantissa_bits;
    const std::uint32_t octave = index >> cell.mantissa_bits;
    const std::uint32_t within = index & (per_octave - 1);
    // Octave 0 is the linear page: as wide as the floor's own octave, from 0 on.
    const int exponent = cell.floor_exponent + (octave == 0 ? 0 : static_cast<int>(octave) - 1);
    const double start = octave == 0 ? 0.0 : std::ldexp(1.0, exponent);
    const double width = std::ldexp(1.0, exponent - cell.mantissa_bits);
    return {start + within * width, width, std::ldexp(1.0, exponent - 23)};
}

}  // namespace

TallyCopy::TallyCopy(const TallyPlan& plan, bool shared) : plan_(plan) {
    Layout measure(nullptr);
    laid_out(plan, shared, measure);
    bytes_ = measure.used();
    // Zeroed by the system, and given page by page as bins are first touched.
    memory_ = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory_ == MAP_FAILED) {
        memory_ = nullptr;
        throw CapacityError("no memory for the tallies (" + std::to_string(bytes_ >> 20) + " MiB)");
    }
    Layout layout(memory_);
    view_ = laid_out(plan, shared, layout);
    for (std::uint32_t c = 0; c < plan.cell.size; ++c) view_.extremes[2 * c] = 0xffffffffu;
}

TallyCopy::~TallyCopy() {
    if (memory_ != nullptr) munmap(memory_, bytes_);
}

std::shared_lock<std::shared_mutex> TallyCopy::make_room(std::uint64_t paths) {
    for (;;) {
        std::shared_lock in_use(draining_, std::defer_lock);
        {
            const std::scoped_lock turn(turnstile_);
            in_use.lock();
        }
        if (since_drain_.fetch_add(paths) + paths <= paths_between_drains) return in_use;
        since_drain_ -= paths;
        in_use.unlock();
        const auto alone = pause();
        if (since_drain_ + paths > paths_between_drains) {
            drain();
            since_drain_ = 0;
        }
    }
}

std::unique_lock<std::shared_mutex> TallyCopy::pause() {
    const std::scoped_lock turn(turnstile_);
    return std::unique_lock(draining_);
}

void TallyCopy::drain() {
    for (std::uint32_t c = 0; c < plan_.cell.size; ++c) {
        const CellSpec& cell = plan_.cell[c];
        if (!has_bins(cell)) continue;
        const std::uint32_t shift = count_shift(cell.mantissa_bits);
        for (std::uint64_t b = cell.first_bin; b < cell.first_bin + cell_bins(cell); ++b) {
            const std::uint64_t packed = view_.bins[b];
            if (packed >> shift < drain_at) continue;
            Wide& wide = drained_[b];
            wide.count += packed >> shift;
            wide.low += packed & ((std::uint64_t{1} << shift) - 1);
            view_.bins[b] = 0;
        }
    }
}

TallyStore::TallyStore(const plan::Plan& plan, int threads)
    : plan_(plan), tally_(plan.view().tally) {
    const std::uint64_t fit = std::max<std::uint64_t>(
        1, plan::most_tally_bytes / std::max<std::uint64_t>(1, plan.tally_bytes()));
    const std::uint64_t copies = std::min<std::uint64_t>(static_cast<std::uint64_t>(threads), fit);
    for (std::uint64_t i = 0; i < copies; ++i) {
        copies_.push_back(
            std::make_unique<TallyCopy>(tally_, copies < static_cast<std::uint64_t>(threads)));
    }
}

double rounded(const std::int64_t* limbs) {
    // Carries first, so that every digit is one of 32 bits, with two zeros below the lowest.
    constexpr std::size_t below = 2;
    std::array<std::int64_t, below + superaccumulator_limbs + 1> digit{};
    std::int64_t carry = 0;
    for (std::uint32_t i = 0; i < superaccumulator_limbs; ++i) {
        const std::int64_t sum = limbs[i] + carry;
        digit[below + i] = sum & 0xffffffff;
        carry = sum >> 32;
    }
    digit.back() = carry;
    const bool negative = carry < 0;
    if (negative) {
        std::int64_t borrow = 0;
        for (auto& d : digit) {
            const std::int64_t negated = -d + borrow;
            d = &d == &digit.back() ? negated : negated & 0xffffffff;
            borrow = negated >> 32;
        }
    }
    std::size_t top = digit.size();
    while (top > 0 && digit[top - 1] == 0) --top;
    if (top == 0) return 0.0;
    // The leading 64 bits, the last of them set if any bit follows: too low to be more than that to
    // the one rounding, which is the conversion to double. Sums of doubles have no bit below the
    // least double's, so scaling is exact.
    const auto bits = [&](std::size_t place) { return static_cast<std::uint64_t>(digit[place]); };
    const int shift = std::countl_zero(static_cast<std::uint32_t>(digit[top - 1]));
    std::uint64_t leading = (bits(top - 1) << 32 | bits(top - 2)) << shift;
    leading |= bits(top - 3) >> (32 - shift);
    std::uint64_t rest = (bits(top - 3) << shift) & 0xffffffff;
    for (std::size_t i = 0; i < top - 3; ++i) rest |= bits(i);
    if (rest != 0) leading |= 1;
    const double magnitude = std::ldexp(static_cast<double>(leading),
                                        32 * (static_cast<int>(top) - 2 - static_cast<int>(below)) -
                                            shift + superaccumulator_lowest);
    return negative ? -magnitude : magnitude;
}

TallyStore::CellSums::CellSums(const TallyPlan& plan, std::size_t c)
    : index_(static_cast<std::uint32_t>(c)),
      cell_(plan.cell[index_]),
      power_(cell_powers(cell_), Limbs(superaccumulator_limbs)),
      bins_(has_bins(cell_) ? cell_bins(cell_) : 0) {}

void TallyStore::CellSums::add(const TallyCopy& copy) {
    const TallyView& view = copy.view();
    paths_ += std::accumulate(view.batch_paths, view.batch_paths + tile_lanes, std::uint64_t{0});
    clipped_ += view.clipped[index_];
    lowest_ = std::min(lowest_, view.extremes[2 * index_]);
    highest_ = std::max(highest_, view.extremes[2 * index_ + 1]);
    for (std::uint32_t k = 0; k < power_.size(); ++k) {
        const std::int64_t* limbs = power_limbs(view, cell_, index_, k);
        for (std::size_t i = 0; i < superaccumulator_limbs; ++i) power_[k][i] += limbs[i];
    }
    const std::uint32_t shift = count_shift(cell_.mantissa_bits);
    for (std::size_t b = 0; b < bins_.size(); ++b) {
        const std::uint64_t packed = view.bins[cell_.first_bin + b];
        bins_[b].count += packed >> shift;
        bins_[b].low += packed & ((std::uint64_t{1} << shift) - 1);
    }
    for (const auto& [bin, wide] : copy.drained()) {
        if (bin < cell_.first_bin || bin >= cell_.first_bin + bins_.size()) continue;
        bins_[bin - cell_.first_bin].count += wide.count;
        bins_[bin - cell_.first_bin].low += wide.low;
    }
}

risk::ColumnSample TallyStore::CellSums::column() const {
    risk::ColumnSample sample;
    sample.account = cell_.account == path_cell ? risk::ColumnSample::path_account : cell_.account;
    sample.column = cell_.column;
    sample.mantissa_bits = cell_.mantissa_bits;
    sample.clipped = clipped_;
    sample.sums.centre = cell_.centre;
    for (std::size_t k = 0; k < power_.size(); ++k)
        sample.sums.power[k] = rounded(power_[k].data());

    const std::uint32_t side = has_bins(cell_) ? side_bins(cell_) : 0;
    const auto read = [&](std::uint32_t index, bool negative) {
        const auto [count, low] = bins_[(negative ? side : 0) + index];
        if (count == 0) return;
        const BinShape shape = shape_of(cell_, index);
        const double sum =
            static_cast<double>(count) * shape.low + static_cast<double>(low) * shape.low_bit;
        const double high = shape.low + shape.width;
        sample.bins.push_back(negative ? risk::Bin{-high, -shape.low, count, -sum}
                                       : risk::Bin{shape.low, high, count, sum});
        sample.sums.count += count;
    };
    // Room for those that hold something and no more: a sample outlives the tallies it is read
    // from.
    const auto holds = [](const TallyCopy::Wide& bin) { return bin.count != 0; };
    sample.bins.reserve(static_cast<std::size_t>(std::count_if(bins_.begin(), bins_.end(), holds)));
    if (!has_bins(cell_)) sample.sums.count = paths_;
    if (cell_.two_sided) {
        for (std::uint32_t i = side; i-- > 0;) read(i, true);
    }
    for (std::uint32_t i = 0; i < side; ++i) read(i, false);
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    sample.sums.min = sample.sums.count > 0 ? from_key(lowest_) : nothing;
    sample.sums.max = sample.sums.count > 0 ? from_key(highest_) : nothing;
    return sample;
}

risk::ColumnSample TallyStore::snapshot(std::size_t c) {
    CellSums sums(tally_, c);
    for (const auto& copy : copies_) {
        const auto paused = copy->pause();
        sums.add(*copy);
    }
    return sums.column();
}

risk::ColumnSample TallyStore::column(std::size_t c) const {
    CellSums sums(tally_, c);
    for (const auto& copy : copies_) sums.add(*copy);
    return sums.column();
}

risk::Sample TallyStore::sample(std::uint64_t paths) const {
    risk::Sample sample;
    sample.paths = paths;
    sample.accounts = static_cast<int>(tally_.accounts);
    sample.levels = static_cast<int>(tally_.levels);
    for (std::size_t c = 0; c < tally_.cell.size; ++c) {
        sample.columns.push_back(column(c));
        if (sample.columns.back().column == Column::spot)
            shift(sample.columns.back(), -plan_.displacement());
    }
    for (const auto& [account, zero] : plan_.zero_columns()) {
        risk::ColumnSample& added = sample.columns.emplace_back();
        added.account = account == path_cell ? risk::ColumnSample::path_account : account;
        added.column = zero;
        added.identically_zero = true;
        added.sums.count = sample.columns.front().sums.count;
    }

    std::array<std::uint64_t, tile_lanes> batch{};
    for (const auto& copy : copies_) {
        sample.flagged += *copy->view().flagged;
        for (std::size_t l = 0; l < tile_lanes; ++l) batch[l] += copy->view().batch_paths[l];
    }
    const double unit = 1.0 / tally_.excess_scale;
    for (std::size_t t = 0; t < std::size_t(tally_.accounts) * tally_.levels; ++t) {
        risk::TailSums tail;
        tail.threshold = tally_.threshold[static_cast<std::uint32_t>(t)];
        tail.count = batch;
        for (std::size_t l = 0; l < tile_lanes; ++l) {
            std::int64_t units = 0;
            for (const auto& copy : copies_) {
                units += copy->view().tails[t].excess[l];
                tail.beyond[l] += copy->view().tails[t].beyond[l];
            }
            tail.excess[l] = static_cast<double>(units) * unit;
        }
        sample.tails.push_back(tail);
    }
    if (tally_.levels > 0) {
        const double unknown = std::numeric_limits<double>::quiet_NaN();
        for (std::uint32_t a = 0; a < tally_.accounts; ++a) {
            for (std::uint32_t b = 0; b < tally_.accounts; ++b) {
                const std::uint32_t low = std::min(a, b);
                const std::uint32_t high = std::max(a, b);
                const bool kept = tally_.accounts <= 8 || low == 0 || low == high;
                for (std::uint32_t level = 0; level < tally_.levels; ++level) {
                    risk::JointTail joint{unknown, 0};
                    if (kept) {
                        const std::size_t index =
                            std::size_t(pair_index(tally_.accounts, low, high)) * tally_.levels +
                            level;
                        std::vector<std::int64_t> limbs(superaccumulator_limbs);
                        for (const auto& copy : copies_) {
                            const std::int64_t* more =
                                copy->view().joint_excess + index * superaccumulator_limbs;
                            for (std::size_t i = 0; i < limbs.size(); ++i) limbs[i] += more[i];
                            joint.both_beyond += copy->view().joint_beyond[index];
                        }
                        joint.excess_product = rounded(limbs.data());
                    }
                    sample.joint.push_back(joint);
                }
            }
        }
    }
    for (std::uint32_t a = 0; a < tally_.accounts; ++a) {
        std::vector<WorstPath> all;
        for (const auto& copy : copies_) {
            const WorstPath* heap = copy->view().worst + std::size_t(a) * tally_.worst;
            all.insert(all.end(), heap, heap + copy->view().worst_count[a]);
        }
        std::sort(all.begin(), all.end(), [](const WorstPath& x, const WorstPath& y) {
            return x.key != y.key ? x.key < y.key : x.path < y.path;
        });
        if (all.size() > tally_.worst) all.resize(tally_.worst);
        auto& worst = sample.worst.emplace_back();
        for (const WorstPath& w : all) worst.push_back({from_key(w.key), w.path});
    }
    return sample;
}

}  // namespace hedgestorm::run
