// SPDX-License-Identifier: Apache-2.0
#include "host/result/write_risk.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "host/result/schema.hpp"

namespace hedgestorm::result {

using risk::ColumnRisk;
using risk::Estimate;
using schema::Estimates;

namespace {

constexpr const char* mixed = "see outcome_units";

using Names = std::vector<std::string>;
/// One list of columns per policy, or a single list for the path.
using Rows = std::vector<const std::vector<ColumnRisk>*>;

/// Every column that any of the rows has, in the order of the vocabulary.
std::vector<Column> columns_of(const Rows& rows) {
    std::set<Column> found;
    for (const auto* row : rows)
        for (const ColumnRisk& column : *row) found.insert(column.column);
    return {found.begin(), found.end()};
}

void write_levels(Table& table, const scenario::RiskSettings& settings) {
    std::vector<double> values;
    Names texts;
    for (const scenario::Level& level : settings.levels) {
        values.push_back(level.value());
        texts.push_back(level.text);
    }
    table.numbers<double>("level", values, {"confidence level of VaR and ES"});
    table.array("level_text", {"level"}, texts, {"confidence level as the exact decimal written"});
}

void write_statistics(Table& table) {
    table.words("statistic", schema::statistics,
                {"value, standard error, ends of the 95 % interval"});
}

void write_outcomes(Table& table, const std::vector<Column>& columns) {
    Names names, long_names, units, adverse;
    for (const Column column : columns) {
        const ColumnInfo& info = schema::info(column);
        names.push_back(info.name);
        long_names.push_back(info.long_name);
        units.push_back(schema::unit_name(info.unit));
        adverse.push_back(info.adverse == Adverse::low ? "low" : "high");
    }
    table.words("outcome", names, {"what a path leaves behind"});
    table.array("outcome_long_name", {"outcome"}, long_names, {"the outcome in words"});
    table.array("outcome_units", {"outcome"}, units, {"unit of the outcome"});
    table.array("adverse", {"outcome"}, adverse, {"side of the outcome that hurts"});
}

/// The statistics of some rows of columns, each array over `leading` + outcome + its own
/// dimensions.
class ColumnArrays {
  public:
    ColumnArrays(Table& table, const Rows& rows, const Names& leading, std::size_t levels)
        : table_(table), rows_(rows), columns_(columns_of(rows)), levels_(levels) {
        leading_ = leading;
        leading_.push_back("outcome");
        write_outcomes(table, columns_);
    }

    void write() {
        one("mean", &ColumnRisk::mean, {"mean", mixed});
        one("sd", &ColumnRisk::sd, {"standard deviation", mixed});
        one("skewness", &ColumnRisk::skewness, {"skewness"});
        one("excess_kurtosis", &ColumnRisk::excess_kurtosis, {"excess kurtosis"});
        plain("min", &ColumnRisk::min, {"smallest outcome", mixed});
        plain("max", &ColumnRisk::max, {"largest outcome", mixed});
        many("quantiles", "quantile", std::size(risk::quantile_levels), &ColumnRisk::quantiles,
             {"quantile of the outcome", mixed});
        many("var", "level", levels_, &ColumnRisk::var,
             {"value at risk of the adverse side, more is worse", mixed});
        many("es", "level", levels_, &ColumnRisk::es,
             {"expected shortfall of the adverse side, more is worse", mixed});
        plain("tail_index", &ColumnRisk::tail_index, {"Hill estimate of the adverse tail's index"});
        std::vector<unsigned char> bits(rows_.size() * columns_.size(), 0);
        each([&](std::size_t cell, const ColumnRisk& column) {
            bits[cell] = schema::bits_in_file(column.mantissa_bits);
        });
        table_.array<unsigned char>("mantissa_bits", leading_, bits,
                                    {"resolution of the outcome's histogram; 255: none, moments "
                                     "alone; 0: the policy has no "
                                     "such outcome"});
    }

  private:
    template <class Visit>
    void each(const Visit& visit) const {
        for (std::size_t row = 0; row < rows_.size(); ++row)
            for (const ColumnRisk& column : *rows_[row]) {
                const auto place =
                    std::lower_bound(columns_.begin(), columns_.end(), column.column);
                const auto index = static_cast<std::size_t>(place - columns_.begin());
                visit(row * columns_.size() + index, column);
            }
    }
    Names over(std::initializer_list<const char*> own) const {
        Names names = leading_;
        names.insert(names.end(), own.begin(), own.end());
        return names;
    }
    void one(const char* name, Estimate ColumnRisk::*figure, const Meaning& meaning) {
        Estimates cells(rows_.size() * columns_.size());
        each([&](std::size_t cell, const ColumnRisk& column) { cells.put(cell, column.*figure); });
        table_.array<double>(name, over({"statistic"}), cells.numbers(), meaning);
    }
    void many(const char* name, const char* dimension, std::size_t size,
              std::vector<Estimate> ColumnRisk::*figures, const Meaning& meaning) {
        Estimates cells(rows_.size() * columns_.size() * size);
        each([&](std::size_t cell, const ColumnRisk& column) {
            cells.put_row(cell * size, size, column.*figures);
        });
        table_.array<double>(name, over({dimension, "statistic"}), cells.numbers(), meaning);
    }
    void plain(const char* name, double ColumnRisk::*figure, const Meaning& meaning) {
        std::vector<double> cells(rows_.size() * columns_.size(), schema::missing);
        each([&](std::size_t cell, const ColumnRisk& column) { cells[cell] = column.*figure; });
        table_.array<double>(name, leading_, cells, meaning);
    }

