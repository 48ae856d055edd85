// SPDX-License-Identifier: Apache-2.0
#include "host/fit/covariance.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hedgestorm::fit {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The fall of the log-likelihood that a step of the differences is to have, and the least at which
/// rounding leaves digits: a log-likelihood of 10^5 is good to some 10^-10.
constexpr double wanted_fall = 0.02;
constexpr double least_fall = 1e-5;
/// Nearer to its bound than this share of the box a coordinate is at it.
constexpr double at_bound = 1e-4;
/// Farther than this share of the box a standard error says nothing: the data do not tell.
constexpr double widest_error = 0.5;
/// Change of an entry, relative, below which it does not depend on a coordinate.
constexpr double unmoved = 1e-9;

bool is_at_bound(const Coordinate& box, double at) {
    return std::min(at - box.low, box.high - at) < at_bound * (box.high - box.low);
}

class Surface {
  public:
    Surface(const Likelihood& likelihood, const Maximum& maximum)
        : likelihood_(likelihood), maximum_(maximum), box_(likelihood.coordinates()) {}

    double at(const Point& point) { return log_likelihood(likelihood_, point, densities_); }
    const std::vector<double>& rows() const { return densities_.log; }

    Point moved(std::size_t i, double by) const {
        Point point = maximum_.at;
        point[i] += by;
        return point;
    }
    /// A step of coordinate i on which the log-likelihood falls by about `wanted_fall`, both ways
    /// within the box; 0 where it is at a bound, or falls nowhere.
    double step(std::size_t i) {
        const Coordinate& coordinate = box_[i];
        const double room =
            std::min(maximum_.at[i] - coordinate.low, coordinate.high - maximum_.at[i]);
        if (is_at_bound(coordinate, maximum_.at[i])) return 0.0;
        double h = std::min(1e-3, room);
        for (int round = 0; round < 12; ++round) {
            const double fall =
                maximum_.log_likelihood - 0.5 * (at(moved(i, h)) + at(moved(i, -h)));
            if (fall > 0.25 * wanted_fall && fall < 4.0 * wanted_fall) return h;
            if (h == room && fall < wanted_fall) return fall > least_fall ? h : 0.0;
            const double factor = fall > 0.0 ? std::sqrt(wanted_fall / fall) : 10.0;
            h = std::min(h * std::clamp(factor, 0.02, 10.0), room);
        }
        return h;
    }

  private:
    const Likelihood& likelihood_;
    const Maximum& maximum_;
    std::vector<Coordinate> box_;
    Densities densities_;
};

/// Coordinates with a step, and their steps.
struct Steps {
    std::vector<std::size_t> index;
    std::vector<double> size;
};

Eigen::Index index_of(std::size_t i) {
    return static_cast<Eigen::Index>(i);
}

/// Minus the second derivatives of the log-likelihood.
Eigen::MatrixXd information(Surface& surface, const Maximum& maximum, const Steps& steps) {
    const std::size_t n = steps.index.size();
    Eigen::MatrixXd result(n, n);
    for (std::size_t a = 0; a < n; ++a) {
        const double h = steps.size[a];
        const std::size_t i = steps.index[a];
        result(index_of(a), index_of(a)) =
            (2.0 * maximum.log_likelihood - surface.at(surface.moved(i, h)) -
             surface.at(surface.moved(i, -h))) /
            (h * h);
        for (std::size_t b = 0; b < a; ++b) {
            const std::size_t j = steps.index[b];
            const double k = steps.size[b];
            const auto corner = [&](double x, double y) {
                Point point = maximum.at;
                point[i] += x * h;
                point[j] += y * k;
                return surface.at(point);
            };
            const double mixed = corner(1, 1) - corner(1, -1) - corner(-1, 1) + corner(-1, -1);
            result(index_of(a), index_of(b)) = result(index_of(b), index_of(a)) =
                -mixed / (4.0 * h * k);
        }
    }
    return result;
}

/// Derivatives of each return's log density, a row for each.
Eigen::MatrixXd scores(Surface& surface, const Steps& steps) {
    Eigen::MatrixXd result;
    for (std::size_t a = 0; a < steps.index.size(); ++a) {
        const double h = steps.size[a];
        surface.at(surface.moved(steps.index[a], h));
        const std::vector<double> up = surface.rows();
        surface.at(surface.moved(steps.index[a], -h));
        const std::vector<double>& down = surface.rows();
        if (a == 0) result.resize(index_of(up.size()), index_of(steps.index.size()));
        for (std::size_t t = 0; t < up.size(); ++t)
            result(index_of(t), index_of(a)) = (up[t] - down[t]) / (2.0 * h);
    }
    return result;
}

/// Covariance of the sum of the scores, with Bartlett's weights on the lags.
Eigen::MatrixXd newey_west(Eigen::MatrixXd s) {
    s.rowwise() -= s.colwise().mean();
    Eigen::MatrixXd sum = s.transpose() * s;
    const auto n = s.rows();
    const auto lags = std::min<Eigen::Index>(
        n - 1,
        static_cast<Eigen::Index>(4.0 * std::pow(static_cast<double>(n) / 100.0, 2.0 / 9.0)));
    for (Eigen::Index lag = 1; lag <= lags; ++lag) {
        const double weight = 1.0 - static_cast<double>(lag) / static_cast<double>(lags + 1);
        const Eigen::MatrixXd cross = s.bottomRows(n - lag).transpose() * s.topRows(n - lag);
        sum += weight * (cross + cross.transpose());
    }
    return sum;
}

