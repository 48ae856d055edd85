// SPDX-License-Identifier: Apache-2.0

#include "host/plan/market_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "host/support/error.hpp"

namespace hedgestorm::plan {
namespace {

constexpr double log2_e = std::numbers::log2e;

/// More jumps than this between two rebalance points are a diffusion, and cost a loop each.
constexpr double most_jumps_per_interval = 100.0;

/// A probability below the smallest uniform that is drawn (2^-32) never happens.
constexpr double never = 0x1p-33;

/// Jumps of any kind, as the drift must know them.
struct JumpMoments {
    double intensity = 0.0;  ///< per year
    double relative = 0.0;   ///< E[e^J] - 1
    double square = 0.0;     ///< E[J^2]
};

JumpMoments jump_moments(const scenario::Market& market) {
    if (market.merton) {
        const auto& [intensity, mean, sd] = *market.merton;
        return {intensity, std::expm1(mean + 0.5 * sd * sd), mean * mean + sd * sd};
    }
    if (market.kou) {
        const auto& [intensity, p, eta1, eta2] = *market.kou;
        return {intensity, p / (eta1 - 1.0) - (1.0 - p) / (eta2 + 1.0),
                2.0 * p / (eta1 * eta1) + 2.0 * (1.0 - p) / (eta2 * eta2)};
    }
    return {};
}

double clock(const GridStep& step) {
    return (step.to - step.from) * step.variance_weight;
}

/// Root mean square of the realised-volatility multiplier over a step.
double mean_multiplier(const GridStep& step, const StressScript& script) {
    return std::sqrt(script.realised_square_integral(step.from, step.to) / (step.to - step.from));
}

bool ends_interval(const Grid& grid, std::size_t i) {
    return i + 1 == grid.steps.size() || grid.steps[i + 1].draw != grid.steps[i].draw;
}

HestonEulerStep<double> euler_step(const scenario::Heston& heston, double dt, double m) {
    return {heston.kappa * dt, heston.xi * std::sqrt(dt), m * std::sqrt(dt) * log2_e,
            0.5 * m * m * dt * log2_e};
}

/// Andersen (2008), sections 3.2 and 4.2, with both weights of the variance in time one half.
HestonQuadexpStep<double> quadexp_step(const scenario::Heston& heston, double dt, double m) {
    const auto& [kappa, theta, xi, rho, initial, scheme, longest] = heston;
    const double gone = -std::expm1(-kappa * dt);
    HestonQuadexpStep<double> step{};
    step.decay = std::exp(-kappa * dt);
    step.level = theta * gone;
    step.spread = xi * xi * step.decay * gone / kappa;
    step.floor = theta * xi * xi * gone * gone / (2.0 * kappa);
    step.slope = 0.5 * dt * (kappa * rho * m / xi - 0.5 * m * m) + rho * m / xi;
    const double residual = 0.5 * dt * m * m * (1.0 - rho * rho);
    step.exponent = step.slope + 0.5 * residual;
    step.before = step.after = residual * log2_e * log2_e;
    step.half_before = step.half_after = 0.5 * residual * log2_e;
    step.is_moving = dt > 0.0;
    return step;
}

/// P(N >= 1), P(N >= 2), ... of a Poisson number with this mean, as far as they ever happen.
std::vector<double> poisson_tails(double mean) {
    std::vector<double> mass;
    double p = std::exp(-mean);
    for (double n = 0.0; n < mean || p > 0x1p-80; ++n) {
        mass.push_back(p);
        p *= mean / (n + 1.0);
    }
    // Summed from the far end, so that small tails keep their digits.
    std::vector<double> tails(mass.size());
    double sum = 0.0;
    for (std::size_t n = mass.size(); n-- > 1;) tails[n - 1] = sum += mass[n];
    tails.erase(std::find_if(tails.begin(), tails.end(), [](double t) { return t < never; }),
                tails.end());
    return tails;
}

class MarketMaker {
  public:
    MarketMaker(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
                MarketTables<double>& tables, MarketParams<double>& params)
        : scenario_(scenario),
          market_(scenario.market),
          grid_(grid),
          script_(script),
          tables_(tables),
          params_(params) {}

    void make() {
        params_.is_plain = market_.model == scenario::Model::gbm && !market_.momentum;
        if (params_.is_plain) return;
        params_.least_volatility = 1e-4;
        diffusion();
        jumps();
        momentum();
    }

