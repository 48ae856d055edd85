// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a finished run knows about one column: exact power sums and a histogram with exact bin sums.
//
// Takes merged tallies (host/run), gives everything host/risk needs, free of layout and of engines.

#include <array>
#include <cstdint>
#include <vector>

#include "hedgestorm/outcome.hpp"

namespace hedgestorm::risk {

inline constexpr int batches = 64;  ///< fixed batches of paths: path number modulo 64

/// Values x with low <= x < high for x > 0, low < x <= high for x < 0; ascending, not empty. In a
/// column that was shifted, the same of the values before.
struct Bin {
    double low = 0.0;
    double high = 0.0;
    std::uint64_t count = 0;
    double sum = 0.0;  ///< of the values themselves, exact to double
};

/// Sums of powers of (x - centre), exact before one rounding to double.
struct PowerSums {
    std::uint64_t count = 0;
    double centre = 0.0;
    /// power[k-1] = sum of (x - centre)^k; beyond the fourth only of a column without bins
    std::array<double, 8> power = {};
    double min = 0.0;
    double max = 0.0;
};

/// One column of one account, or of the path itself when `account` is path_account.
struct ColumnSample {
    static constexpr int path_account = -1;
    int account = path_account;
    Column column = Column::pnl;
    int mantissa_bits = 7;      ///< of the bins: 11 fine, 7 coarse, 0: there are none
    std::uint64_t clipped = 0;  ///< outcomes beyond the last bin, counted there
    PowerSums sums;
    std::vector<Bin> bins;          ///< ascending in value, empty bins left out
    bool identically_zero = false;  ///< never computed: every outcome is 0
};

/// Adds `by` to every outcome. Its bins keep their widths, and by = 0 changes no bit.
void shift(ColumnSample& column, double by);

/// Threshold sums of the loss L = -pnl of one account at one level (Rockafellar-Uryasev form of the
/// expected shortfall: first-order insensitive to the threshold).
struct TailSums {
    double threshold = 0.0;                          ///< q-hat, fixed from the first paths
    std::array<double, batches> excess = {};         ///< sum of (L - q)+ per batch
    std::array<std::uint64_t, batches> beyond = {};  ///< number of L > q per batch
    std::array<std::uint64_t, batches> count = {};   ///< paths per batch
};

/// Joint sums of two accounts at one level, over all paths.
struct JointTail {
    double excess_product = 0.0;    ///< sum of (L_a - q_a)+ (L_b - q_b)+
    std::uint64_t both_beyond = 0;  ///< number of L_a > q_a and L_b > q_b
};

struct WorstPath {
    double pnl = 0.0;
    std::uint64_t path = 0;
};

/// Everything tallied in a run.
struct Sample {
    std::uint64_t paths = 0;    ///< asked for and simulated
    std::uint64_t flagged = 0;  ///< of these, left out: a non-finite outcome
    int accounts = 0;
    int levels = 0;
    std::vector<ColumnSample> columns;
    std::vector<TailSums> tails;  ///< [account * levels + level]; empty with a single account
    std::vector<JointTail>
        joint;  ///< [(account * accounts + other) * levels + level]; symmetric; NaN where not kept
    std::vector<std::vector<WorstPath>> worst;  ///< per account, by (pnl, path number)
};

}  // namespace hedgestorm::risk
