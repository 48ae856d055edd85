// SPDX-License-Identifier: Apache-2.0
#pragma once

// Scenarios that between them reach every line of the path code: what engines are compared on.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "host/scenario/load.hpp"
#include "tests/support/hedges.hpp"
#include "tests/support/made_up_series.hpp"
#include "tests/support/markets.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::test {

struct ParityScenario {
    std::string name;
    scenario::Scenario (*make)();
};

/// A policy as a table of its own.
inline std::string policy(const std::string& name, const std::string& keys) {
    return "[[policy]]\nname = '" + name + "'\n" + keys;
}

/// Every rule, unit, edge, valuation, initial and final mode, side by side.
inline ScenarioText every_rule() {
    ScenarioText text;
    text.set("simulation.steps", "57").set("costs.fixed", "0.02").set("costs.fee_bps", "3");
    text.set("costs.half_spread_bps", "4");
    text.append(policy("none", "rule = 'none'"));
    text.append(policy("static", "rule = 'static'\ninitial = 'in_place'"));
    text.append(policy("units", "rule = 'static'\ninitial = 0.7\nfinal = 'mark'"));
    text.append(policy("every third", "rule = 'interval'\nevery = 3\nhedge_ratio = 0.8"));
    text.append(policy("band", "rule = 'band'\nhalf_width = 0.05"));
    text.append(policy("edge", "rule = 'band'\nhalf_width = 0.05\nrebalance_to = 'edge'"));
    text.append(policy("relative",
                       "rule = 'band'\nhalf_width = 0.04\nhalf_width_unit = 'relative'\n"
                       "rebalance_to = 'edge'"));
    text.append(policy("dollar", "rule = 'band'\nhalf_width = 4.0\nhalf_width_unit = 'dollar'"));
    text.append(policy("dollar edge",
                       "rule = 'band'\nhalf_width = 4.0\nhalf_width_unit = 'dollar'\n"
                       "rebalance_to = 'edge'\nvaluation = 0.3"));
    text.append(policy("move", "rule = 'price_move'\nprice_move = 0.01"));
    text.append(policy("realised",
                       "rule = 'band'\nhalf_width = 0.02\nvaluation = 'realised'\n"
                       "half_life_days = 4"));
    text.append(policy("instantaneous",
                       "rule = 'interval'\nevery = 1\nvaluation = 'instantaneous'\n"
                       "max_position = 0.6\nmin_position = -0.1"));
    return text;
}

/// Adds every rule whose band moves, in every way, and Leland's.
inline ScenarioText with_textbook_rules(ScenarioText text) {
    return text.append(policy("whalley wilmott", "rule = 'whalley_wilmott'\nrisk_aversion = 0.7"))
        .append(policy("whalley wilmott to target",
                       "rule = 'whalley_wilmott'\nrisk_aversion = 0.7\ncoefficient = 6\n"
                       "rebalance_to = 'target'\nvaluation = 'realised'\nhalf_life_days = 4"))
        .append(policy("zakamouline", "rule = 'zakamouline'\nrisk_aversion = 0.7"))
        .append(policy("zakamouline ahead",
                       "rule = 'zakamouline'\nrisk_aversion = 2\nassumed_cost_bps = 40\n"
                       "rebalance_to = 'target'\nvaluation = 'instantaneous'\n"
                       "max_position = 0.6\nmin_position = -0.1"))
        .append(policy("leland", "rule = 'leland'\nevery = 2"))
        .append(policy("variance", "rule = 'variance_scaled'\nbudget = 0.05"))
        .append(policy("variance to edge",
                       "rule = 'variance_scaled'\nbudget = 0.04\nrebalance_to = 'edge'"))
        .append(policy("hybrid", "rule = 'hybrid'\nevery = 5\nhalf_width = 0.06"))
        .append(policy("hybrid to edge",
                       "rule = 'hybrid'\nevery = 9\nhalf_width = 3\nrebalance_to = 'edge'\n"
                       "half_width_unit = 'dollar'"));
}

