// SPDX-License-Identifier: Apache-2.0
#pragma once

// The figures of a run: every statistic with its standard error and 95 % interval.
//
// Takes a Sample and the scenario's risk settings, gives what the result file holds and `show`
// prints. Definitions: docs/statistics.md. VaR and ES are of the column's adverse tail,
// more is worse.

#include <string>
#include <vector>

#include "host/risk/sample.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::risk {

/// A number with its error; NaN where it is not available.
struct Estimate {
    double value;
    double se;   ///< standard error
    double low;  ///< 95 % interval
    double high;
};

/// Probabilities of the quantiles that every column reports.
inline constexpr double quantile_levels[] = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1,   0.25, 0.5,
                                             0.75,  0.9,   0.95, 0.975, 0.99, 0.995, 0.999};

struct ColumnRisk {
    int account = ColumnSample::path_account;
    Column column = Column::pnl;
    int mantissa_bits = 7;  ///< of the histogram: 11 fine, 7 coarse; 0: none, and so no quantiles
    Estimate mean, sd, skewness, excess_kurtosis;
    double min = 0.0;
    double max = 0.0;
    std::vector<Estimate> quantiles;  ///< by quantile_levels
    std::vector<Estimate> var;        ///< by scenario level
    std::vector<Estimate> es;         ///< by scenario level
    double tail_index = 0.0;          ///< Hill estimate of the adverse tail, NaN if not available
};

/// 1 - Var(hedged)/Var(unhedged) and 1 - ES(hedged)/ES(unhedged) of the P&L.
struct Effectiveness {
    Estimate variance;
    std::vector<Estimate> es;  ///< by level
};

struct AccountRisk {
    std::string policy;
    std::vector<ColumnRisk> columns;
    std::vector<Estimate> loss_limits;  ///< P(-pnl > x), by risk.loss_limits
    Effectiveness account;              ///< of pnl
    Effectiveness twin;                 ///< of ideal_pnl
};

/// A policy against the first one on the same paths: its figure less the first's.
struct PairedRisk {
    std::string policy;
    std::string against;
    Estimate mean_pnl, mean_total_cost;
    std::vector<Estimate> var;  ///< of pnl, by level
    std::vector<Estimate> es;   ///< of pnl, by level
};

struct Risk {
    std::uint64_t paths = 0;
    std::uint64_t flagged = 0;
    std::vector<AccountRisk> accounts;
    std::vector<ColumnRisk> path;    ///< columns of the path itself
    std::vector<PairedRisk> paired;  ///< policies 1 ... against policy 0
    std::vector<std::string>
        notes;  ///< sentences: too few paths, unreliable bars, clipped or flagged paths
    bool figures_missing = false;  ///< a figure asked for is not available: exit code 4
};

/// The figures of `sample`, a run of `scenario`.
Risk assess(const Sample& sample, const scenario::Scenario& scenario);

}  // namespace hedgestorm::risk
