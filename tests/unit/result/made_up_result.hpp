// SPDX-License-Identifier: Apache-2.0
#pragma once

// A Result with every part filled in, every number different, and what a file finds hard: missing
// figures, names in many scripts, policies whose columns differ.

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>
#include <string>

#include "host/result/result.hpp"

namespace hedgestorm::test {

/// A folder of its own under the system's temporary one, gone at the end.
class ResultFolder {
  public:
    ResultFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "hedgestorm-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    ~ResultFolder() { std::filesystem::remove_all(path_); }
    ResultFolder(const ResultFolder&) = delete;
    ResultFolder& operator=(const ResultFolder&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }
    /// Number of files in it, hidden ones too.
    long files() const { return std::distance(std::filesystem::directory_iterator(path_), {}); }

  private:
    std::filesystem::path path_;
};

inline std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline void put(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();
inline constexpr risk::Estimate no_estimate = {nan, nan, nan, nan};

/// Hands out estimates that all differ.
class Figures {
  public:
    risk::Estimate next() {
        const double value = std::sin(++count_) * 3.0;
        return {value, 0.001 * count_, value - 0.002 * count_, value + 0.00213 * count_};
    }
    std::vector<risk::Estimate> next(std::size_t count) {
        std::vector<risk::Estimate> row;
        for (std::size_t i = 0; i < count; ++i) row.push_back(next());
        return row;
    }

  private:
    int count_ = 0;
};

inline int made_up_bits(Column column) {
    return column == Column::pnl ? 11 : column == Column::trades ? 0 : 7;
}

inline risk::ColumnRisk made_up_column(Figures& figures, int account, Column column,
                                       std::size_t levels) {
    risk::ColumnRisk risk = {};
    risk.account = account;
    risk.column = column;
    risk.mantissa_bits = made_up_bits(column);
    risk.mean = figures.next();
    risk.sd = figures.next();
    risk.skewness = figures.next();
    risk.excess_kurtosis = no_estimate;
    risk.min = figures.next().low;
    risk.max = figures.next().high;
    risk.quantiles = figures.next(std::size(risk::quantile_levels));
    risk.var = figures.next(levels);
    risk.es = figures.next(levels);
    if (!risk.es.empty()) risk.es.back() = no_estimate;
    risk.tail_index = account == 0 ? nan : 3.5;
    return risk;
}

inline risk::ColumnSample made_up_sample(int account, Column column, int bins) {
    risk::ColumnSample sample;
    sample.account = account;
    sample.column = column;
    sample.mantissa_bits = made_up_bits(column);
    sample.sums = {100, -0.25, {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0}, -5.0, 4.0};
    for (int i = 0; i < bins && sample.mantissa_bits != 0; ++i) {
        const double low = -5.0 + 9.0 * i / bins;
        sample.bins.push_back({low, low + 9.0 / bins, 1u + static_cast<unsigned>(i), low * i});
    }
    return sample;
}

inline const char* const policy_names[] = {"band 0.05", "überband \"Δ\" — 対冲, x",
                                           "=cmd()\x1b[31m"};

/// A run of one to three policies on a million paths.
inline result::Result made_up_result(int policies, bool columns = true) {
    result::Result result;
    scenario::Scenario& scenario = result.scenario;
    scenario.name = "Short call through a crash";
    scenario.description = "Two lines\nof Größe";
    scenario.source_path = "scenarios/crash.toml";
    scenario.source_text = "schema = 1\nname = \"ß\"\n";
    scenario.resolved_text = std::string(200'000, '#') + "\nschema = 1\n";
    scenario.sha256 = std::string(64, 'a');
    scenario.simulation.paths = 1'000'000;
    scenario.simulation.first_path = 1ull << 40;
    scenario.simulation.seed = 18446744073709551615ull;
    scenario.simulation.horizon = 0.25;
    scenario.market.spot = 100.0;
    scenario.risk.levels = {{"0.95", 95, 100}, {"0.975", 975, 1000}, {"0.99", 99, 100}};
    scenario.risk.loss_limits = {1.0, 2.5};
    result.book = {.value = -3.98776,
                   .premium = 3.98776,
                   .delta = -0.51994,
                   .dollar_gamma = -3.98444,
                   .vega = -0.19922,
                   .theta = 0.02183,
                   .gross_notional = 100.0,
                   .gross_units = 1.0,
                   .initial_hedge = {}};
    result.provenance = {"0.1.0", "", "avx512", "Some CPU", 2, "2026-11-22T10:00:00Z",
                         0.42,    63, 64};
    const std::size_t levels = scenario.risk.levels.size();
    Figures figures;
    risk::Risk& risk = result.risk;
    risk.paths = 1'000'000;
    risk.flagged = 3;
    risk.notes = {"3 paths were left out", "too few paths for the level 0.999"};
    risk.figures_missing = true;
    result.sample.paths = risk.paths;
    result.sample.flagged = risk.flagged;
    result.sample.accounts = policies;
    result.sample.levels = static_cast<int>(levels);
    for (int i = 0; i < policies; ++i) {
        scenario::Policy policy;
        policy.name = policy_names[i];
        scenario.policies.push_back(policy);
        result.book.initial_hedge.push_back(0.5 + i);
        risk::AccountRisk account;
        account.policy = policy.name;
        if (columns) {
            for (const Column column : {Column::pnl, Column::hedge_slippage, Column::total_cost,
                                        Column::trades, Column::residual_delta_rms})
                account.columns.push_back(made_up_column(figures, i, column, levels));
            if (i == 1)
                account.columns.push_back(
                    made_up_column(figures, i, Column::pnl_difference, levels));
            for (const risk::ColumnRisk& column : account.columns)
                result.sample.columns.push_back(made_up_sample(i, column.column, 5 + i));
        }
        account.loss_limits = figures.next(2);
        account.account = {figures.next(), figures.next(levels)};
        account.twin = {no_estimate, std::vector<risk::Estimate>(levels, no_estimate)};
        risk.accounts.push_back(account);
        result.sample.worst.push_back({{-9.0 - i, (1ull << 60) + 1}, {-8.0, 7}});
        if (i > 0)
            risk.paired.push_back({policy.name, policy_names[0], figures.next(), figures.next(),
                                   figures.next(levels), figures.next(levels)});
    }
    if (columns) {
        for (const Column column : {Column::spot, Column::unhedged_pnl}) {
            risk.path.push_back(made_up_column(figures, -1, column, levels));
            result.sample.columns.push_back(made_up_sample(-1, column, 4));
        }
    }
    if (policies > 1) {
        const auto cells = static_cast<std::size_t>(policies) * levels;
        result.sample.tails.resize(cells);
        result.sample.tails[0].excess[63] = 6.25;
        result.sample.joint.resize(cells * static_cast<std::size_t>(policies), {nan, 0});
    }
    return result;
}

}  // namespace hedgestorm::test
