// SPDX-License-Identifier: Apache-2.0

// Kou's jump diffusion: independent returns of the density in kou_density.

#include <algorithm>

#include "host/fit/kou_density.hpp"
#include "host/fit/models.hpp"
#include "host/fit/scale.hpp"

namespace hedgestorm::fit {

namespace {

/// Largest that a scenario takes.
constexpr double largest_eta = 1e6;

struct Parameters {
    double drift, volatility, intensity, up_probability, eta1, eta2;
};

class Kou final : public Likelihood {
  public:
    explicit Kou(const Returns& returns)
        : returns_(returns), drift_(returns), volatility_(returns) {}

    /// Mean jumps are measured in standard deviations of a return; one up stays below a log move of
    /// 1, beyond which the mean of the price does not exist.
    std::vector<Coordinate> coordinates() const override {
        const double longest = std::log(std::min(100.0, 0.99 / returns_.sd));
        const double shortest = std::log(std::max(0.02, 1.0 / (largest_eta * returns_.sd)));
        return {drift_.coordinate(),         volatility_.coordinate(),
                jumps_a_row(returns_),       {"up_probability", logit(1e-4), logit(1.0 - 1e-4)},
                {"eta1", shortest, longest}, {"eta2", shortest, std::log(100.0)}};
    }
    std::vector<Point> starts() const override {
        const double drift = DriftScale::start(returns_);
        const double few = 3.0 / static_cast<double>(returns_.size());
        const double up = std::min(std::log(8.0), coordinates()[4].high - 0.1);
        return {{drift, std::log(0.8), std::log(0.05), 0.0, std::log(2.0), std::log(2.0)},
                {drift, std::log(0.5), std::log(0.5), 0.0, std::log(0.9), std::log(0.9)},
                {drift, std::log(0.95), std::log(few), 0.0, up, std::log(8.0)}};
    }
    void evaluate(const Point& at, Densities& densities) const override {
        const Parameters p = parameters(at);
        const double relative = p.up_probability / (p.eta1 - 1.0) -
                                (1.0 - p.up_probability) / (p.eta2 + 1.0);  // E[e^Y] - 1
        const double step = returns_.spacing;
        const KouDensity density(
            (p.drift - 0.5 * p.volatility * p.volatility - p.intensity * relative) * step,
            p.volatility * std::sqrt(step), {p.intensity * step, p.up_probability, p.eta1, p.eta2});
        densities.resize(returns_.size());
        for (std::size_t i = 0; i < returns_.size(); ++i) {
            densities.log[i] = std::log(density.density(returns_.values[i]));
            if (densities.wants_cumulative)
                densities.cumulative[i] = density.cumulative(returns_.values[i]);
        }
    }
    std::vector<Entry> entries(const Point& at) const override {
        const Parameters p = parameters(at);
        const std::string table = "[market.kou]";
        return {drift_entry(p.drift),
                volatility_entry(p.volatility),
                {table, "intensity", "per year", p.intensity},
                {table, "up_probability", "", p.up_probability},
                {table, "eta1", "per log", p.eta1},
                {table, "eta2", "per log", p.eta2}};
    }

  private:
    Parameters parameters(const Point& at) const {
        return {
            drift_.value(at[0]), volatility_.value(at[1]),       std::exp(at[2]) / returns_.spacing,
            logistic(at[3]),     std::exp(-at[4]) / returns_.sd, std::exp(-at[5]) / returns_.sd};
    }

    const Returns& returns_;
    DriftScale drift_;
    VolatilityScale volatility_;
};

}  // namespace

std::unique_ptr<Likelihood> kou_likelihood(const Returns& returns) {
    return std::make_unique<Kou>(returns);
}

}  // namespace hedgestorm::fit
