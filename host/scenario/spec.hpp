// SPDX-License-Identifier: Apache-2.0
#pragma once

// A scenario as typed: every key with the unit the user chose, its default where there is one, and
// the place it stands at.
//
// The key table (sections.hpp) says what each key means and which values it takes; reading,
// unknown-key detection, the JSON Schema and the resolved text all follow that one table.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/scenario/document.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::scenario {

/// One key: its value (typed, or the default; absent where it has neither) and where it stands.
template <class T>
struct Field {
    std::optional<T> value;
    bool typed = false;
    Place place;

    Field() = default;
    Field(T initial) : value(std::move(initial)) {}  // NOLINT: a default reads as "= 0.2"
    bool has() const { return value.has_value(); }
    const T& operator*() const { return *value; }
};

enum class TimeUnit { years, days, hours, minutes, seconds };

struct Time {
    double value = 0.0;
    TimeUnit unit = TimeUnit::years;
};

/// A number, or one of a few words instead.
struct NumberOrWord {
    std::string word;  ///< empty: the number holds
    double number = 0.0;
};

/// What every table of the file has.
struct Section {
    Place place;
    std::string path;     ///< e.g. policy[0]
    bool present = true;  ///< false: an optional table that was not typed
};

struct SegmentSpec : Section {
    Field<Time> until;
    Field<std::uint64_t> steps;
    Field<double> steps_per_day;
};

struct ClosedSpec : Section {
    Field<Time> from;
    Field<Time> to;
    Field<Time> every;
    Field<double> variance_weight = 0.0;
};

struct SimulationSpec : Section {
    Field<std::uint64_t> paths;
    Field<std::uint64_t> first_path = 0;
    Field<Time> horizon;
    Field<std::uint64_t> steps;
    Field<double> steps_per_day;
    std::vector<SegmentSpec> segments;
    std::vector<ClosedSpec> closed;
    Field<std::uint64_t> seed = 1;
    Field<Precision> precision = Precision::single_precision;
    Field<double> days_per_year = 365.0;
};

struct HestonSpec : Section {
    Field<double> kappa;
    Field<double> theta;
    Field<double> xi;
    Field<double> rho;
    Field<double> initial_variance;
    Field<HestonScheme> scheme = HestonScheme::quadratic_exponential;
    Field<Time> longest_step = Time{0.03125, TimeUnit::years};
};

struct MertonSpec : Section {
    Field<double> intensity;
    Field<double> jump_mean;
    Field<double> jump_sd;
};

struct KouSpec : Section {
    Field<double> intensity;
    Field<double> up_probability;
    Field<double> eta1;
    Field<double> eta2;
};

struct MomentumSpec : Section {
    Field<double> kappa;
    Field<double> volatility;
    Field<double> initial = 0.0;
};

struct RegimeStateSpec : Section {
    Field<std::string> name;
    Field<double> volatility;
    Field<double> drift = 0.0;
    Field<double> half_spread_multiplier = 1.0;
    Field<double> intensity = 0.0;
    Field<double> jump_mean = 0.0;
    Field<double> jump_sd = 0.0;
};

struct RegimeSwitchSpec : Section {
    Field<std::string> from;
    Field<std::string> to;
    Field<double> rate_per_year;
};

struct RegimeSpec : Section {
    Field<std::string> initial;
    std::vector<RegimeStateSpec> states;
    std::vector<RegimeSwitchSpec> switches;
};

struct GarchSpec : Section {
    Field<double> omega;
    Field<double> alpha;
    Field<double> beta;
    Field<double> gamma = 0.0;
    Field<Time> period;
    Field<double> initial_variance;  ///< absent: the stationary one
    Field<Innovations> innovations = Innovations::normal;
    Field<double> degrees_of_freedom;
};

