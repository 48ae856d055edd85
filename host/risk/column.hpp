// SPDX-License-Identifier: Apache-2.0
#pragma once

// The figures of one column, and what of them can be had.

#include <string>
#include <vector>

#include "host/risk/notes.hpp"
#include "host/risk/rank.hpp"
#include "host/risk/risk.hpp"
#include "host/risk/sample.hpp"

namespace hedgestorm::risk {

/// Below this many outcomes beyond a level its error bars are rough.
inline constexpr double enough_tail_points = 200.0;

/// What holds for every column of a run.
struct RunFacts {
    RankTable ranks;
    std::vector<bool> quantile_available;  ///< by quantile_levels: too few paths are flagged to
    std::vector<bool> level_available;     ///< by scenario level:  matter there
    std::vector<std::string> level_names;
};

struct ColumnFigures {
    ColumnRisk risk;
    std::vector<double> var_sampling_se;  ///< by level, as var, without the width of the bin
    std::vector<double> var_bin_se;
    double variance = 0.0;
    double relative_variance_se = 0.0;  ///< se of the variance / variance
};

/// `owner` names the account in notes, e.g. `policy "band 5"`.
ColumnFigures assess_column(const ColumnSample& column, const RunFacts& facts,
                            const std::string& owner, Notes& notes);

}  // namespace hedgestorm::risk
