// SPDX-License-Identifier: Apache-2.0

// GJR-GARCH(1,1) with normal or Student-t innovations, one period a row: the likelihood is a
// product of densities given the variance of each period, which the returns before it determine
// (Bollerslev 1986, 1987; Glosten, Jagannathan, Runkle 1993). With normal ones it is a
// quasi-likelihood: right also for other innovations (Bollerslev, Wooldridge 1992).

#include <fmt/format.h>

#include <boost/math/distributions/students_t.hpp>

#include "host/fit/models.hpp"
#include "host/fit/normal.hpp"
#include "host/fit/scale.hpp"

namespace hedgestorm::fit {

namespace {

using scenario::Innovations;

struct Parameters {
    double drift, omega, alpha, beta, gamma, degrees_of_freedom;

    /// The variance after one of which nothing is known but its mean.
    double after_unseen(double h) const { return omega + (alpha + beta + 0.5 * gamma) * h; }
};

/// Student's t of unit variance.
class StudentT {
  public:
    explicit StudentT(double nu)
        : nu_(nu),
          scale_(std::sqrt(nu / (nu - 2.0))),
          log_constant_(std::lgamma(0.5 * (nu + 1.0)) - std::lgamma(0.5 * nu) -
                        0.5 * std::log(std::numbers::pi * (nu - 2.0))) {}

    double log_density(double z) const {
        return log_constant_ - 0.5 * (nu_ + 1.0) * std::log1p(z * z / (nu_ - 2.0));
    }
    double cumulative(double z) const {
        return boost::math::cdf(boost::math::students_t(nu_), scale_ * z);
    }

  private:
    double nu_;
    double scale_;
    double log_constant_;
};

class Garch final : public Likelihood {
  public:
    Garch(const Returns& returns, Innovations innovations)
        : returns_(returns), drift_(returns), heavy_(innovations == Innovations::student_t) {}

    /// persistence = alpha + beta + gamma/2; the share of news in it, (alpha + gamma/2) /
    /// persistence; and the share of rises in the news, alpha / (2 alpha + gamma): a box in which
    /// alpha, beta and alpha + gamma are positive and the variance has a mean to return to.
    std::vector<Coordinate> coordinates() const override {
        std::vector<Coordinate> all = {
            drift_.coordinate(),
            {"omega", std::log(1e-9), std::log(10.0)},
            {"alpha + beta + gamma/2", logit(1e-3), logit(1.0 - 1e-6)},
            {"(alpha + gamma/2) / (alpha + beta + gamma/2)", logit(1e-4), logit(1.0 - 1e-4)},
            {"alpha / (2 alpha + gamma)", logit(1e-3), logit(1.0 - 1e-3)}};
        if (heavy_) all.push_back({"degrees_of_freedom", std::log(0.02), std::log(998.0)});
        return all;
    }
    std::vector<Point> starts() const override {
        std::vector<Point> all;
        for (const auto& [persistence, news] : {std::pair(0.95, 0.1), std::pair(0.6, 0.4)}) {
            all.push_back({DriftScale::start(returns_), std::log(1.0 - persistence),
                           logit(persistence), logit(news), 0.0});
            if (heavy_) all.back().push_back(std::log(4.0));
        }
        return all;
    }
    void evaluate(const Point& at, Densities& densities) const override {
        const Parameters p = parameters(at);
        densities.resize(returns_.size());
        if (!heavy_) {
            filter(p, [&](std::size_t i, double z, double sd) {
                densities.log[i] = -0.5 * z * z - log_sqrt_2pi - std::log(sd);
                if (densities.wants_cumulative) densities.cumulative[i] = normal_cumulative(z);
            });
            return;
        }
        const StudentT innovation(p.degrees_of_freedom);
        filter(p, [&](std::size_t i, double z, double sd) {
            densities.log[i] = innovation.log_density(z) - std::log(sd);
            if (densities.wants_cumulative) densities.cumulative[i] = innovation.cumulative(z);
        });
    }
    std::vector<Entry> entries(const Point& at) const override {
        const Parameters p = parameters(at);
        const std::string table = "[market.garch]";
        std::vector<Entry> all = {
            drift_entry(p.drift),
            {table, "period_hours", "", 0.0, fmt::format("{}", returns_.spacing_hours)},
            {table, "omega", "per period", p.omega},
            {table, "alpha", "", p.alpha},
            {table, "beta", "", p.beta},
            {table, "gamma", "", p.gamma},
            {table, "initial_variance", "per period",
             filter(p, [](std::size_t, double, double) {})}};
        if (heavy_) {
            all.push_back({table, "innovations", "", 0.0, "\"student_t\""});
            all.push_back({table, "degrees_of_freedom", "", p.degrees_of_freedom});
        }
        return all;
    }
    std::vector<std::string> notes() const override {
        std::vector<std::string> all = {
            "the history starts from the variance of all returns, periods without a return move it "
            "to "
            "its mean, and initial_variance is what it is after the last row"};
        if (heavy_)
            all.emplace_back(
                "a return is its innovation less half the variance of its period, not less half "
                "the "
                "realised one, as on a path: a difference of the order of the variance");
        else
            all.emplace_back(
                "normal innovations: a quasi-likelihood, whose estimates hold for others too, with "
                "the "
                "robust errors");
        return all;
    }

  private:
    Parameters parameters(const Point& at) const {
        const double persistence = logistic(at[2]);
        const double news = persistence * logistic(at[3]);
        const double alpha = 2.0 * news * logistic(at[4]);
        return {drift_.value(at[0]),
                std::exp(at[1]) * returns_.sd * returns_.sd,
                alpha,
                persistence - news,
                2.0 * (news - alpha),
                heavy_ ? 2.0 + std::exp(at[5]) : 0.0};
    }

    /// Hands over each standardised innovation and the standard deviation of its period; gives the
    /// variance of the period after the last.
    template <class Take>
    double filter(const Parameters& p, const Take& take) const {
        double h = returns_.sd * returns_.sd;
        const double mean = p.drift * returns_.spacing;
        for (std::size_t i = 0; i < returns_.size(); ++i) {
            for (std::uint32_t k = 0; k < returns_.unseen[i]; ++k) h = p.after_unseen(h);
            const double e = returns_.values[i] - mean + 0.5 * h;
            const double sd = std::sqrt(h);
            take(i, e / sd, sd);
            h = p.omega + (p.alpha + (e < 0.0 ? p.gamma : 0.0)) * e * e + p.beta * h;
        }
        return h;
    }

    const Returns& returns_;
    DriftScale drift_;
    bool heavy_;
};

}  // namespace

std::unique_ptr<Likelihood> garch_likelihood(const Returns& returns, Innovations innovations) {
    return std::make_unique<Garch>(returns, innovations);
}

}  // namespace hedgestorm::fit