struct HawkesSpec : Section {
    Field<double> baseline;
    Field<double> branching_ratio;
    Field<double> decay;
    Field<double> jump_mean;
    Field<double> jump_sd;
    Field<double> initial_intensity;
    HawkesSpec() { present = false; }
};

enum class Gaps { error, drop };

struct StretchSpec : Section {
    Field<std::string> start;
    Field<std::vector<double>> prices;
};

struct SeriesSpec : Section {
    /// These four have become spacing and stretches by the time keys are read.
    Field<std::string> file;
    Field<std::string> time_column;
    Field<std::string> price_column;
    Field<Gaps> gaps;
    Field<Time> spacing;
    std::vector<StretchSpec> stretches;
    SeriesSpec() { present = false; }
};

struct BootstrapSpec : Section {
    Field<Time> mean_block;
    BootstrapSpec() { present = false; }
};

struct ReplaySpec : Section {
    Field<std::string> start;
    Field<std::uint64_t> start_row;
    Field<Time> jitter = Time{0.0, TimeUnit::hours};
    ReplaySpec() { present = false; }
};

struct MarketSpec : Section {
    Field<Model> model = Model::gbm;
    Field<double> spot;
    Field<double> displacement;
    Field<NumberOrWord> drift = NumberOrWord{"risk_neutral"};
    Field<double> rate = 0.0;
    Field<double> dividend_yield = 0.0;
    Field<double> volatility;
    HestonSpec heston;
    MertonSpec merton;
    KouSpec kou;
    HawkesSpec hawkes;
    SeriesSpec series;
    BootstrapSpec bootstrap;
    ReplaySpec replay;
    MomentumSpec momentum;
    RegimeSpec regime;
    GarchSpec garch;
    MarketSpec() {
        heston.present = merton.present = kou.present = momentum.present = false;
        regime.present = garch.present = false;
    }
};

struct WhenSpec : Section {
    Field<double> drawdown;
    Field<double> fall;
    Field<double> volatility_above;
    Field<Time> half_life;
};

/// A value at a time, of a line that is straight between such knots.
struct Knot {
    double at = 0.0;  ///< in the unit of the key
    double value = 0.0;
};

struct VenueFailureSpec : Section {
    Field<double> recovery;
    VenueFailureSpec() { present = false; }
};

struct StressSpec : Section {
    Field<std::string> name;
    Field<Time> at;
    Field<double> rate_per_year;
    WhenSpec when;
    StressSpec() { when.present = false; }
    Field<Time> duration = Time{0.0, TimeUnit::days};
    Field<double> spot_move;
    Field<double> spot_log_move;
    Field<double> retracement = 0.0;
    Field<Time> retracement_time;
    Field<double> realised_volatility_multiplier = 1.0;
    Field<double> implied_volatility_multiplier = 1.0;
    Field<double> half_spread_multiplier = 1.0;
    Field<double> drift_move;
    Field<double> depth_multiplier;
    Field<double> latency_multiplier;
    Field<double> basis_move;
    Field<double> funding_rate;
    Field<double> borrow_rate;
    Field<bool> outage;
    Field<std::vector<Knot>> collateral_peg;
    Field<double> auto_deleverage;
    VenueFailureSpec venue_failure;
    Field<Time> ramp;
    Field<Time> half_life;
};

struct OptionSpec : Section {
    Field<std::string> name;
    Field<OptionKind> kind;
    Field<double> strike;
    Field<Time> expiry;
    Field<double> quantity;
    Field<double> multiplier = 1.0;
    Field<double> implied_volatility;
};

struct BookSpec : Section {
    Field<NumberOrWord> premium = NumberOrWord{"mark"};
    Field<double> exit_half_spread_vol = 0.0;
    Field<std::string> file;  ///< its rows have become options by the time keys are read
    std::vector<OptionSpec> options;
};

struct CostsSpec : Section {
    Field<double> half_spread_bps = 0.0;
    Field<double> fee_bps = 0.0;
    Field<double> fixed = 0.0;
};

