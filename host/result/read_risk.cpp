// SPDX-License-Identifier: Apache-2.0
#include "host/result/read_risk.hpp"

#include <iterator>

#include "host/result/schema.hpp"

namespace hedgestorm::result {

using hdf5::Failure;
using risk::ColumnRisk;
using risk::Estimate;
using schema::Estimates;

namespace {

using Shape = std::vector<hsize_t>;

Column column_named(const std::string& name) {
    for (int i = 0; i < all_columns; ++i)
        if (name == column_info[i].name) return static_cast<Column>(i);
    throw Failure("an outcome has a name this program does not know: " + name);
}

/// "0.975" as 975 / 1000.
scenario::Level level_from(const std::string& text) {
    scenario::Level level = {.text = text};
    const bool decimal = text.starts_with("0.") && text.size() > 2 && text.size() <= 20 &&
                         text.find_first_not_of("0123456789", 2) == std::string::npos;
    if (!decimal) throw Failure("a confidence level is not a decimal: " + text);
    for (const char digit : text.substr(2)) {
        level.numerator = level.numerator * 10 + static_cast<std::uint64_t>(digit - '0');
        level.denominator *= 10;
    }
    return level;
}

Estimates estimates(const TableReader& table, const std::string& name, Shape shape) {
    shape.push_back(schema::statistics.size());
    return Estimates(table.numbers(name, shape));
}

/// The statistics of `rows` lists of columns; `leading` is {rows}, or nothing for a single list.
class ColumnArrays {
  public:
    ColumnArrays(const TableReader& table, std::size_t rows, Shape leading, std::size_t levels)
        : table_(table), rows_(rows), leading_(std::move(leading)), levels_(levels) {
        for (const std::string& name : table.words("outcome"))
            columns_.push_back(column_named(name));
        leading_.push_back(columns_.size());
    }

    std::vector<std::vector<ColumnRisk>> read(int first_account) const {
        const std::size_t quantiles = std::size(risk::quantile_levels);
        if (table_.list("quantile").size() != quantiles)
            throw Failure("the list of quantiles is not this program's");
        const auto bits = table_.numbers("mantissa_bits", leading_);
        const auto mean = one("mean"), sd = one("sd"), skewness = one("skewness"),
                   excess_kurtosis = one("excess_kurtosis");
        const auto quantile = many("quantiles", quantiles), var = many("var", levels_),
                   es = many("es", levels_);
        const auto min = table_.numbers("min", leading_), max = table_.numbers("max", leading_),
                   tail_index = table_.numbers("tail_index", leading_);
        std::vector<std::vector<ColumnRisk>> all(rows_);
        for (std::size_t cell = 0; cell < rows_ * columns_.size(); ++cell) {
            if (bits[cell] == 0.0) continue;
            const std::size_t row = cell / columns_.size();
            all[row].push_back({
                .account = first_account + static_cast<int>(row),
                .column = columns_[cell % columns_.size()],
                .mantissa_bits = schema::bits_from_file(bits[cell]),
                .mean = mean.at(cell),
                .sd = sd.at(cell),
                .skewness = skewness.at(cell),
                .excess_kurtosis = excess_kurtosis.at(cell),
                .min = min[cell],
                .max = max[cell],
                .quantiles = quantile.row(cell * quantiles, quantiles),
                .var = var.row(cell * levels_, levels_),
                .es = es.row(cell * levels_, levels_),
                .tail_index = tail_index[cell],
            });
        }
        return all;
    }

  private:
    Estimates one(const std::string& name) const { return estimates(table_, name, leading_); }
    Estimates many(const std::string& name, std::size_t size) const {
        Shape shape = leading_;
        shape.push_back(size);
        return estimates(table_, name, shape);
    }

    const TableReader& table_;
    std::size_t rows_;
    Shape leading_;
    std::size_t levels_;
    std::vector<Column> columns_;
};

void read_effectiveness(const TableReader& root, std::vector<risk::AccountRisk>& accounts,
                        std::size_t levels) {
    const std::size_t n = accounts.size();
    const Estimates variance = estimates(root, "effectiveness_variance", {n, 2});
    const Estimates es = estimates(root, "effectiveness_es", {n, 2, levels});
    for (std::size_t i = 0; i < n; ++i) {
        accounts[i].account = {variance.at(i * 2), es.row(i * 2 * levels, levels)};
        accounts[i].twin = {variance.at(i * 2 + 1), es.row((i * 2 + 1) * levels, levels)};
    }
}

std::vector<risk::PairedRisk> read_paired(hid_t file, std::size_t levels) {
    if (!has_group(file, "/paired")) return {};
    const TableReader table(file, "/paired");
    const auto policies = table.words("policy");
    const auto against = table.words("against");
    const std::size_t n = policies.size();
    if (against.size() != n) throw Failure("/paired/against has another shape than expected");
    const auto pnl = estimates(table, "mean_pnl", {n}),
               cost = estimates(table, "mean_total_cost", {n}),
               var = estimates(table, "var", {n, levels}), es = estimates(table, "es", {n, levels});
    std::vector<risk::PairedRisk> paired;
    for (std::size_t i = 0; i < n; ++i)
        paired.push_back({policies[i], against[i], pnl.at(i), cost.at(i),
                          var.row(i * levels, levels), es.row(i * levels, levels)});
    return paired;
}

}  // namespace

void read_risk(hid_t file, const TableReader& root, Result& result) {
    scenario::RiskSettings& settings = result.scenario.risk;
    settings.loss_limits = root.list("loss_limit");
    for (const std::string& text : root.words("level_text"))
        settings.levels.push_back(level_from(text));
    if (settings.levels.size() != root.list("level").size())
        throw Failure("the confidence levels are incomplete");
    const std::size_t levels = settings.levels.size(), limits = settings.loss_limits.size();

    std::vector<risk::AccountRisk>& accounts = result.risk.accounts;
    const std::vector<std::string> policies = root.words("policy");
    const std::size_t n = policies.size();
    const Estimates losses = estimates(root, "loss_probability", {n, limits});
    auto columns = ColumnArrays(root, n, {n}, levels).read(0);
    for (std::size_t i = 0; i < n; ++i) {
        scenario::Policy policy;
        policy.name = policies[i];
        result.scenario.policies.push_back(policy);
        accounts.push_back({.policy = policies[i],
                            .columns = std::move(columns[i]),
                            .loss_limits = losses.row(i * limits, limits),
                            .account = {schema::no_estimate, {}},
                            .twin = {schema::no_estimate, {}}});
    }
    read_effectiveness(root, accounts, levels);
    if (has_group(file, "/path")) {
        const TableReader path(file, "/path");
        constexpr int account = risk::ColumnSample::path_account;
        result.risk.path = std::move(ColumnArrays(path, 1, {}, levels).read(account).front());
    }
    result.risk.paired = read_paired(file, levels);
}

}  // namespace hedgestorm::result
