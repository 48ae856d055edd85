// SPDX-License-Identifier: Apache-2.0
#pragma once

// A scenario that is known to be valid: what the user asked for, in the simulator's own units.
//
// Takes nothing, gives the truth every later stage reads. `load` (load.hpp) is the only maker; it
// has checked every rule that can be checked without building the grid. Units inside: years, base
// currency, fractions (not bps), volatilities and rates per year. Every default is already filled
// in.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "host/scenario/models.hpp"
#include "host/scenario/places.hpp"

namespace hedgestorm::scenario {

enum class Precision { single_precision, double_precision };

/// A stretch of the rebalance grid with equal spacing; segments follow one another from time 0.
struct Segment {
    double until = 0.0;       ///< end [years]; the last one ends at the horizon
    std::uint32_t steps = 0;  ///< rebalance intervals in it
    bool operator==(const Segment&) const = default;
};

/// A time nobody trades; the market moves by `variance_weight` of its usual variance.
struct ClosedWindow {
    double from = 0.0;   ///< first closing [years]
    double to = 0.0;     ///< reopening [years], > from
    double every = 0.0;  ///< repetition period [years]; 0: once
    double variance_weight = 0.0;
    bool operator==(const ClosedWindow&) const = default;
};

struct Simulation {
    std::uint64_t paths = 0;
    std::uint64_t first_path = 0;
    std::uint64_t seed = 0;
    double horizon = 0.0;           ///< [years]
    std::vector<Segment> segments;  ///< at least one
    std::vector<ClosedWindow> closed;
    Precision precision = Precision::single_precision;
    double days_per_year = 365.0;
    bool operator==(const Simulation&) const = default;
};

/// What collateral is worth some time after a stress has started; straight lines lie between.
struct PegKnot {
    double after = 0.0;  ///< [years]
    double price = 1.0;
    bool operator==(const PegKnot&) const = default;
};

/// Something that happens to the market at a time. Values as written; `Scenario::severity` scales
/// them.
enum class StressStart { at_time, at_random, drawdown, fall, volatility };

struct Stress {
    std::string name;
    StressStart start = StressStart::at_time;
    double at = 0.0;         ///< [years], for at_time
    double rate = 0.0;       ///< per year, for at_random
    double threshold = 0.0;  ///< drawdown or fall: fraction of the price; volatility: per sqrt year
    double watch_half_life = 0.0;   ///< [years] of the average that volatility is watched with
    double duration = 0.0;          ///< [years]; 0: a gap
    double spot_log_move = 0.0;     ///< ln of the move over `duration` (spot_move is converted)
    double retracement = 0.0;       ///< fraction of the log move that is given back ...
    double retracement_time = 0.0;  ///< ... evenly over this time after the duration [years]
    double realised_volatility_multiplier = 1.0;
    double implied_volatility_multiplier = 1.0;
    double half_spread_multiplier = 1.0;
    double drift_move = 0.0;  ///< added to the drift, per year
    double depth_multiplier = 1.0;
    double latency_multiplier = 1.0;
    double basis_move = 0.0;               ///< added to the hedge's basis, fraction of spot
    double funding_rate = 0.0;             ///< added to the funding rate, per year
    double borrow_rate = 0.0;              ///< added to the borrow rate, per year
    bool outage = false;                   ///< the hedge's venue is closed over `duration`
    std::vector<PegKnot> collateral_peg;   ///< ascending; empty: its price stays
    double auto_deleverage = 0.0;          ///< share of the hedge taken at the start
    std::optional<double> venue_recovery;  ///< share paid back by the venue, which fails at the
                                           ///< start; absent: it does not
    double ramp = 0.0;  ///< [years] in which multipliers and levels rise from the start on;
                        ///< then they hold for the duration
    std::optional<double> half_life;  ///< [years] of multipliers and levels after at + ramp +
                                      ///< duration; absent: they end there

    /// Whether it changes what holding the hedge costs, or where it trades.
    bool shifts_hedge() const {
        return basis_move != 0.0 || funding_rate != 0.0 || borrow_rate != 0.0;
    }

