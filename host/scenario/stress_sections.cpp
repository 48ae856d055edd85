// SPDX-License-Identifier: Apache-2.0

// The keys of [[stress]] and of what starts one.

#include "host/scenario/sections.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr Range a_volatility = above_to(0.0, 20.0);
constexpr Range a_multiplier = above_to(0.0, 1000.0);
constexpr Range a_rate = between(-100.0, 100.0);
constexpr std::size_t most_knots = 64;

}  // namespace

void describe(Keys& k, StressSpec& s) {
    k.text("name", s.name, longest_name, about("Name shown in reports."));
    k.time("at", s.at, at_least(0.0),
           about("When it starts; 0 is just after the initial trade. Or rate_per_year, or when."));
    k.number(
        "rate_per_year", s.rate_per_year, above_to(0.0, 1e5),
        about("It starts at random, this often; a new start renews one under way.").in("per year"));
    k.table("when", s.when, about("What starts it, once on a path."));
    k.time("duration", s.duration, at_least(0.0), about("How long it lasts; 0: a gap."));
    k.number(
        "spot_move", s.spot_move,
        {.low = -1.0,
         .high = 1e4,
         .low_open = true,
         .why_not_below = "a lognormal price never reaches zero; for one that went below it, as "
                          "oil did on 20 April 2020, give market.displacement: a move is then "
                          "a fraction of spot + displacement"},
        about("Move of the spot over the duration, on top of the model's own.")
            .in("fraction of spot + displacement"));
    k.number("spot_log_move", s.spot_log_move, between(-10.0, 10.0),
             about("The same as a log move; one of the two.").in("log"));
    k.number("retracement", s.retracement, between(0.0, 2.0),
             about("Part of the log move that is given back after the duration.").in("fraction"));
    k.time("retracement_time", s.retracement_time, above(0.0),
           about("How long giving it back takes.")
               .needed(s.retracement.typed && *s.retracement > 0.0));
    k.number("realised_volatility_multiplier", s.realised_volatility_multiplier, a_multiplier,
             about("Scales the market's diffusive volatility."));
    k.number("implied_volatility_multiplier", s.implied_volatility_multiplier, a_multiplier,
             about("Scales every leg's implied volatility: marks and the implied valuation."));
    k.number("half_spread_multiplier", s.half_spread_multiplier, a_multiplier,
             about("Scales the half-spread of hedge trades."));
    k.number(
        "drift_move", s.drift_move, between(-1e4, 1e4),
        about("Added to the drift while it is in force; nothing compensates it.").in("per year"));
    k.number("depth_multiplier", s.depth_multiplier, a_multiplier,
             about("Scales the depth of the market; below 1 is thinner."));
    k.number("latency_multiplier", s.latency_multiplier, a_multiplier,
             about("Scales how long an order takes."));
    k.number("basis_move", s.basis_move, {.low = -1.0, .high = 10.0, .low_open = true},
             about("Added to the basis of the hedge while it is in force.").in("fraction of spot"));
    k.number("funding_rate", s.funding_rate, a_rate,
             about("Added to the funding rate while it is in force.").in("per year"));
    k.number(
        "borrow_rate", s.borrow_rate, a_rate,
        about("Added to the rate for borrowing the hedge while it is in force.").in("per year"));
    k.flag("outage", s.outage,
           about("The hedge's venue is closed from the start on, for the duration."));
    k.knots("collateral_peg", s.collateral_peg, at_least(0.0), between(0.0, 10.0), most_knots,
            about("Price of collateral that is worth 1, as pairs of hours after the start and "
                  "price, straight in between; the last one stays, or fades with half_life."));
    k.number("auto_deleverage", s.auto_deleverage, above_to(0.0, 1.0),
             about("Share of the hedge that its venue closes at the start.").in("fraction"));
    k.table("venue_failure", s.venue_failure, about("The hedge's venue fails at the start."));
    k.time("ramp", s.ramp, above(0.0),
           about("How long multipliers and levels take from the start to full; the duration "
                 "follows. Moves know no ramp."));
    k.time("half_life", s.half_life, above(0.0),
           about("How fast multipliers and levels fade after the duration; absent: they end with "
                 "it."));
}

void describe(Keys& k, VenueFailureSpec& s) {
    k.number("recovery", s.recovery, between(0.0, 1.0),
             about("Share of what is held there that it pays back.").in("fraction").needed());
}

void describe(Keys& k, WhenSpec& s) {
    k.number("drawdown", s.drawdown, {.low = 0.0, .high = 1.0, .low_open = true, .high_open = true},
             about("The price is this far below its highest so far.").in("fraction"));
    k.number("fall", s.fall, {.low = 0.0, .high = 1.0, .low_open = true, .high_open = true},
             about("The price is this far below where it started.").in("fraction"));
    k.number("volatility_above", s.volatility_above, a_volatility,
             about("The moving average of squared returns is above this volatility.")
                 .in("per square-root year"));
    k.time("half_life", s.half_life, above(0.0),
           about("Half-life of that moving average.").needed(s.volatility_above.typed));
}

}  // namespace hedgestorm::scenario