  private:
    void diffusion() {
        for (const GridStep& step : grid_.steps) {
            const double scale = market_.heston ? 1.0 : market_.volatility;
            tables_.volatility.push_back(scale * script_.realised_multiplier(step.to));
        }
        params_.diffusion = Diffusion::constant;
        if (!market_.heston) return;
        const scenario::Heston& heston = *market_.heston;
        const bool euler = heston.scheme == scenario::HestonScheme::full_truncation;
        params_.diffusion = euler ? Diffusion::heston_euler : Diffusion::heston_quadexp;
        params_.heston.initial = heston.initial_variance;
        params_.heston.long_run = heston.theta;
        params_.heston.correlation = heston.rho;
        params_.heston.orthogonal = std::sqrt(1.0 - heston.rho * heston.rho);
        for (const GridStep& step : grid_.steps) {
            const double m = mean_multiplier(step, script_);
            if (euler) {
                tables_.heston_euler.push_back(euler_step(heston, clock(step), m));
            } else {
                tables_.heston_quadexp.push_back(quadexp_step(heston, clock(step), m));
            }
        }
    }

    void jumps() {
        JumpParams<double>& jumps = params_.jumps;
        if (market_.merton) {
            jumps.size = JumpSize::lognormal;
            jumps.mean = market_.merton->jump_mean * log2_e;
            jumps.deviation = market_.merton->jump_sd * log2_e;
        } else if (market_.kou) {
            jumps.size = JumpSize::double_exponential;
            jumps.up_probability = market_.kou->up_probability;
            jumps.up = log2_e / market_.kou->eta1;
            jumps.down = log2_e / market_.kou->eta2;
        } else {
            return;
        }
        const double intensity = jump_moments(market_).intensity;
        std::map<double, std::uint32_t> counts;  // mean number -> place of its tails
        for (std::size_t i = 0; i < grid_.steps.size();) {
            std::size_t end = i;
            double whole = 0.0;
            do whole += clock(grid_.steps[end]);
            while (!ends_interval(grid_, end++));
            // Lengths of intervals differ in the last digits; what they are drawn from need not.
            const double mean = static_cast<float>(intensity * whole);
            require_few(mean, grid_.steps[i].from);
            const auto [place, fresh] =
                counts.try_emplace(mean, static_cast<std::uint32_t>(tables_.jumps_beyond.size()));
            if (fresh) {
                for (const double tail : poisson_tails(mean)) tables_.jumps_beyond.push_back(tail);
                tables_.jumps_beyond.push_back(0.0);
            }
            double passed = 0.0;
            for (; i < end; ++i) {
                const double from = whole > 0.0 ? passed / whole : 0.0;
                passed += clock(grid_.steps[i]);
                const double to = i + 1 == end ? 1.0 : whole > 0.0 ? passed / whole : 0.0;
                tables_.jumps.push_back({place->second, from, to});
            }
        }
    }

    void require_few(double mean, double at) const {
        if (mean <= most_jumps_per_interval) return;
        throw ScenarioError(
            {{scenario_.source_path, 0, 0,
              market_.merton ? "market.merton.intensity" : "market.kou.intensity",
              fmt::format("makes {:.4g} jumps in the rebalance interval at {:.6g} years, more than "
                          "the {:g} that are drawn",
                          mean, at, most_jumps_per_interval),
              "take more rebalance steps, or put so many small jumps into the volatility"}});
    }

    void momentum() {
        if (!market_.momentum) return;
        const auto& [kappa, volatility, initial] = *market_.momentum;
        params_.has_momentum = true;
        params_.momentum.initial = initial;
        double start = 0.0;
        for (std::size_t i = 0; i < grid_.steps.size(); ++i) {
            const GridStep& step = grid_.steps[i];
            MomentumStep<double> at = {(step.to - step.from) * log2_e, 1.0, 0.0};
            if (ends_interval(grid_, i)) {
                const double whole = step.to - start;
                at.decay = std::exp(-kappa * whole);
                at.noise = volatility * std::sqrt(-std::expm1(-2.0 * kappa * whole) / (2.0 * kappa));
                start = step.to;
            }
            tables_.momentum.push_back(at);
        }
    }

