// SPDX-License-Identifier: Apache-2.0

// Geometric Brownian motion: returns are independent normals of mean (mu - sigma^2/2) D and
// variance sigma^2 D.

#include "host/fit/models.hpp"
#include "host/fit/normal.hpp"
#include "host/fit/scale.hpp"

namespace hedgestorm::fit {

namespace {

class Gbm final : public Likelihood {
  public:
    explicit Gbm(const Returns& returns)
        : returns_(returns), drift_(returns), volatility_(returns) {}

    std::vector<Coordinate> coordinates() const override {
        return {drift_.coordinate(), volatility_.coordinate()};
    }
    std::vector<Point> starts() const override { return {{DriftScale::start(returns_), 0.0}}; }
    void evaluate(const Point& at, Densities& densities) const override {
        const double drift = drift_.value(at[0]);
        const double volatility = volatility_.value(at[1]);
        const double mean = (drift - 0.5 * volatility * volatility) * returns_.spacing;
        const double sd = volatility * std::sqrt(returns_.spacing);
        densities.resize(returns_.size());
        for (std::size_t i = 0; i < returns_.size(); ++i) {
            const double r = returns_.values[i];
            densities.log[i] = log_normal_density(r, mean, sd);
            if (densities.wants_cumulative)
                densities.cumulative[i] = normal_cumulative((r - mean) / sd);
        }
    }
    std::vector<Entry> entries(const Point& at) const override {
        return {drift_entry(drift_.value(at[0])), volatility_entry(volatility_.value(at[1]))};
    }

  private:
    const Returns& returns_;
    DriftScale drift_;
    VolatilityScale volatility_;
};

}  // namespace

std::unique_ptr<Likelihood> gbm_likelihood(const Returns& returns) {
    return std::make_unique<Gbm>(returns);
}

}  // namespace hedgestorm::fit