/// Those rules beside one that trades at every point, in few steps: a policy that works its band
/// out on the path takes long.
inline ScenarioText textbook_rules() {
    ScenarioText text;
    text.set("simulation.steps", "19").set("costs.fixed", "0.02").set("costs.fee_bps", "3");
    return with_textbook_rules(text.set("costs.half_spread_bps", "4"));
}

/// Rates, dividends, stresses, closed windows and legs of many expiries, most of them off the grid.
inline ScenarioText every_event(ScenarioText text = every_rule()) {
    text.set("market.rate", "0.05").set("market.dividend_yield", "0.02");
    text.set("book.exit_half_spread_vol", "0.01");
    text.append(
        "[[stress]]\nat_days = 7.1\nduration_hours = 9\nspot_move = -0.1\nhalf_life_days = 2\n"
        "realised_volatility_multiplier = 4.0\nimplied_volatility_multiplier = 2.0\n"
        "half_spread_multiplier = 5.0");
    text.append("[[stress]]\nat_days = 20\nspot_log_move = 0.03");
    text.append(
        "[[simulation.closed]]\nfrom_days = 2.2\nto_days = 4\nevery_days = 7\n"
        "variance_weight = 0.1");
    text.append("[[simulation.closed]]\nfrom_days = 6\nto_days = 6.6\nvariance_weight = 0.0");
    int number = 0;
    for (const char* expiry :
         {"3.7", "10.52631578947", "10.6", "10.61", "10.62", "10.63", "30", "55"}) {
        for (const char* kind : {"call", "put"}) {
            ++number;
            text.append("[[book.option]]\nname = 'l" + std::to_string(number) + "'\nkind = '" +
                        kind + "'\nstrike = " + std::to_string(92 + number) + "\nexpiry_days = " +
                        expiry + "\nquantity = " + std::to_string(number % 3 - 1.5) +
                        "\nimplied_volatility = 0." + std::to_string(20 + number % 4));
        }
    }
    return text;
}

/// The same with stress that strikes at random, on falls and on volatility.
inline ScenarioText every_overlay(ScenarioText text = every_event()) {
    text.append(
        "[[stress]]\nrate_per_year = 20\nspot_move = -0.05\nrealised_volatility_multiplier = 2\n"
        "half_spread_multiplier = 4\nhalf_life_hours = 30");
    text.append(
        "[[stress]]\nwhen = { drawdown = 0.08 }\nduration_hours = 50\nspot_log_move = -0.04\n"
        "implied_volatility_multiplier = 1.7\nhalf_life_days = 3\nretracement = 0.4\n"
        "retracement_time_days = 4");
    text.append(
        "[[stress]]\nwhen = { fall = 0.03 }\nramp_hours = 40\nduration_hours = 30\n"
        "half_life_hours = 50\nrealised_volatility_multiplier = 1.8\ndrift_move = -2\n"
        "half_spread_multiplier = 3\nimplied_volatility_multiplier = 0.8");
    text.append(
        "[[stress]]\nwhen = { volatility_above = 0.5, half_life_days = 2 }\nspot_move = 0.03\n"
        "implied_volatility_multiplier = 1.3\nduration_hours = 20");
    return text;
}

inline const std::string looks_ahead =
    policy("expected", "rule = 'interval'\nevery = 1\nvaluation = 'expected'");

/// The same in another market, with one more policy, that looks ahead.
inline ScenarioText every_event_in(const std::string& model, const std::string& tables,
                                   const std::string& more = looks_ahead) {
    ScenarioText text = every_event();
    text.set("market.model", "'" + model + "'").set("simulation.steps", "19");
    if (model == "heston" || model == "bates") text.without("market.volatility");
    return text.append(more).append(tables);
}

inline std::string heston_table(const std::string& scheme) {
    return "[market.heston]\nkappa = 3.0\ntheta = 0.05\nxi = 0.9\nrho = -0.6\n"
           "initial_variance = 0.03\nlongest_step_hours = 25\nscheme = '" +
           scheme + "'\n";
}