    const scenario::Scenario& scenario_;
    const scenario::Market& market_;
    const Grid& grid_;
    const StressScript& script_;
    MarketTables<double>& tables_;
    MarketParams<double>& params_;
};

}  // namespace

double diffusive_volatility(const scenario::Market& market) {
    return market.heston ? std::sqrt(market.heston->initial_variance) : market.volatility;
}

double total_volatility(const scenario::Market& market) {
    const JumpMoments jumps = jump_moments(market);
    const double diffusive = diffusive_volatility(market);
    return std::sqrt(diffusive * diffusive + jumps.intensity * jumps.square);
}

StepMove step_move(const scenario::Market& market, const GridStep& step,
                   const StressScript& script) {
    const double length = step.to - step.from;
    const double mu = market.drift ? *market.drift : market.rate - market.dividend_yield;
    const JumpMoments jumps = jump_moments(market);
    const double drift = mu * length + script.log_move(step.from, step.to) -
                         jumps.intensity * jumps.relative * clock(step);
    const double square = step.variance_weight * script.realised_square_integral(step.from, step.to);
    if (market.heston) {
        return {drift, std::max(market.heston->theta, market.heston->initial_variance) * square};
    }
    const double variance = market.volatility * market.volatility * square;
    return {drift - 0.5 * variance, variance};
}

void make_market(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
                 MarketTables<double>& tables, MarketParams<double>& params) {
    MarketMaker(scenario, grid, script, tables, params).make();
}

template <class T>
void connect(const MarketTables<T>& tables, MarketParams<T>& params) {
    const auto view = [](const auto& v) {
        using Element = typename std::remove_cvref_t<decltype(v)>::value_type;
        return View<Element>{v.data(), static_cast<std::uint32_t>(v.size())};
    };
    params.heston.euler = view(tables.heston_euler);
    params.heston.quadexp = view(tables.heston_quadexp);
    params.jumps.beyond = view(tables.jumps_beyond);
    params.jumps.step = view(tables.jumps);
    params.momentum.step = view(tables.momentum);
    params.volatility = view(tables.volatility);
}

template void connect(const MarketTables<float>& tables, MarketParams<float>& params);
template void connect(const MarketTables<double>& tables, MarketParams<double>& params);

void round_market(const MarketTables<double>& from, const MarketParams<double>& params,
                  MarketTables<float>& to, MarketParams<float>& rounded) {
    const auto f = [](double x) { return static_cast<float>(x); };
    for (const auto& s : from.heston_euler) {
        to.heston_euler.push_back(
            {f(s.reversion), f(s.noise), f(s.deviation), f(s.half_variance)});
    }
    for (const auto& s : from.heston_quadexp) {
        to.heston_quadexp.push_back({f(s.decay), f(s.level), f(s.spread), f(s.floor), f(s.slope),
                                     f(s.exponent), f(s.before), f(s.after), f(s.half_before),
                                     f(s.half_after), s.is_moving});
    }
    for (const double p : from.jumps_beyond) to.jumps_beyond.push_back(f(p));
    for (const auto& s : from.jumps) to.jumps.push_back({s.counts, f(s.from), f(s.to)});
    for (const auto& s : from.momentum)
        to.momentum.push_back({f(s.length), f(s.decay), f(s.noise)});
    for (const double v : from.volatility) to.volatility.push_back(f(v));
    rounded.diffusion = params.diffusion;
    rounded.is_plain = params.is_plain;
    rounded.has_momentum = params.has_momentum;
    rounded.heston.initial = f(params.heston.initial);
    rounded.heston.long_run = f(params.heston.long_run);
    rounded.heston.correlation = f(params.heston.correlation);
    rounded.heston.orthogonal = f(params.heston.orthogonal);
    rounded.jumps.size = params.jumps.size;
    rounded.jumps.mean = f(params.jumps.mean);
    rounded.jumps.deviation = f(params.jumps.deviation);
    rounded.jumps.up_probability = f(params.jumps.up_probability);
    rounded.jumps.up = f(params.jumps.up);
    rounded.jumps.down = f(params.jumps.down);
    rounded.momentum.initial = f(params.momentum.initial);
    rounded.least_volatility = f(params.least_volatility);
    connect(to, rounded);
}

}  // namespace hedgestorm::plan