    Table& table_;
    const Rows& rows_;
    std::vector<Column> columns_;
    std::size_t levels_;
    Names leading_;
};

void write_columns(Table& table, const Rows& rows, const Names& leading,
                   const scenario::RiskSettings& settings) {
    write_statistics(table);
    write_levels(table, settings);
    table.numbers<double>("quantile", risk::quantile_levels, {"probability of the quantile"});
    ColumnArrays(table, rows, leading, settings.levels.size()).write();
}

void write_effectiveness(Table& root, const std::vector<risk::AccountRisk>& accounts,
                         std::size_t levels) {
    root.words("execution", schema::executions, {"the policy's account, or its ideal twin"});
    Estimates variance(accounts.size() * 2);
    Estimates es(accounts.size() * 2 * levels);
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        const risk::Effectiveness* kinds[] = {&accounts[i].account, &accounts[i].twin};
        for (std::size_t kind = 0; kind < 2; ++kind) {
            variance.put(i * 2 + kind, kinds[kind]->variance);
            es.put_row((i * 2 + kind) * levels, levels, kinds[kind]->es);
        }
    }
    root.array<double>("effectiveness_variance", {"policy", "execution", "statistic"},
                       variance.numbers(), {"1 - Var(hedged P&L) / Var(unhedged P&L)"});
    root.array<double>("effectiveness_es", {"policy", "execution", "level", "statistic"},
                       es.numbers(), {"1 - ES(hedged P&L) / ES(unhedged P&L)"});
}

}  // namespace

void write_accounts(Table& root, const Result& result) {
    const auto& accounts = result.risk.accounts;
    const auto& settings = result.scenario.risk;
    Names policies;
    Rows rows;
    for (const risk::AccountRisk& account : accounts) {
        policies.push_back(account.policy);
        rows.push_back(&account.columns);
    }
    root.words("policy", policies, {"hedging policy"});
    write_columns(root, rows, {"policy"}, settings);

    const std::size_t limits = settings.loss_limits.size();
    root.numbers<double>("loss_limit", settings.loss_limits, {"loss x of P(loss > x)", "currency"});
    Estimates losses(accounts.size() * limits);
    for (std::size_t i = 0; i < accounts.size(); ++i)
        losses.put_row(i * limits, limits, accounts[i].loss_limits);
    root.array<double>("loss_probability", {"policy", "loss_limit", "statistic"}, losses.numbers(),
                       {"probability that the loss exceeds the limit"});
    write_effectiveness(root, accounts, settings.levels.size());
}

void write_path(hid_t file, const Result& result) {
    if (result.risk.path.empty()) return;
    Table table(file, "/path");
    const Rows rows = {&result.risk.path};
    write_columns(table, rows, {}, result.scenario.risk);
}

void write_paired(hid_t file, const Result& result) {
    const auto& paired = result.risk.paired;
    if (paired.empty()) return;
    const std::size_t levels = result.scenario.risk.levels.size();
    Names policies, against;
    Estimates pnl(paired.size()), cost(paired.size());
    Estimates var(paired.size() * levels), es(paired.size() * levels);
    for (std::size_t i = 0; i < paired.size(); ++i) {
        policies.push_back(paired[i].policy);
        against.push_back(paired[i].against);
        pnl.put(i, paired[i].mean_pnl);
        cost.put(i, paired[i].mean_total_cost);
        var.put_row(i * levels, levels, paired[i].var);
        es.put_row(i * levels, levels, paired[i].es);
    }
    Table table(file, "/paired");
    table.words("policy", policies, {"hedging policy"});
    write_statistics(table);
    write_levels(table, result.scenario.risk);
    table.array("against", {"policy"}, against, {"policy it is compared with on the same paths"});
    table.array<double>("mean_pnl", {"policy", "statistic"}, pnl.numbers(),
                        {"mean P&L less the other policy's", "currency"});
    table.array<double>("mean_total_cost", {"policy", "statistic"}, cost.numbers(),
                        {"mean total cost less the other policy's", "currency"});
    table.array<double>("var", {"policy", "level", "statistic"}, var.numbers(),
                        {"VaR of the P&L less the other policy's", "currency"});
    table.array<double>("es", {"policy", "level", "statistic"}, es.numbers(),
                        {"ES of the P&L less the other policy's", "currency"});
}

}  // namespace hedgestorm::result