/// The rules of the textbook in Heston's market, one of them looking ahead.
inline ScenarioText textbook_rules_in_heston(const std::string& scheme) {
    return every_event(textbook_rules())
        .set("market.model", "'heston'")
        .without("market.volatility")
        .append(policy("whalley wilmott ahead",
                       "rule = 'whalley_wilmott'\nrisk_aversion = 0.7\nvaluation = 'expected'"))
        .append(heston_table(scheme));
}

/// A history, with events off the grid.
inline ScenarioText every_rule_of_history(const std::string& model, const std::string& keys) {
    ScenarioText text = every_rule();
    text.without("market.volatility").set("market.model", "'" + model + "'");
    text.append(series_table(made_up_prices(300), 30 * 86'400.0 / 57));
    text.append("[market." + model + "]\n" + keys);
    text.append("[[stress]]\nat_days = 7.1\nduration_hours = 9\nspot_move = -0.1");
    return text.append(
        "[[book.option]]\nname = 'early'\nkind = 'put'\nstrike = 95\nexpiry_days = 10.61\n"
        "quantity = 1\nimplied_volatility = 0.3");
}

/// Every event in a market of three regimes, one of them with jumps.
inline ScenarioText every_event_by_regime() {
    return every_event()
        .without("market.volatility")
        .set("market.model", "'regime'")
        .append("[market.regime]\ninitial = 'calm'")
        .append("[[market.regime.state]]\nname = 'calm'\nvolatility = 0.2")
        .append(
            "[[market.regime.state]]\nname = 'storm'\nvolatility = 0.9\nintensity = 60\n"
            "jump_mean = -0.03\njump_sd = 0.05\nhalf_spread_multiplier = 4.0")
        .append("[[market.regime.state]]\nname = 'rally'\nvolatility = 0.4\ndrift = 0.5")
        .append("[[market.regime.switch]]\nfrom = 'calm'\nto = 'storm'\nrate_per_year = 20")
        .append("[[market.regime.switch]]\nfrom = 'calm'\nto = 'rally'\nrate_per_year = 9")
        .append("[[market.regime.switch]]\nfrom = 'storm'\nto = 'rally'\nrate_per_year = 60")
        .append("[[market.regime.switch]]\nfrom = 'rally'\nto = 'calm'\nrate_per_year = 30");
}

/// The same with a GARCH variance of two intervals.
inline ScenarioText every_event_by_garch() {
    return every_event()
        .without("market.volatility")
        .set("market.model", "'garch'")
        .append(
            "[market.garch]\nomega = 2e-5\nalpha = 0.05\nbeta = 0.8\ngamma = 0.1\n"
            "period_days = 1.0526315789473684\ninnovations = 'student_t'\n"
            "degrees_of_freedom = 4.5");
}

/// A shipped scenario, with fewer steps where it has thousands.
inline scenario::Scenario shipped(const std::string& name,
                                  const std::vector<std::string>& overrides = {}) {
    return scenario::load(
        std::filesystem::path(HEDGESTORM_SOURCE_DIR) / "scenarios" / (name + ".toml"), overrides);
}

inline const std::vector<ParityScenario>& parity_scenarios() {
    static const std::vector<ParityScenario> all = {
        {"TextbookShortCall", [] { return shipped("textbook-short-call"); }},
        {"GapOverTheWeekend",
         [] { return shipped("gap-over-the-weekend", {"simulation.steps_per_day=12"}); }},
        {"OptionsBook", [] { return shipped("options-book", {"simulation.steps_per_day=6"}); }},
        {"BlackThursday",
         [] {
             return shipped("black-thursday-2020", {"simulation.segment[0].steps_per_day=24",
                                                    "simulation.segment[1].steps_per_day=48",
                                                    "simulation.segment[2].steps_per_day=12"});
         }},
        {"EveryRule", [] { return every_rule().load(); }},
        {"EveryRulePnlAlone", [] { return every_rule().set("risk.outcomes", "'pnl'").load(); }},
        {"EveryEvent", [] { return every_event().load(); }},
        {"EveryEventStandardColumns",
         [] { return every_event().set("risk.outcomes", "'standard'").load(); }},
        {"EveryEventPnlAlone", [] { return every_event().set("risk.outcomes", "'pnl'").load(); }},
        {"EveryEventQuantilesOfColumns",
         [] { return every_event().set("risk.quantiles", "'columns'").load(); }},
        {"EveryEventExplained", [] { return every_event().set("risk.explain", "true").load(); }},
        {"EveryEventInDoubles",
         [] { return every_event().set("simulation.precision", "'double'").load(); }},
        {"TextbookRules", [] { return every_event(textbook_rules()).load(); }},
        {"TextbookRulesPnlAlone",
         [] { return textbook_rules().set("risk.outcomes", "'pnl'").load(); }},
        {"TextbookRulesInDoubles",
         [] {
             return every_event(textbook_rules()).set("simulation.precision", "'double'").load();
         }},
        {"TextbookRulesInHeston",
         [] { return textbook_rules_in_heston("quadratic_exponential").load(); }},
        {"TextbookRulesInHestonInDoubles",
         [] {
             return textbook_rules_in_heston("full_truncation")
                 .set("simulation.precision", "'double'")
                 .load();
         }},
        {"TextbookRulesOfAProxy",
         [] {
             return every_event(textbook_rules())
                 .append(proxy(250.0, 0.35, 0.8, "borrow_rate = 0.05"))
                 .append("dividend_yield = 0.01")
                 .load();
         }},
        {"EveryOverlay", [] { return every_overlay().load(); }},
        {"EveryOverlayInDoubles",
         [] { return every_overlay().set("simulation.precision", "'double'").load(); }},
        {"HestonQuadraticExponential",
         [] { return every_event_in("heston", heston_table("quadratic_exponential")).load(); }},
        {"HestonFullTruncation",
         [] { return every_event_in("heston", heston_table("full_truncation")).load(); }},
        {"Merton", [] { return every_event_in("merton", merton_table(40.0, -0.03, 0.05)).load(); }},
        {"Kou", [] { return every_event_in("kou", kou_table(60.0, 0.4, 30.0, 20.0)).load(); }},
        {"BatesWithMomentum",
         [] {
             return every_event_in("bates", heston_table("quadratic_exponential") +
                                                merton_table(40.0, -0.03, 0.05) + "\n" +
                                                momentum_table(9.0, 3.0, 0.4))
                 .load();
         }},
        {"BatesInDoubles",
         [] {
             return every_event_in("bates", heston_table("quadratic_exponential") +
                                                merton_table(40.0, -0.03, 0.05))
                 .set("simulation.precision", "'double'")
                 .load();
         }},
        {"EveryEventByRegime", [] { return every_event_by_regime().load(); }},
        {"EveryEventByRegimeInDoubles",
         [] { return every_event_by_regime().set("simulation.precision", "'double'").load(); }},
        {"EveryEventByGarch", [] { return every_event_by_garch().load(); }},
        {"EveryEventByGarchInDoubles",
         [] { return every_event_by_garch().set("simulation.precision", "'double'").load(); }},
        {"Perpetual",
         [] {
             return every_event()
                 .append(perpetual(300.0, 0.001, 0.2, 0.4, "[hedge.funding]\nevery_hours = 8"))
                 .load();
         }},
        {"PerpetualWithAFundingProcess",
         [] {
             return every_event_in("bates", heston_table("quadratic_exponential") +
                                                merton_table(40.0, -0.03, 0.05))
                 .append(perpetual(300.0, 0.001, 0.2, -0.4,
                                   "[hedge.funding]\nmodel = 'mean_reverting'\nmean = 1e-4\n"
                                   "kappa = 90\nvolatility = 0.004"))
                 .load();
         }},
        {"PerpetualInDoubles",
         [] {
             return every_overlay()
                 .append(perpetual(300.0, 0.001, 0.2, 0.4, "[hedge.funding]\nevery_hours = 8"))
                 .set("simulation.precision", "'double'")
                 .load();
         }},
        {"PerpetualUnderStress",
         [] {
             return every_overlay()
                 .append(perpetual(300.0, 0.001, 0.2, 0.4, "[hedge.funding]\nevery_hours = 8"))
                 .append(
                     "[[stress]]\nat_days = 4.3\nduration_days = 2\nbasis_move = -0.03\n"
                     "funding_rate = 0.7\nramp_hours = 9")
                 .append(
                     "[[stress]]\nwhen = { fall = 0.05 }\nduration_days = 3\n"
                     "basis_move = -0.02\nfunding_rate = -0.4\nhalf_life_hours = 40")
                 .load();
         }},
        {"BorrowedSpotUnderStress",
         [] {
             return every_rule()
                 .append("[[stress]]\nrate_per_year = 40\nduration_days = 2\nborrow_rate = 0.3")
                 .load();
         }},
        {"PerpetualPnlAlone",
         [] {
             return every_rule()
                 .append(perpetual(300.0, 0.001, 0.2, 0.4, "[hedge.funding]\nevery_hours = 8"))
                 .set("risk.outcomes", "'pnl'")
                 .load();
         }},
        {"Proxy",
         [] {
             return every_event()
                 .append(proxy(250.0, 0.35, 0.8, "borrow_rate = 0.05"))
                 .append("dividend_yield = 0.01\nstress_beta = 1.2")
                 .load();
         }},
        {"BorrowedSpot", [] { return every_rule().append(borrowed(0.2)).load(); }},
        {"EveryOverlayByRegime", [] { return every_overlay(every_event_by_regime()).load(); }},
        {"EveryOverlayByGarch", [] { return every_overlay(every_event_by_garch()).load(); }},
        {"EveryOverlayInHestonQuadraticExponential",
         [] {
             return every_overlay(
                        every_event_in("heston", heston_table("quadratic_exponential"), {}))
                 .load();
         }},
        {"EveryOverlayInHestonFullTruncation",
         [] {
             return every_overlay(every_event_in("heston", heston_table("full_truncation"), {}))
                 .load();
         }},
        {"EveryOverlayInBatesInDoubles",
         [] {
             return every_overlay(every_event_in("bates",
                                                 heston_table("quadratic_exponential") +
                                                     merton_table(40.0, -0.03, 0.05),
                                                 {}))
                 .set("simulation.precision", "'double'")
                 .load();
         }},
        {"DividendsAlone",
         [] {
             return every_rule()
                 .set("market.dividend_yield", "0.04")
                 .set("market.drift", "0.1")
                 .load();
         }},
        {"Bootstrap",
         [] {
             return every_rule_of_history("bootstrap", "mean_block_days = 3")
                 .append(
                     "[[stress]]\nat_days = 12.1\nduration_days = 2\nhalf_life_days = 2\n"
                     "realised_volatility_multiplier = 2.0")
                 .load();
         }},
        {"Replay",
         [] { return every_rule_of_history("replay", "start_row = 3\njitter_days = 9").load(); }},
        {"Hawkes",
         [] {
             return every_event()
                 .set("market.model", "'hawkes'")
                 .append(
                     "[market.hawkes]\nbaseline = 60\nbranching_ratio = 0.7\ndecay = 200\n"
                     "jump_mean = -0.03\njump_sd = 0.02")
                 .load();
         }},
        {"HistoryInDoubles",
         [] {
             return every_rule_of_history("bootstrap", "mean_block_days = 3")
                 .set("simulation.precision", "'double'")
                 .load();
         }},
        {"FixedCostsAlone",
         [] {
             return every_rule()
                 .set("costs.fee_bps", "0")
                 .set("costs.half_spread_bps", "0")
                 .set("risk.outcomes", "'pnl'")
                 .load();
         }},
    };
    return all;
}

}  // namespace hedgestorm::test
