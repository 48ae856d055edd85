// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "host/risk/column.hpp"
#include "host/risk/distribution.hpp"
#include "host/risk/effectiveness.hpp"
#include "host/risk/intervals.hpp"
#include "host/risk/paired.hpp"
#include "host/risk/risk.hpp"
#include "host/scenario/unread.hpp"

namespace hedgestorm::risk {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// Flagged paths may all lie beyond a level; up to a twentieth of its tail that is borne.
bool few_flagged(const Sample& sample, Fraction tail) {
    return static_cast<Wide>(sample.flagged) * 20 * tail.denominator <=
           static_cast<Wide>(tail.numerator) * sample.paths;
}

/// A tally that contradicts itself is a bug, not a figure.
void check(const Sample& sample, std::uint64_t n) {
    for (const ColumnSample& column : sample.columns) {
        if (column.identically_zero) continue;
        std::uint64_t binned = 0;
        for (const Bin& bin : column.bins) binned += bin.count;
        if (column.sums.count != n || (column.mantissa_bits != 0 && binned != n))
            throw std::logic_error(std::string("column ") +
                                   column_info[static_cast<std::size_t>(column.column)].name +
                                   " holds " + std::to_string(column.sums.count) +
                                   " outcomes and " + std::to_string(binned) + " in bins, but " +
                                   std::to_string(n) + " paths were tallied");
    }
}

void note_level(const QuantileRanks& ranks, const std::string& name, Notes& notes) {
    if (ranks.tail_points() >= enough_tail_points) return;
    notes.say("too few paths for level " + name + ": " + in_words(ranks.tail_points()) +
              " lie beyond it, and error bars there are rough below " +
              in_words(enough_tail_points) +
              (ranks.open ? "; the worst outcome seen stands in for the upper end of the interval "
                            "of value at risk"
                          : ""));
}

RunFacts run_facts(const Sample& sample, std::uint64_t n, const scenario::RiskSettings& settings,
                   Notes& notes) {
    RunFacts facts;
    for (const scenario::Level& level : settings.levels) facts.level_names.push_back(level.text);
    const std::string flagged = std::to_string(sample.flagged) + " of " +
                                std::to_string(sample.paths) +
                                " paths had an outcome that is not a finite number";
    if (sample.flagged > 0) notes.say(flagged + " and are left out of every figure");
    if (n < 2) {
        facts.ranks.n = n;
        return facts;
    }
    facts.ranks = rank_table(n, settings.levels);
    bool open_quantile = false;
    bool lost_quantile = false;
    for (const QuantileRanks& ranks : facts.ranks.quantiles) {
        const Fraction p = ranks.probability;
        const bool available =
            few_flagged(sample, p.numerator * 2 <= p.denominator ? p : p.complement());
        facts.quantile_available.push_back(available);
        lost_quantile = lost_quantile || !available;
        open_quantile = open_quantile || ranks.open;
    }
    for (std::size_t i = 0; i < settings.levels.size(); ++i) {
        const QuantileRanks& ranks = facts.ranks.levels[i];
        const bool available = few_flagged(sample, ranks.probability.complement());
        facts.level_available.push_back(available);
        if (!available)
            notes.miss("figures at level " + facts.level_names[i] + " are not available: " +
                       flagged + ", more than a twentieth of the tail beyond it");
        note_level(ranks, facts.level_names[i], notes);
    }
    if (lost_quantile)
        notes.say(
            "quantiles are not available where more than a twentieth of the paths beyond "
            "them were left out");
    if (open_quantile)
        notes.say(
            "too few paths for the outermost quantiles: the outermost outcomes stand in for "
            "the ends of their intervals");
    return facts;
}

using Figures = std::map<std::pair<int, Column>, ColumnFigures>;

const ColumnFigures* find(const Figures& figures, int account, Column column) {
    const auto found = figures.find({account, column});
    return found == figures.end() ? nullptr : &found->second;
}

std::vector<Estimate> loss_limits(const Sample& sample, int account, std::uint64_t n,
                                  const std::vector<double>& limits, Notes& notes) {
    std::vector<Estimate> result(limits.size(), unavailable());
    if (n < 2) return result;
    for (const ColumnSample& column : sample.columns) {
        if (column.account != account || column.column != Column::pnl) continue;
        const Distribution losses = Distribution::of_losses(column);
        for (std::size_t i = 0; i < limits.size(); ++i) {
            Distribution::Beyond beyond;
            if (column.identically_zero)
                beyond.certain = limits[i] < 0.0 ? n : 0;
            else
                beyond = losses.beyond(limits[i]);
            const Estimate probability =
                wilson_estimate(beyond.certain, beyond.doubtful, beyond.share, n);
            const double left_out =
                static_cast<double>(sample.flagged) / static_cast<double>(sample.paths);
            if (left_out <= probability.high / 20.0)
                result[i] = probability;
            else
                notes.miss("the probability of a loss above " + in_words(limits[i]) +
                           " is not available: " + std::to_string(sample.flagged) +
                           " paths left out could change it by more than a twentieth");
        }
    }
    return result;
}

PairedRisk compare(const Sample& sample, const Figures& figures, const RunFacts& facts, int account,
                   const scenario::Scenario& scenario, Notes& notes) {
    const std::size_t levels = facts.level_names.size();
    PairedRisk paired{scenario.policies[static_cast<std::size_t>(account)].name,
                      scenario.policies[0].name,
                      unavailable(),
                      unavailable(),
                      std::vector<Estimate>(levels, unavailable()),
                      std::vector<Estimate>(levels, unavailable())};
    const ColumnFigures* pnl = find(figures, account, Column::pnl_difference);
    const ColumnFigures* cost = find(figures, account, Column::total_cost_difference);
    if (pnl != nullptr) paired.mean_pnl = pnl->risk.mean;
    if (cost != nullptr) paired.mean_total_cost = cost->risk.mean;
    if (pnl == nullptr || cost == nullptr)
        notes.say(
            "some mean differences between policies are not available: their columns are not "
            "among the outcomes of this run");
    if (facts.ranks.n < 2) return paired;
    const ColumnFigures* own = find(figures, account, Column::pnl);
    const ColumnFigures* first = find(figures, 0, Column::pnl);
    if (own == nullptr || first == nullptr) return paired;
    for (std::size_t i = 0; i < levels; ++i) {
        const TailDependence dependence =
            tail_dependence(sample, static_cast<std::size_t>(account), 0, i);
        if (!dependence.known)
            notes.say(
                "the tails of the policies were not tallied together: errors of differences "
                "in value at risk and expected shortfall are upper bounds");
        paired.var[i] = var_difference(*own, *first, i, dependence);
        paired.es[i] = shortfall_difference(own->risk.es[i], first->risk.es[i], dependence);
    }
    return paired;
}

}  // namespace

