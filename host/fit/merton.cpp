// SPDX-License-Identifier: Apache-2.0

// Merton's jump diffusion: given n jumps, a return is normal; n is Poisson (Merton 1976, Press
// 1967). The sum over n ends where what is left has a probability below 1e-18.

#include "host/fit/models.hpp"
#include "host/fit/normal.hpp"
#include "host/fit/poisson.hpp"
#include "host/fit/scale.hpp"

namespace hedgestorm::fit {

namespace {

struct Parameters {
    double drift, volatility, intensity, jump_mean, jump_sd;
};

class Merton final : public Likelihood {
  public:
    explicit Merton(const Returns& returns)
        : returns_(returns), drift_(returns), volatility_(returns) {}

    std::vector<Coordinate> coordinates() const override {
        return {drift_.coordinate(), volatility_.coordinate(), jumps_a_row(returns_),
                jump_mean_coordinate(returns_), jump_sd_coordinate(returns_)};
    }
    /// Jumps of a few standard deviations now and then, small ones often, large ones hardly ever.
    std::vector<Point> starts() const override {
        const double drift = DriftScale::start(returns_);
        const double few = 3.0 / static_cast<double>(returns_.size());
        return {{drift, std::log(0.8), std::log(0.05), 0.0, std::log(3.0)},
                {drift, std::log(0.5), std::log(0.4), 0.0, std::log(1.3)},
                {drift, std::log(0.95), std::log(few), 0.0, std::log(10.0)},
                {drift, std::log(0.8), std::log(0.02), -3.0, std::log(2.0)}};
    }
    void evaluate(const Point& at, Densities& densities) const override {
        const Parameters p = parameters(at);
        const double step = returns_.spacing;
        const JumpCounts counts(p.intensity * step);
        const double compensator =
            p.intensity * std::expm1(p.jump_mean + 0.5 * p.jump_sd * p.jump_sd);
        std::vector<double> mean, inverse_sd, height;
        for (std::size_t n = 0; n < counts.size(); ++n) {
            const auto jumps = static_cast<double>(n);
            mean.push_back((p.drift - 0.5 * p.volatility * p.volatility - compensator) * step +
                           jumps * p.jump_mean);
            const double variance =
                p.volatility * p.volatility * step + jumps * p.jump_sd * p.jump_sd;
            inverse_sd.push_back(1.0 / std::sqrt(variance));
            height.push_back(counts[n] * inverse_sd[n] * inv_sqrt_2pi);
        }
        densities.resize(returns_.size());
        for (std::size_t i = 0; i < returns_.size(); ++i) {
            const double r = returns_.values[i];
            double density = 0.0;
            double cumulative = 0.0;
            for (std::size_t n = 0; n < counts.size(); ++n) {
                const double z = (r - mean[n]) * inverse_sd[n];
                density += height[n] * std::exp(-0.5 * z * z);
                if (densities.wants_cumulative) cumulative += counts[n] * normal_cumulative(z);
            }
            densities.log[i] = std::log(density);
            if (densities.wants_cumulative) densities.cumulative[i] = cumulative;
        }
    }
    std::vector<Entry> entries(const Point& at) const override {
        const Parameters p = parameters(at);
        const std::string table = "[market.merton]";
        return {drift_entry(p.drift),
                volatility_entry(p.volatility),
                {table, "intensity", "per year", p.intensity},
                {table, "jump_mean", "log", p.jump_mean},
                {table, "jump_sd", "log", p.jump_sd}};
    }

  private:
    Parameters parameters(const Point& at) const {
        return {drift_.value(at[0]), volatility_.value(at[1]), std::exp(at[2]) / returns_.spacing,
                at[3] * returns_.sd, std::exp(at[4]) * returns_.sd};
    }

    const Returns& returns_;
    DriftScale drift_;
    VolatilityScale volatility_;
};

}  // namespace

std::unique_ptr<Likelihood> merton_likelihood(const Returns& returns) {
    return std::make_unique<Merton>(returns);
}

}  // namespace hedgestorm::fit