std::vector<double> values_of(const Likelihood& likelihood, const Point& at) {
    std::vector<double> values;
    for (const Entry& entry : likelihood.entries(at)) values.push_back(entry.value);
    return values;
}

/// Entries that a coordinate moves have no error where the data do not determine it.
void drop_moved(const Likelihood& likelihood, const Maximum& maximum, std::size_t coordinate,
                Uncertainty& result) {
    const Coordinate box = likelihood.coordinates()[coordinate];
    Point away = maximum.at;
    away[coordinate] += away[coordinate] < 0.5 * (box.low + box.high) ? 0.1 : -0.1;
    const std::vector<double> here = values_of(likelihood, maximum.at);
    const std::vector<double> there = values_of(likelihood, away);
    for (std::size_t e = 0; e < here.size(); ++e)
        if (std::fabs(there[e] - here[e]) > unmoved * std::fabs(here[e])) result.se[e] = nan;
}

std::string why_not(const Coordinate& box, double at) {
    if (is_at_bound(box, at))
        return fmt::format(
            "{} is at its {} bound and has no error; those of the rest take it as given", box.name,
            at - box.low < box.high - at ? "lower" : "upper");
    return fmt::format(
        "{} is not determined by these returns: no errors of what depends on it, and "
        "those of the rest take it as given",
        box.name);
}

/// Inverse of a symmetric positive definite matrix; empty where it is none.
Eigen::MatrixXd inverse_of(const Eigen::MatrixXd& matrix) {
    const Eigen::LLT<Eigen::MatrixXd> factor(matrix);
    if (factor.info() != Eigen::Success) return {};
    return factor.solve(Eigen::MatrixXd::Identity(matrix.rows(), matrix.cols()));
}

}  // namespace

Uncertainty uncertainty_of(const Likelihood& likelihood, const Maximum& maximum, Errors errors) {
    const std::vector<Coordinate> box = likelihood.coordinates();
    const std::vector<double> values = values_of(likelihood, maximum.at);
    Surface surface(likelihood, maximum);
    Uncertainty result;
    result.se.assign(values.size(), 0.0);
    Steps steps;
    std::vector<std::size_t> dropped;
    for (std::size_t i = 0; i < box.size(); ++i) {
        const double h = surface.step(i);
        if (h > 0.0) {
            steps.index.push_back(i);
            steps.size.push_back(h);
        } else {
            dropped.push_back(i);
        }
    }
    Eigen::MatrixXd inverse;
    Eigen::MatrixXd of_scores;
    // A coordinate whose error spans the box is taken out, and the rest done again.
    while (!steps.index.empty()) {
        inverse = inverse_of(information(surface, maximum, steps));
        of_scores = scores(surface, steps);
        if (inverse.size() == 0) break;
        std::size_t worst = 0;
        double widest = 0.0;
        for (std::size_t a = 0; a < steps.index.size(); ++a) {
            const Coordinate& coordinate = box[steps.index[a]];
            const double share =
                std::sqrt(inverse(index_of(a), index_of(a))) / (coordinate.high - coordinate.low);
            if (share > widest) {
                widest = share;
                worst = a;
            }
        }
        if (widest < widest_error) break;
        dropped.push_back(steps.index[worst]);
        steps.index.erase(steps.index.begin() + static_cast<long>(worst));
        steps.size.erase(steps.size.begin() + static_cast<long>(worst));
    }
    for (const std::size_t i : dropped) result.notes.push_back(why_not(box[i], maximum.at[i]));
    if (steps.index.empty() || inverse.size() == 0) {
        result.se.assign(values.size(), nan);
        if (!steps.index.empty())
            result.notes.emplace_back(
                "the likelihood has no proper maximum here, so that there are no "
                "errors: the model has more parameters than these returns tell");
        return result;
    }
    const Eigen::VectorXd slope = of_scores.colwise().sum();
    result.newton_decrement = 0.5 * slope.dot(inverse * slope);
    const Eigen::MatrixXd covariance =
        errors == Errors::information ? inverse
                                      : Eigen::MatrixXd(inverse * newey_west(of_scores) * inverse);
    Eigen::MatrixXd jacobian(values.size(), steps.index.size());
    for (std::size_t a = 0; a < steps.index.size(); ++a) {
        const double h = steps.size[a];
        const auto up = values_of(likelihood, surface.moved(steps.index[a], h));
        const auto down = values_of(likelihood, surface.moved(steps.index[a], -h));
        for (std::size_t e = 0; e < values.size(); ++e)
            jacobian(index_of(e), index_of(a)) = (up[e] - down[e]) / (2.0 * h);
    }
    for (std::size_t e = 0; e < values.size(); ++e) {
        const Eigen::RowVectorXd row = jacobian.row(index_of(e));
        const double variance = (row * covariance * row.transpose()).value();
        result.se[e] = variance > 0.0 ? std::sqrt(variance) : nan;  // of what nothing free moves
    }
    for (const std::size_t i : dropped)
        if (!is_at_bound(box[i], maximum.at[i])) drop_moved(likelihood, maximum, i, result);
    return result;
}

}  // namespace hedgestorm::fit
