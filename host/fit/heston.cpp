// SPDX-License-Identifier: Apache-2.0
#include "host/fit/heston.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <limits>
#include <nlopt.hpp>

#include "host/fit/realised_variance.hpp"
#include "host/fit/scale.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::fit {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Eigen::VectorXd model_moments(const HestonMoments& shape, const HestonParameters& p) {
    Eigen::VectorXd moments(1 + std::size(variance_lags) + std::size(leverage_lags));
    Eigen::Index next = 0;
    moments(next++) = shape.mean(p);
    for (const int lag : variance_lags) moments(next++) = shape.autocovariance(p, lag);
    for (const int lag : leverage_lags) moments(next++) = shape.leverage(p, lag);
    return moments;
}

/// Working coordinates: logarithms of theta over the sample's, of kappa in blocks and of xi, and
/// rho; up to what a scenario takes.
class Distance {
  public:
    Distance(const BlockMoments& sample, const HestonMoments& shape)
        : sample_(sample), shape_(shape) {
        weights_ = sample.covariance.diagonal().cwiseInverse();
    }
    std::vector<Coordinate> coordinates() const {
        return {
            {"theta", std::log(0.2), std::log(5.0)},
            {"kappa", std::log(1.0 / shape_.blocks), std::log(std::min(5.0, 1e5 * shape_.block))},
            {"xi", std::log(1e-3), std::log(100.0)},
            {"rho", -0.999, 0.999}};
    }
    HestonParameters parameters(const Point& at) const {
        const double theta = std::exp(at[0]) * sample_.moments(0) / shape_.block;
        const double kappa = std::exp(at[1]) / shape_.block;
        return {kappa, theta, std::exp(at[2]), at[3]};
    }
    double operator()(const Point& at) const {
        const Eigen::VectorXd miss = sample_.moments - model_moments(shape_, parameters(at));
        return miss.cwiseProduct(weights_).dot(miss);
    }
    const Eigen::VectorXd& weights() const { return weights_; }

  private:
    const BlockMoments& sample_;
    HestonMoments shape_;
    Eigen::VectorXd weights_;
};

