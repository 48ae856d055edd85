// SPDX-License-Identifier: Apache-2.0
#pragma once

// Outcomes as the tallies hand them to host/risk: power sums, and bins by the leading bits of the
// float, with one linear page around zero.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "host/risk/sample.hpp"

namespace hedgestorm::test {

inline constexpr int fine_bits = 11;
inline constexpr int coarse_bits = 7;
inline constexpr float linear_below = 0x1p-10F;

/// The bin of one outcome, without count and sum.
inline risk::Bin bin_of(float x, int mantissa_bits) {
    const float size = std::abs(x);
    double low = 0.0;
    double high = 0.0;
    if (size < linear_below) {
        const double width = double{linear_below} / (1 << mantissa_bits);
        low = std::floor(size / width) * width;
        high = low + width;
    } else {
        const int shift = 23 - mantissa_bits;
        const std::uint32_t bits = std::bit_cast<std::uint32_t>(size) >> shift;
        low = std::bit_cast<float>(bits << shift);
        high = std::bit_cast<float>((bits + 1) << shift);
    }
    risk::Bin bin;
    bin.low = x < 0.0F ? -high : low;
    bin.high = x < 0.0F ? -low : high;
    return bin;
}

/// Bins of sorted outcomes.
inline std::vector<risk::Bin> bins_of(const std::vector<float>& sorted, int mantissa_bits) {
    std::vector<risk::Bin> bins;
    for (const float x : sorted) {
        const bool same = !bins.empty() && x < bins.back().high && x >= bins.back().low &&
                          (x < 0.0F) == (bins.back().high <= 0.0);
        if (!same) {
            const risk::Bin bin = bin_of(x, mantissa_bits);
            if (bins.empty() || bins.back().low != bin.low || bins.back().high != bin.high)
                bins.push_back(bin);
        }
        ++bins.back().count;
        bins.back().sum += double{x};
    }
    return bins;
}

inline risk::PowerSums power_sums_of(const std::vector<float>& values) {
    risk::PowerSums sums;
    sums.count = values.size();
    if (values.empty()) return sums;
    sums.centre = values.front();
    sums.min = *std::min_element(values.begin(), values.end());
    sums.max = *std::max_element(values.begin(), values.end());
    long double power[8] = {};
    for (const float value : values) {
        const long double x = value - sums.centre;
        long double product = 1.0L;
        for (long double& sum : power) sum += product *= x;
    }
    for (std::size_t k = 0; k < 8; ++k) sums.power[k] = static_cast<double>(power[k]);
    return sums;
}

inline risk::ColumnSample histogram_of(Column column, std::vector<float> values, int account = 0,
                                       int mantissa_bits = fine_bits) {
    risk::ColumnSample sample;
    sample.account = account;
    sample.column = column;
    sample.mantissa_bits = mantissa_bits;
    sample.sums = power_sums_of(values);
    std::sort(values.begin(), values.end());
    if (mantissa_bits != 0) sample.bins = bins_of(values, mantissa_bits);
    return sample;
}

}  // namespace hedgestorm::test
