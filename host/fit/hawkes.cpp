// SPDX-License-Identifier: Apache-2.0

// Clustered jumps from sampled prices, by an approximate filter.
//
// Ogata's likelihood of a self-exciting process (Y. Ogata, Ann. Inst. Statist. Math. 30, 1978)
// needs the times of its jumps, and prices sampled row by row show none. Here a row's number of
// jumps is Poisson given the excitement before it, so that its return is a mixture of normals;
// after it, the excitement rises by what the number of jumps expected given the return would cause.
// Where every jump stands out of the diffusion the expected number is the number, and this is
// Ogata's likelihood of jumps known to the row.

#include <fmt/format.h>

#include <array>

#include "host/fit/models.hpp"
#include "host/fit/normal.hpp"
#include "host/fit/scale.hpp"

namespace hedgestorm::fit {

namespace {

struct Parameters {
    double drift, volatility, baseline, branching_ratio, decay, jump_mean, jump_sd;
};

/// Jumps of one row beyond which none are counted, and the probability, relative to the rest, below
/// which they are left out.
constexpr std::size_t most_jumps = 40;
constexpr double left_out_here = 1e-10;

class Hawkes final : public Likelihood {
  public:
    explicit Hawkes(const Returns& returns)
        : returns_(returns), drift_(returns), volatility_(returns) {}

    /// An excitement that is over within a row, or longer than half the history, cannot be seen.
    std::vector<Coordinate> coordinates() const override {
        return {drift_.coordinate(),
                volatility_.coordinate(),
                jumps_a_row(returns_, "baseline"),
                {"branching_ratio", logit(1e-3), logit(1.0 - 1e-4)},
                {"decay", std::log(2.0 / static_cast<double>(returns_.size())),
                 log_rate_to(returns_, 4.0)},
                jump_mean_coordinate(returns_),
                jump_sd_coordinate(returns_)};
    }
    std::vector<Point> starts() const override {
        const double drift = DriftScale::start(returns_);
        return {
            {drift, std::log(0.7), std::log(0.01), 0.0, std::log(0.1), 0.0, std::log(3.0)},
            {drift, std::log(0.5), std::log(0.05), logit(0.8), std::log(0.1), 0.0, std::log(1.5)},
            {drift, std::log(0.7), std::log(0.01), 0.0, std::log(1.0), 0.0, std::log(3.0)}};
    }
    void evaluate(const Point& at, Densities& densities) const override {
        densities.resize(returns_.size());
        filter(parameters(at), densities);
    }
    std::vector<Entry> entries(const Point& at) const override {
        const Parameters p = parameters(at);
        Densities densities;
        densities.resize(returns_.size());
        const double excess = filter(p, densities);
        const std::string table = "[market.hawkes]";
        return {drift_entry(p.drift),
                volatility_entry(p.volatility),
                {table, "baseline", "per year", p.baseline},
                {table, "branching_ratio", "", p.branching_ratio},
                {table, "decay", "per year", p.decay},
                {table, "jump_mean", "log", p.jump_mean},
                {table, "jump_sd", "log", p.jump_sd},
                {table, "initial_intensity", "per year", p.baseline + excess}};
    }
    std::vector<std::string> notes() const override {
        return {
            "jumps are not seen in sampled prices: the excitement follows the number of jumps "
            "expected given each return, an approximate filter, exact where jumps stand out",
            "what happens within a row is not seen: an excitement that fades within one counts as "
            "larger jumps",
            "initial_intensity is what it is after the last row"};
    }

  private:
    Parameters parameters(const Point& at) const {
        return {drift_.value(at[0]),
                volatility_.value(at[1]),
                std::exp(at[2]) / returns_.spacing,
                logistic(at[3]),
                std::exp(at[4]) / returns_.spacing,
                at[5] * returns_.sd,
                std::exp(at[6]) * returns_.sd};
    }

    /// Fills the densities; gives the excess of the intensity over the baseline after the last row,
    /// per year.
    double filter(const Parameters& p, Densities& densities) const {
        // Time in rows: baseline, decay and excess of the intensity a row.
        const double step = returns_.spacing;
        const double baseline = p.baseline * step;
        const double decay = p.decay * step;
        const double long_run = baseline / (1.0 - p.branching_ratio);
        // The mean excess falls at the rate decay (1 - n), for jumps of the row itself excite too.
        const double slow = decay * (1.0 - p.branching_ratio);
        const double mean_share = -std::expm1(-slow) / slow;
        const double kept = std::exp(-decay);
        const double caused = p.branching_ratio * (1.0 - kept);  // by a jump somewhere in the row
        const double diffused = (p.drift - 0.5 * p.volatility * p.volatility) * step;
        const double relative = std::expm1(p.jump_mean + 0.5 * p.jump_sd * p.jump_sd);
        std::array<double, most_jumps> inverse_variance, height, sd;
        for (std::size_t n = 0; n < most_jumps; ++n) {
            const double variance =
                p.volatility * p.volatility * step + static_cast<double>(n) * p.jump_sd * p.jump_sd;
            inverse_variance[n] = 1.0 / variance;
            sd[n] = std::sqrt(variance);
            height[n] = inv_sqrt_2pi / sd[n];
        }
        double excess = p.branching_ratio * long_run;  // its stationary mean
        for (std::size_t i = 0; i < returns_.size(); ++i) {
            const auto expected = [&] {
                return long_run + (baseline + excess - long_run) * mean_share;
            };
            for (std::uint32_t k = 0; k < returns_.unseen[i]; ++k)
                excess = excess * kept + caused * expected();
            const double mean_count = expected();
            const double r = returns_.values[i] - diffused + relative * mean_count;
            double density = 0.0;
            double counted = 0.0;
            double cumulative = 0.0;
            double probability = std::exp(-mean_count);
            for (std::size_t n = 0; n < most_jumps; ++n) {
                const auto jumps = static_cast<double>(n);
                const double y = r - jumps * p.jump_mean;
                const double part =
                    probability * height[n] * std::exp(-0.5 * y * y * inverse_variance[n]);
                density += part;
                counted += jumps * part;
                if (densities.wants_cumulative)
                    cumulative += probability * normal_cumulative(y / sd[n]);
                probability *= mean_count / (jumps + 1.0);
                if (jumps > mean_count && probability * height[0] < left_out_here * density) break;
            }
            densities.log[i] = std::log(density);
            if (densities.wants_cumulative) densities.cumulative[i] = cumulative;
            excess = excess * kept + caused * counted / density;
        }
        return excess / step;
    }

    const Returns& returns_;
    DriftScale drift_;
    VolatilityScale volatility_;
};

}  // namespace

std::unique_ptr<Likelihood> hawkes_likelihood(const Returns& returns) {
    return std::make_unique<Hawkes>(returns);
}

}  // namespace hedgestorm::fit