    /// Whether it changes conditions of the market other than prices, volatilities and spreads.
    bool has_conditions() const {
        return depth_multiplier != 1.0 || latency_multiplier != 1.0 || shifts_hedge() || outage ||
               !collateral_peg.empty() || auto_deleverage > 0.0 || venue_recovery.has_value();
    }

    /// Whether it has a multiplier or a level, which rise, hold and fade.
    bool has_strength() const {
        return realised_volatility_multiplier != 1.0 || implied_volatility_multiplier != 1.0 ||
               half_spread_multiplier != 1.0 || drift_move != 0.0 || depth_multiplier != 1.0 ||
               latency_multiplier != 1.0 || shifts_hedge();
    }
    bool operator==(const Stress&) const = default;
};

enum class OptionKind { call, put };

struct OptionLeg {
    std::string name;
    OptionKind kind = OptionKind::call;
    double strike = 0.0;
    double expiry = 0.0;      ///< [years], > 0
    double quantity = 0.0;    ///< signed, desk's side
    double multiplier = 1.0;  ///< units of the underlying per contract
    double implied_volatility = 0.0;
    bool operator==(const OptionLeg&) const = default;
};

enum class Premium { mark, model, none, amount };

struct Book {
    Premium premium = Premium::mark;
    double premium_amount = 0.0;  ///< cash received at t_0, for Premium::amount
    double exit_half_spread_vol =
        0.0;  ///< [vol, fraction] charged on |vega| of legs still alive at the horizon
    std::vector<OptionLeg> options;
    bool operator==(const Book&) const = default;
};

struct Costs {
    double half_spread = 0.0;  ///< fraction of the traded notional
    double fee = 0.0;          ///< fraction of the traded notional
    double fixed = 0.0;        ///< per trade, base currency
    bool operator==(const Costs&) const = default;
};

enum class Instrument { spot, perpetual, proxy };

/// F = S (1 + b), db = kappa (mean - b) dt + volatility dW, W correlated with what moves S.
struct Basis {
    double kappa = 0.0;       ///< per year; 0: it does not come back
    double mean = 0.0;        ///< fraction of the spot
    double volatility = 0.0;  ///< per square-root year
    double initial = 0.0;     ///< fraction of the spot
    double correlation = 0.0;
    bool operator==(const Basis&) const = default;
};

/// dF / F = drift dt + volatility dW, W correlated with what moves S.
struct Proxy {
    double price = 0.0;
    double volatility = 0.0;  ///< per square-root year
    double correlation = 0.0;
    std::optional<double> drift;  ///< per year, excluding dividends; absent: risk neutral
    double dividend_yield = 0.0;  ///< per year
    /// Its log move for one of the spot under a scripted stress; absent: correlation x volatility /
    /// the market's.
    std::optional<double> stress_beta;
    bool operator==(const Proxy&) const = default;
};

enum class FundingModel { premium, mean_reverting, known };

/// What the long side of a perpetual pays the short side [fraction of notional per interval].
struct Funding {
    FundingModel model = FundingModel::premium;
    double every = 0.0;  ///< [years]
    double cap = 0.0;
    double interest = 0.0;      ///< premium
    double clamp = 0.0;         ///< premium
    double mean = 0.0;          ///< mean_reverting
    double kappa = 0.0;         ///< mean_reverting, per year
    double volatility = 0.0;    ///< mean_reverting, per square-root year
    double initial = 0.0;       ///< mean_reverting
    std::vector<double> rates;  ///< known: one for each funding time until the horizon, or more
    bool operator==(const Funding&) const = default;
};

struct Hedge {
    std::string name;
    Instrument instrument = Instrument::spot;
    double share = 1.0;
    double borrow_rate = 0.0;        ///< fee on a short spot or proxy, per year
    std::optional<Basis> basis;      ///< perpetual; absent: it trades at the spot
    std::optional<Funding> funding;  ///< perpetual
    std::optional<Proxy> proxy;      ///< proxy
    Costs costs;                     ///< its own, or the scenario's [costs]
    bool operator==(const Hedge&) const = default;
};

enum class Rule {
    none,
    static_,
    interval,
    band,
    price_move,
    whalley_wilmott,
    zakamouline,
    leland,
    variance_scaled,
    hybrid,
};
enum class HalfWidthUnit { underlying, relative, dollar };
enum class RebalanceTo { target, edge };
enum class ValuationKind { implied, instantaneous, expected, realised, number };

struct Valuation {
    ValuationKind kind = ValuationKind::implied;
    double volatility = 0.0;  ///< for ValuationKind::number
    double half_life = 0.0;   ///< [years] of the EWMA, for ValuationKind::realised
    double floor = 0.0;       ///< lowest volatility the EWMA may give
    bool operator==(const Valuation&) const = default;
};

enum class InitialMode { trade, in_place, units };
enum class FinalMode { unwind, mark };

struct Policy {
    std::string name;
    std::string hedge;  ///< name of the [[hedge]] it trades
    Rule rule = Rule::none;
    std::uint32_t every = 1;  ///< interval, leland: rebalance points between trades; hybrid: the
                              ///< most of them
    double half_width = 0.0;  ///< band, hybrid, in `half_width_unit`
    HalfWidthUnit half_width_unit = HalfWidthUnit::underlying;
    RebalanceTo rebalance_to = RebalanceTo::target;
    double price_move = 0.0;     ///< price_move: b of |ln(S/S_last)| >= b
    double budget = 0.0;         ///< variance_scaled: standard deviation [currency per root year]
    double risk_aversion = 0.0;  ///< whalley_wilmott, zakamouline [per currency]
    std::optional<double> assumed_cost;   ///< one way, fraction of notional, that whalley_wilmott,
                                          ///< zakamouline and leland reckon with; absent: of t_0
    double coefficient = 0.0;             ///< whalley_wilmott: 3/2
    double band_coefficient = 0.0;        ///< zakamouline: of H1
    double volatility_coefficient = 0.0;  ///< zakamouline: of K
    double hedge_ratio = 1.0;
    Valuation valuation;
    double min_position = -std::numeric_limits<double>::infinity();  ///< units
    double max_position = std::numeric_limits<double>::infinity();   ///< units
    InitialMode initial = InitialMode::trade;
    double initial_units = 0.0;  ///< for InitialMode::units
    FinalMode final = FinalMode::unwind;
    bool operator==(const Policy&) const = default;
};

/// A confidence level as the exact decimal the user wrote: alpha = numerator / denominator.
struct Level {
    std::string text;  ///< canonical, e.g. "0.975"
    std::uint64_t numerator = 0;
    std::uint64_t denominator = 1;
    double value() const {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }
    bool operator==(const Level&) const = default;
};

/// Which outcomes are computed; fewer are faster.
enum class Outcomes {
    pnl,       ///< the P&L alone
    standard,  ///< everything that needs no book value between the dates: all but drawdown
    all,
};

/// Which outcomes have quantiles, value at risk and expected shortfall, and not moments alone.
enum class Quantiles {
    all,
    columns,  ///< those with fine bins
};

struct RiskSettings {
    std::vector<Level> levels;        ///< ascending, each in [0.5, 1)
    std::vector<double> loss_limits;  ///< base currency
    std::uint32_t worst_paths = 1000;
    std::vector<std::string> columns;  ///< fine bins; empty: the default set
    Quantiles quantiles = Quantiles::all;
    Outcomes outcomes = Outcomes::all;
    bool explain = false;  ///< Taylor explain of the book
    bool operator==(const RiskSettings&) const = default;
};

struct Scenario {
    std::string name;
    std::string description;
    double severity = 1.0;
    Simulation simulation;
    Market market;
    std::vector<Stress> stresses;
    Book book;
    std::vector<Hedge> hedges;     ///< at least one
    std::vector<Policy> policies;  ///< at least one
    RiskSettings risk;

    std::string source_path;    ///< as given on the command line
    std::string source_text;    ///< the file as read
    std::string resolved_text;  ///< TOML with `extends`, `--set` and defaults applied; loads to the
                                ///< same scenario
    Places places;              ///< of the keys, in the files and overrides that were read
    std::string sha256;  ///< of resolved_text without simulation.paths and first_path, hexadecimal
    bool operator==(const Scenario&) const = default;
};

}  // namespace hedgestorm::scenario
