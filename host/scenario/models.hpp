// SPDX-License-Identifier: Apache-2.0
#pragma once

// The market of a valid scenario: a model and its parameters, named as in the literature. Units as
// in scenario.hpp; docs/model.md has the formulas.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hedgestorm::scenario {

enum class Model { gbm, merton, kou, heston, bates, regime, garch, hawkes, bootstrap, replay };
/// As a scenario file writes it.
std::string_view name_of(Model model);

enum class HestonScheme { quadratic_exponential, full_truncation };

/// dv = kappa (theta - v) dt + xi sqrt(v) dW, correlated by rho with the spot.
struct Heston {
    double kappa = 0.0;             ///< per year
    double theta = 0.0;             ///< long-run variance, per year
    double xi = 0.0;                ///< volatility of variance
    double rho = 0.0;               ///< correlation
    double initial_variance = 0.0;  ///< per year
    HestonScheme scheme = HestonScheme::quadratic_exponential;
    double longest_step = 0.0;  ///< [years]; longer rebalance intervals are divided
    bool operator==(const Heston&) const = default;
};

/// Lognormal jumps: ln(S after / S before) ~ N(mean, sd^2).
struct Merton {
    double intensity = 0.0;  ///< per year
    double jump_mean = 0.0;  ///< [log]
    double jump_sd = 0.0;    ///< [log]
    bool operator==(const Merton&) const = default;
};

/// Double exponential jumps: up with probability p and mean 1/eta1, else down with mean 1/eta2.
struct Kou {
    double intensity = 0.0;  ///< per year
    double up_probability = 0.0;
    double eta1 = 0.0;  ///< [1/log]
    double eta2 = 0.0;  ///< [1/log]
    bool operator==(const Kou&) const = default;
};

/// Jumps that excite further ones: intensity = baseline + sum over past jumps of branching_ratio
/// decay e^{-decay (t - t_i)}; ln(S after / S before) ~ N(mean, sd^2).
struct Hawkes {
    double baseline = 0.0;           ///< per year
    double branching_ratio = 0.0;    ///< jumps that one jump makes on average, < 1
    double decay = 0.0;              ///< per year
    double jump_mean = 0.0;          ///< [log]
    double jump_sd = 0.0;            ///< [log]
    double initial_intensity = 0.0;  ///< per year, at least the baseline
    bool operator==(const Hawkes&) const = default;

    /// Long-run mean intensity, per year.
    double mean_intensity() const { return baseline / (1.0 - branching_ratio); }
};

/// Prices one after another without a gap.
struct Stretch {
    std::int64_t start = 0;  ///< of the first price [ms since 1970]
    std::vector<double> prices;
    bool operator==(const Stretch&) const = default;
};

/// A history of prices at one spacing; between its stretches there are gaps.
struct Series {
    double spacing = 0.0;            ///< [years]
    double spacing_seconds = 0.0;    ///< the same on a clock
    std::vector<Stretch> stretches;  ///< with at least one return in all
    bool operator==(const Series&) const = default;
};

/// Blocks of the series' returns, of geometric length.
struct Bootstrap {
    double mean_block = 0.0;  ///< [returns], >= 1
    bool operator==(const Bootstrap&) const = default;
};

/// The series itself.
struct Replay {
    std::size_t stretch = 0;   ///< which one
    std::size_t row = 0;       ///< price of it that the first start is at
    std::uint32_t starts = 1;  ///< paths start at this many rows, from `row` on
    bool operator==(const Replay&) const = default;
};

/// An addition m to the drift: dm = -kappa m dt + volatility dW.
struct Momentum {
    double kappa = 0.0;       ///< per year
    double volatility = 0.0;  ///< per year^(3/2)
    double initial = 0.0;     ///< per year
    bool operator==(const Momentum&) const = default;
};

/// What the market is like while a chain of states is in this one.
struct RegimeState {
    std::string name;
    double volatility = 0.0;  ///< per square-root year
    double drift = 0.0;       ///< added to the market's, per year
    double half_spread_multiplier = 1.0;
    double intensity = 0.0;  ///< of lognormal jumps, per year
    double jump_mean = 0.0;  ///< [log]
    double jump_sd = 0.0;    ///< [log]
    bool operator==(const RegimeState&) const = default;
};

/// A continuous-time Markov chain of states.
struct Regime {
    std::size_t initial = 0;
    std::vector<RegimeState> states;         ///< 1 to most_regimes
    std::vector<std::vector<double>> rates;  ///< [from][to], per year; 0 on the diagonal
    bool operator==(const Regime&) const = default;
};

enum class Innovations { normal, student_t };

/// h' = omega + (alpha + gamma [e < 0]) e^2 + beta h, e = sqrt(h) times a standardised innovation.
struct Garch {
    double omega = 0.0;  ///< per period
    double alpha = 0.0;
    double beta = 0.0;
    double gamma = 0.0;
    double period = 0.0;            ///< [years]
    double initial_variance = 0.0;  ///< per period
    Innovations innovations = Innovations::normal;
    double degrees_of_freedom = 0.0;  ///< student_t
    /// Per period.
    double stationary_variance() const { return omega / (1.0 - alpha - beta - 0.5 * gamma); }
    bool operator==(const Garch&) const = default;
};

struct Market {
    Model model = Model::gbm;
    double spot = 0.0;
    double displacement = 0.0;  ///< spot + this follows the model, so that the spot may be negative
    double rate = 0.0;          ///< continuously compounded, per year
    double dividend_yield = 0.0;  ///< continuously compounded, per year
    std::optional<double>
        drift;                ///< price drift excluding dividends, per year; absent: risk neutral
    double volatility = 0.0;  ///< diffusive, per square-root year; of a series its sample's; 0
                              ///< where the model has its own
    std::optional<Heston> heston;        ///< heston, bates
    std::optional<Merton> merton;        ///< merton, bates
    std::optional<Kou> kou;              ///< kou
    std::optional<Hawkes> hawkes;        ///< hawkes
    std::optional<Series> series;        ///< bootstrap, replay
    std::optional<Bootstrap> bootstrap;  ///< bootstrap
    std::optional<Replay> replay;        ///< replay
    std::optional<Regime> regime;        ///< regime
    std::optional<Garch> garch;          ///< garch
    std::optional<Momentum> momentum;    ///< any model
    bool operator==(const Market&) const = default;
};

}  // namespace hedgestorm::scenario