struct BasisSpec : Section {
    Field<double> kappa = 0.0;
    Field<double> mean = 0.0;
    Field<double> volatility = 0.0;
    Field<double> initial;  ///< absent: the mean
    Field<double> correlation = 0.0;
};

struct FundingSpec : Section {
    Field<FundingModel> model = FundingModel::premium;
    Field<Time> every = Time{8.0, TimeUnit::hours};
    Field<double> cap = 0.003;
    Field<double> interest = 0.0001;
    Field<double> clamp = 0.0005;
    Field<double> mean;
    Field<double> kappa;
    Field<double> volatility;
    Field<double> initial;  ///< absent: the mean
    /// These four have become rates by the time keys are read.
    Field<std::string> file;
    Field<std::string> time_column;
    Field<std::string> rate_column;
    Field<std::string> start;
    Field<std::vector<double>> rates;
};

struct ProxySpec : Section {
    Field<double> price;
    Field<double> volatility;
    Field<double> correlation;
    Field<NumberOrWord> drift = NumberOrWord{"risk_neutral"};
    Field<double> dividend_yield = 0.0;
    Field<double> stress_beta;  ///< absent: of the two prices' regression
};

struct HedgeSpec : Section {
    Field<std::string> name = std::string("spot");
    Field<Instrument> instrument = Instrument::spot;
    Field<double> share = 1.0;
    Field<double> borrow_rate;  ///< absent: none
    BasisSpec basis;
    FundingSpec funding;
    ProxySpec proxy;
    CostsSpec costs;  ///< absent: the scenario's
    HedgeSpec() { basis.present = funding.present = proxy.present = costs.present = false; }
};

struct PolicySpec : Section {
    Field<std::string> name;
    Field<std::string> hedge;
    Field<std::string> book = std::string("default");
    Field<Rule> rule;
    Field<std::uint64_t> every;
    Field<double> half_width;
    Field<HalfWidthUnit> half_width_unit = HalfWidthUnit::underlying;
    Field<RebalanceTo> rebalance_to = RebalanceTo::target;
    Field<double> price_move;
    Field<double> budget;
    Field<double> risk_aversion;
    Field<double> assumed_cost_bps;  ///< absent: half-spread and fee of the hedge
    Field<double> coefficient = 1.5;
    Field<double> band_coefficient = 1.12;
    Field<double> volatility_coefficient = 4.76;
    Field<double> hedge_ratio = 1.0;
    Field<NumberOrWord> valuation = NumberOrWord{"implied"};
    Field<Time> half_life;
    Field<double> volatility_floor = 0.01;
    Field<double> position_limit;
    Field<double> min_position;
    Field<double> max_position;
    Field<NumberOrWord> initial = NumberOrWord{"trade"};
    Field<FinalMode> final = FinalMode::unwind;
};

struct RiskSpec : Section {
    Field<std::vector<double>> levels = std::vector<double>{0.95, 0.975, 0.99, 0.999};
    Field<std::vector<double>> loss_limits = std::vector<double>{};
    Field<std::uint64_t> worst_paths = 1000;
    Field<std::vector<std::string>> columns = std::vector<std::string>{};
    Field<Quantiles> quantiles = Quantiles::all;
    Field<Outcomes> outcomes = Outcomes::all;
    Field<bool> explain = false;
};

struct ScenarioSpec : Section {
    Field<std::uint64_t> schema = 1;
    Field<std::string> name;
    Field<std::string> description = std::string();
    Field<std::string> extends;  ///< followed by the time keys are read
    Field<double> severity = 1.0;
    SimulationSpec simulation;
    MarketSpec market;
    std::vector<StressSpec> stresses;
    BookSpec book;
    std::vector<HedgeSpec> hedges;
    std::vector<PolicySpec> policies;
    CostsSpec costs;
    RiskSpec risk;
};

}  // namespace hedgestorm::scenario