/// The smallest distance from starts of slow to fast reversion, by the subplex method (Rowan 1990):
/// it is cheap, and a sum of a few exponentials needs no derivatives.
Point nearest_point(const Distance& distance) {
    Point best;
    double smallest = std::numeric_limits<double>::infinity();
    std::vector<double> low, high;
    for (const Coordinate& coordinate : distance.coordinates()) {
        low.push_back(coordinate.low);
        high.push_back(coordinate.high);
    }
    for (const double kappa : {0.01, 0.05, 0.2, 0.8}) {
        // With xi^2 = kappa theta the variance is somewhere between steady and at nought half the
        // time.
        Point at = {0.0, std::clamp(std::log(kappa), low[1], high[1]), 0.0, 0.0};
        const HestonParameters guess = distance.parameters(at);
        at[2] = std::clamp(0.5 * std::log(guess.kappa * guess.theta), low[2], high[2]);
        nlopt::opt optimiser(nlopt::LN_SBPLX, static_cast<unsigned>(at.size()));
        optimiser.set_lower_bounds(low);
        optimiser.set_upper_bounds(high);
        optimiser.set_min_objective(
            [](const std::vector<double>& x, std::vector<double>&, void* function) {
                return (*static_cast<const Distance*>(function))(x);
            },
            const_cast<Distance*>(&distance));
        optimiser.set_xtol_abs(1e-9);
        optimiser.set_maxeval(20'000);
        double value = 0.0;
        try {
            optimiser.optimize(at, value);
        } catch (const nlopt::roundoff_limited&) {
        }
        value = distance(at);
        if (value < smallest) {
            smallest = value;
            best = at;
        }
    }
    return best;
}

/// Derivatives of the moments by kappa, theta, xi and rho.
Eigen::MatrixXd slopes(const HestonMoments& shape, const HestonParameters& p) {
    Eigen::MatrixXd result(model_moments(shape, p).size(), 4);
    double HestonParameters::*const parts[] = {&HestonParameters::kappa, &HestonParameters::theta,
                                               &HestonParameters::xi, &HestonParameters::rho};
    for (int i = 0; i < 4; ++i) {
        HestonParameters up = p, down = p;
        const double h = i == 3 ? 1e-4 : 1e-4 * (p.*parts[i]);
        up.*parts[i] += h;
        down.*parts[i] -= h;
        result.col(i) = (model_moments(shape, up) - model_moments(shape, down)) / (2.0 * h);
    }
    return result;
}

/// Hansen's test that one set of parameters meets all moments, for weights that are not the best:
/// the miss has a covariance of deficient rank, whose inverse is taken where there is one.
Significance overidentification(const Eigen::VectorXd& miss, const Eigen::MatrixXd& slope,
                                const Eigen::MatrixXd& project, const Eigen::MatrixXd& covariance) {
    const auto n = miss.size();
    const Eigen::MatrixXd rest = Eigen::MatrixXd::Identity(n, n) - slope * project;
    // In units of the moments' errors, so that eigenvalues compare.
    const Eigen::VectorXd unit = covariance.diagonal().cwiseSqrt().cwiseInverse();
    const Eigen::MatrixXd left =
        unit.asDiagonal() * (rest * covariance * rest.transpose()) * unit.asDiagonal();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(0.5 * (left + left.transpose()));
    const Eigen::VectorXd along = solver.eigenvectors().transpose() * unit.cwiseProduct(miss);
    double statistic = 0.0;
    for (Eigen::Index i = slope.cols(); i < n; ++i)  // eigenvalues rise; the first ones are nought
        statistic += along(i) * along(i) / solver.eigenvalues()(i);
    const boost::math::chi_squared reference(static_cast<double>(n - slope.cols()));
    return {statistic, boost::math::cdf(boost::math::complement(reference, statistic))};
}

/// Nearer to its bound than this share of the box a coordinate is at it.
constexpr double at_bound = 1e-4;

}  // namespace

double HestonMoments::mean(const HestonParameters& p) const {
    return p.theta * block;
}

/// Cov(IV_0, IV_j) = theta xi^2 (1 - e^(-kappa B))^2 / (2 kappa^3) e^(-kappa (j - 1) B), less the
/// variance of the sample's mean, about theta xi^2 B / (kappa^2 n).
double HestonMoments::autocovariance(const HestonParameters& p, double lag) const {
    const double once = -std::expm1(-p.kappa * block) / p.kappa;
    const double level = p.theta * p.xi * p.xi;
    return 0.5 * level / p.kappa * once * once * std::exp(-p.kappa * (lag - 1.0) * block) -
           level * block / (p.kappa * p.kappa * blocks);
}

/// A shock dW at t moves the variance at s by rho xi v e^(-kappa (s - t)); the return's own drift
/// -v/2 adds minus half the covariance of variances. Within a row a squared return counts its own
/// shock three times, where the integral counts it once.
double HestonMoments::leverage(const HestonParameters& p, double lag) const {
    const double shock = p.rho * p.xi * p.theta;
    const double level = p.theta * p.xi * p.xi;
    const double of_means = (shock / p.kappa - 0.5 * level / (p.kappa * p.kappa)) * block / blocks;
    const auto within = [&](double length) {
        return (length + std::expm1(-p.kappa * length) / p.kappa) / p.kappa;
    };
    if (lag == 0.0) {
        const double inside = within(block) + 2.0 * returns * within(block / returns);
        return shock * inside - 0.5 * level / p.kappa * within(block) - of_means;
    }
    const double once = -std::expm1(-p.kappa * block) / p.kappa;
    return (shock - 0.25 * level / p.kappa) * once * once *
               std::exp(-p.kappa * (lag - 1.0) * block) -
           of_means;
}

