// SPDX-License-Identifier: Apache-2.0
#include "host/risk/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hedgestorm/contract.hpp"

namespace hedgestorm::risk {
namespace {

double mean_of(const Bin& bin) {
    return std::clamp(bin.sum / static_cast<double>(bin.count), bin.low, bin.high);
}

Distribution view(const ColumnSample& column, bool negate) {
    return {column.bins, column.sums.min, column.sums.max, negate};
}

}  // namespace

Distribution Distribution::of_values(const ColumnSample& column) {
    return view(column, false);
}

Distribution Distribution::of_losses(const ColumnSample& column) {
    const auto& info = column_info[static_cast<std::size_t>(column.column)];
    return view(column, info.adverse == Adverse::low);
}

Distribution::Distribution(std::vector<Bin> bins, double min, double max, bool negate)
    : bins_(std::move(bins)) {
    if (!bins_.empty()) {
        // The ends may hold outcomes beyond their edges, so the edge moves either way.
        bins_.front().low = min;
        bins_.back().high = max;
    }
    for (Bin& bin : bins_) {
        // The mean of a bin is an edge of it only if every outcome is.
        const auto count = static_cast<double>(bin.count);
        if (bin.sum == count * bin.low) bin.high = bin.low;
        if (bin.sum == count * bin.high) bin.low = bin.high;
        if (bin.count == 1) bin.low = bin.high = bin.sum;
        // From 0, so that what is 0 stays +0.
        if (negate) bin = {0.0 - bin.high, 0.0 - bin.low, bin.count, 0.0 - bin.sum};
    }
    if (negate) std::reverse(bins_.begin(), bins_.end());
    through_.reserve(bins_.size());
    std::uint64_t total = 0;
    for (const Bin& bin : bins_) through_.push_back(total += bin.count);
}

std::size_t Distribution::index(std::uint64_t rank) const {
    HS_EXPECT(rank >= 1 && rank <= count());
    const auto found = std::lower_bound(through_.begin(), through_.end(), rank);
    return static_cast<std::size_t>(found - through_.begin());
}

double Distribution::value(std::uint64_t rank) const {
    return mean_of(bins_[index(rank)]);
}

double Distribution::spread_value(std::uint64_t rank) const {
    const std::size_t i = index(rank);
    const Bin& bin = bins_[i];
    const std::uint64_t within = rank - (through_[i] - bin.count);  // 1 ... bin.count
    const double share = (static_cast<double>(within) - 0.5) / static_cast<double>(bin.count);
    return bin.low + (bin.high - bin.low) * share;
}

Excess Distribution::excess_beyond(std::uint64_t rank) const {
    const std::size_t boundary = index(rank);
    const double threshold = mean_of(bins_[boundary]);
    Excess excess;
    for (std::size_t i = bins_.size(); --i > boundary;) {  // from the far end: as the tail is read
        const auto count = static_cast<double>(bins_[i].count);
        const double beyond = mean_of(bins_[i]) - threshold;
        excess.first += count * beyond;
        excess.second += count * beyond * beyond;
        excess.third += count * beyond * beyond * beyond;
    }
    const auto n = static_cast<double>(count());
    return {count(), excess.first / n, excess.second / n, excess.third / n};
}

double Distribution::hill_index(std::uint64_t points) const {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (points == 0 || points >= count()) return nan;
    const std::size_t boundary = index(count() - points);
    const double threshold = mean_of(bins_[boundary]);
    if (!(threshold > 0.0)) return nan;
    double logs = 0.0;
    for (std::size_t i = bins_.size(); --i > boundary;)
        logs += static_cast<double>(bins_[i].count) * std::log(mean_of(bins_[i]) / threshold);
    return logs > 0.0 ? static_cast<double>(points) / logs : nan;
}

Distribution::Beyond Distribution::beyond(double x) const {
    Beyond result;
    for (const Bin& bin : bins_) {
        if (bin.high <= x) continue;
        if (bin.low > x) {
            result.certain += bin.count;
        } else {
            result.doubtful = bin.count;
            result.share = (bin.high - x) / (bin.high - bin.low);
        }
    }
    return result;
}

}  // namespace hedgestorm::risk
