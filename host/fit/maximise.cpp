// SPDX-License-Identifier: Apache-2.0
#include "host/fit/maximise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlopt.hpp>
#include <numeric>
#include <utility>

#include "host/support/error.hpp"

namespace hedgestorm::fit {

namespace {

/// Step of differences, in coordinates of order 1: the cube root of rounding, about.
constexpr double difference = 1e-5;

/// What stands for a density that is not there: worse than any, yet finite.
constexpr double nowhere = 1e10;

/// Starts are followed until the log-likelihood rises by less than the first; the best of them are
/// taken up again, up to so many times, until it rises by less than the second.
constexpr double coarse = 1e-2;
constexpr double fine = 1e-8;
constexpr int most_rounds = 6;
constexpr int most_evaluations = 400;  ///< of a gradient, in one round

/// What a start may still gain after its first round: one farther below the best is lost.
constexpr double still_to_gain = 50.0;
/// Two rounds that end so near to one another ended at one maximum.
constexpr double same_maximum = 0.5;

class Search {
  public:
    Search(const Likelihood& likelihood, const std::atomic<bool>* interrupted)
        : likelihood_(likelihood), box_(likelihood.coordinates()), interrupted_(interrupted) {}

    /// Throws EngineError where the box is empty: what a scenario takes ends before it begins.
    void bring_inside(Point& start) const {
        for (std::size_t i = 0; i < box_.size(); ++i) {
            if (!(box_[i].low < box_[i].high))
                throw EngineError(
                    fmt::format("these returns are wilder than any market of a scenario: no {} it "
                                "takes would do "
                                "(are they prices?)",
                                box_[i].name));
            start[i] = std::clamp(start[i], box_[i].low, box_[i].high);
        }
    }

    struct Found {
        Point at;
        double value;  ///< log-likelihood
    };

    /// One round from a point, until the log-likelihood rises by less than `tolerance`.
    Found round(const Point& start, double tolerance) {
        best_ = {start, value(start)};
        exact_slopes_ = tolerance < coarse;
        nlopt::opt optimiser(nlopt::LD_SLSQP, static_cast<unsigned>(box_.size()));
        std::vector<double> low, high;
        for (const Coordinate& coordinate : box_) {
            low.push_back(coordinate.low);
            high.push_back(coordinate.high);
        }
        optimiser.set_lower_bounds(low);
        optimiser.set_upper_bounds(high);
        optimiser.set_min_objective(
            [](const std::vector<double>& x, std::vector<double>& gradient, void* search) {
                return static_cast<Search*>(search)->objective(x, gradient);
            },
            this);
        optimiser.set_ftol_abs(tolerance / rows());
        optimiser.set_maxeval(most_evaluations);
        Point at = start;
        double reached = 0.0;
        try {
            optimiser.optimize(at, reached);
        } catch (const nlopt::roundoff_limited&) {  // as near as numbers get: the best so far holds
        } catch (const std::runtime_error&) {       // a line search that failed: likewise
        }
        if (interrupted_now())
            throw Error(ExitCode::interrupted, "interrupted; nothing was written");
        return best_;
    }

    /// Rounds, each with a fresh idea of the curvature, until one brings nothing.
    Found settle(Found found) {
        for (int i = 0; i < most_rounds; ++i) {
            const double before = found.value;
            found = round(found.at, fine);
            if (found.value - before < fine) break;
        }
        return found;
    }

  private:
    double rows() { return static_cast<double>(densities_.log.size()); }
    bool interrupted_now() const { return interrupted_ != nullptr && interrupted_->load(); }

    double value(const Point& at) { return log_likelihood(likelihood_, at, densities_); }

    /// Minus the mean log density, of order 1 whatever the length of the history.
    double objective(const Point& x, std::vector<double>& gradient) {
        if (interrupted_now()) throw nlopt::forced_stop();
        const double here = value(x);
        if (here > best_.value) best_ = {x, here};
        if (!std::isfinite(here)) {
            std::fill(gradient.begin(), gradient.end(), 0.0);
            return nowhere;
        }
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            Point up = x, down = x;
            up[i] = std::min(x[i] + difference, box_[i].high);
            if (exact_slopes_ || up[i] == x[i]) down[i] = std::max(x[i] - difference, box_[i].low);
            const double below = down[i] == x[i] ? here : value(down);
            const double slope = (value(up) - below) / (up[i] - down[i]);
            gradient[i] = std::isfinite(slope) ? -slope / rows() : 0.0;
        }
        return -here / rows();
    }

    const Likelihood& likelihood_;
    std::vector<Coordinate> box_;
    const std::atomic<bool>* interrupted_;
    Densities densities_;
    Found best_;
    bool exact_slopes_ = true;  ///< central differences, not forward ones
};

}  // namespace

double log_likelihood(const Likelihood& likelihood, const Point& at, Densities& densities) {
    likelihood.evaluate(at, densities);
    const double sum = std::accumulate(densities.log.begin(), densities.log.end(), 0.0);
    return std::isfinite(sum) ? sum : -std::numeric_limits<double>::infinity();
}

Maximum maximise(const Likelihood& likelihood, const std::atomic<bool>* interrupted) {
    Search search(likelihood, interrupted);
    std::vector<Search::Found> found;
    std::vector<Point> starts = likelihood.starts();
    for (Point& start : starts) search.bring_inside(start);
    for (const Point& start : starts) found.push_back(search.round(start, coarse));
    const auto better = [](const auto& a, const auto& b) { return a.value > b.value; };
    std::sort(found.begin(), found.end(), better);
    found.front() = search.settle(std::move(found.front()));
    for (std::size_t i = 1; i < found.size(); ++i) {
        const double below = found.front().value - found[i].value;
        if (below > same_maximum && below < still_to_gain)
            found[i] = search.settle(std::move(found[i]));
    }
    std::sort(found.begin(), found.end(), better);
    if (!std::isfinite(found.front().value))
        throw EngineError("the model has no likelihood on these returns (another --model may)");

    Maximum maximum = {found.front().at, found.front().value, starts.size(), 0};
    for (const Search::Found& other : found)
        maximum.agreeing += maximum.log_likelihood - other.value < same_maximum;
    return maximum;
}

}  // namespace hedgestorm::fit