Fit fit_heston(const Returns& returns) {
    const std::size_t length = returns_a_block(returns);
    const auto blocks = blocks_of(returns, length);
    const auto whole = static_cast<std::size_t>(
        std::count_if(blocks.begin(), blocks.end(), [](const auto& b) { return b.has_value(); }));
    if (whole < fewest_blocks)
        throw UsageError(fmt::format(
            "{} blocks of {} returns are too few for moments of realised variance: at least {} are "
            "needed (take a longer history, or another --model)",
            whole, length, fewest_blocks));
    const HestonMoments shape = {static_cast<double>(length) * returns.spacing,
                                 static_cast<double>(length), static_cast<double>(whole)};
    const BlockMoments sample = moments_of(blocks);
    const Distance distance(sample, shape);
    const Point at = nearest_point(distance);
    const HestonParameters p = distance.parameters(at);

    const Eigen::MatrixXd slope = slopes(shape, p);
    const Eigen::MatrixXd weighted = slope.transpose() * distance.weights().asDiagonal();
    const Eigen::MatrixXd project = (weighted * slope).fullPivLu().solve(weighted);
    const Eigen::MatrixXd covariance = project * sample.covariance * project.transpose();

    Fit fit;
    fit.model = scenario::Model::heston;
    fit.brief = "moments of realised variance";
    fit.method = fmt::format(
        "moments of the realised variance of blocks of {} returns, for the variance itself is "
        "unseen: "
        "no likelihood; errors by Hansen's formula with Newey and West's covariance",
        length);
    const Block& last = *blocks.back();
    const double now = last.variance / shape.block;
    const double years = returns.years();
    const std::string table = "[market.heston]";
    fit.entries = {drift_entry(returns.mean / returns.spacing + 0.5 * p.theta),
                   {table, "kappa", "per year", p.kappa},
                   {table, "theta", "per year", p.theta},
                   {table, "xi", "per √year", p.xi},
                   {table, "rho", "", p.rho},
                   {table, "initial_variance", "per year", now}};
    fit.se = {std::sqrt(p.theta / years),  std::sqrt(covariance(0, 0)),
              std::sqrt(covariance(1, 1)), std::sqrt(covariance(2, 2)),
              std::sqrt(covariance(3, 3)), now * std::sqrt(2.0 / shape.returns)};
    MomentFigures figures;
    figures.blocks = whole;
    figures.block_hours = static_cast<double>(length) * returns.spacing_hours;
    figures.moments = static_cast<std::size_t>(sample.moments.size());
    figures.degrees_of_freedom = figures.moments - 4;
    figures.overidentification = overidentification(sample.moments - model_moments(shape, p), slope,
                                                    project, sample.covariance);
    fit.moments = figures;
    bool bound = false;
    const auto box = distance.coordinates();
    for (std::size_t i = 0; i < box.size(); ++i) {
        const double width = box[i].high - box[i].low;
        const double room = std::min(at[i] - box[i].low, box[i].high - at[i]);
        if (room > at_bound * width) continue;
        bound = true;
        fit.notes.push_back(fmt::format("{} is at its {} bound: no errors", box[i].name,
                                        at[i] - box[i].low < width / 2 ? "lower" : "upper"));
    }
    if (bound) std::fill(fit.se.begin() + 1, fit.se.end() - 1, nan);
    if (2.0 * p.kappa * p.theta < p.xi * p.xi)
        fit.notes.push_back(fmt::format(
            "2 kappa theta / xi^2 = {:.2g} is below 1: the variance reaches zero, and a path needs "
            "short steps",
            2.0 * p.kappa * p.theta / (p.xi * p.xi)));
    fit.notes.emplace_back(
        "jumps in the history count as variance; initial_variance is that of the last block");
    return fit;
}

}  // namespace hedgestorm::fit