Risk assess(const Sample& sample, const scenario::Scenario& scenario) {
    if (static_cast<std::size_t>(sample.accounts) != scenario.policies.size())
        throw std::logic_error("a sample must hold one account per policy");
    Notes notes;
    const std::uint64_t n = sample.paths - sample.flagged;
    check(sample, n);
    const RunFacts facts = run_facts(sample, n, scenario.risk, notes);
    if (n < 2)
        notes.miss(n == 0
                       ? "no figures: no path has finite outcomes"
                       : "no figures but the outcomes themselves, shown as their means: a single "
                         "path has no error bars");

    Risk risk;
    risk.paths = sample.paths;
    risk.flagged = sample.flagged;
    risk.accounts.resize(static_cast<std::size_t>(sample.accounts));
    Figures figures;
    for (const ColumnSample& column : sample.columns) {
        const bool of_path = column.account == ColumnSample::path_account;
        const std::string owner =
            of_path
                ? "the path"
                : "policy \"" +
                      scenario.policies.at(static_cast<std::size_t>(column.account)).name + "\"";
        ColumnFigures assessed = assess_column(column, facts, owner, notes);
        (of_path ? risk.path : risk.accounts[static_cast<std::size_t>(column.account)].columns)
            .push_back(assessed.risk);
        figures.insert_or_assign({column.account, column.column}, std::move(assessed));
    }
    const ColumnFigures* unhedged = find(figures, ColumnSample::path_account, Column::unhedged_pnl);
    for (int a = 0; a < sample.accounts; ++a) {
        AccountRisk& account = risk.accounts[static_cast<std::size_t>(a)];
        account.policy = scenario.policies[static_cast<std::size_t>(a)].name;
        account.loss_limits = loss_limits(sample, a, n, scenario.risk.loss_limits, notes);
        account.account =
            assess_effectiveness(find(figures, a, Column::pnl), unhedged, facts, notes);
        account.twin =
            assess_effectiveness(find(figures, a, Column::ideal_pnl), unhedged, facts, notes);
        if (a > 0) risk.paired.push_back(compare(sample, figures, facts, a, scenario, notes));
    }
    for (std::string& sentence : scenario::unread_conditions(scenario))
        notes.say(std::move(sentence));
    risk.notes = notes.sentences();
    risk.figures_missing = notes.missing();
    return risk;
}

}  // namespace hedgestorm::risk
