// SPDX-License-Identifier: Apache-2.0

// A Markov chain of volatilities: the filter of Hamilton (Econometrica 57, 1989) with the
// transition probabilities e^(Q D) of the chain in continuous time, a state holding from row to row
// as it holds for a rebalance interval on a path.

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <map>

#include "host/fit/models.hpp"
#include "host/fit/normal.hpp"
#include "host/fit/scale.hpp"
#include "host/plan/regime_tables.hpp"

namespace hedgestorm::fit {

namespace {

constexpr std::size_t most_states = 4;

/// From the quietest state to the wildest.
const char* state_name(std::size_t state, std::size_t count) {
    static constexpr const char* names[] = {"calm", "normal", "stressed", "extreme"};
    return names[count == 2 && state == 1 ? 2 : state];
}

struct Parameters {
    double drift;
    std::vector<double> volatility;  ///< rising
    plan::Matrix rates;              ///< off the diagonal, per year
};

/// Transition probabilities, side by side for the filter's inner loop.
struct Move {
    double p[most_states][most_states];
};

Move move_over(const plan::Matrix& rates, double time) {
    const plan::Matrix transition = plan::transition(rates, time);
    Move move = {};
    for (std::size_t from = 0; from < rates.size(); ++from)
        for (std::size_t to = 0; to < rates.size(); ++to) move.p[from][to] = transition[from][to];
    return move;
}

/// The distribution over states that the chain leaves as it is.
std::vector<double> stationary(const plan::Matrix& rates) {
    const auto n = static_cast<Eigen::Index>(rates.size());
    Eigen::MatrixXd balance = Eigen::MatrixXd::Zero(n, n);
    for (Eigen::Index from = 0; from < n; ++from)
        for (Eigen::Index to = 0; to < n; ++to) {
            if (from == to) continue;
            const double rate = rates[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
            balance(to, from) += rate;
            balance(from, from) -= rate;
        }
    balance.row(n - 1).setOnes();
    Eigen::VectorXd one = Eigen::VectorXd::Zero(n);
    one(n - 1) = 1.0;
    const Eigen::VectorXd solution = balance.fullPivLu().solve(one);
    std::vector<double> share(rates.size());
    for (std::size_t i = 0; i < share.size(); ++i)
        share[i] = std::max(solution(static_cast<Eigen::Index>(i)), 0.0);
    return share;
}

class Regime final : public Likelihood {
  public:
    Regime(const Returns& returns, std::size_t states)
        : returns_(returns),
          drift_(returns),
          volatility_(returns),
          states_(states),
          never_(std::log(0.01 / static_cast<double>(returns.size()))) {}

    std::vector<Coordinate> coordinates() const override {
        std::vector<Coordinate> all = {drift_.coordinate()};
        all.push_back(volatility_.coordinate("volatility of the calm state"));
        for (std::size_t s = 1; s < states_; ++s)
            all.push_back(
                {fmt::format("volatility of the {} state over that below", state_name(s, states_)),
                 0.0, std::log(50.0)});
        each_switch([&](std::size_t from, std::size_t to) {
            all.push_back({fmt::format("rate from {} to {}", state_name(from, states_),
                                       state_name(to, states_)),
                           never_, log_rate_to(returns_, 5.0)});
        });
        return all;
    }
    /// States that last for long or for short, near one another in volatility or far apart. Far
    /// states are seldom reached directly.
    std::vector<Point> starts() const override {
        std::vector<Point> all;
        struct Guess {
            double leaving;  ///< probability a row, to a neighbour
            double apart;    ///< ratio of neighbours' volatilities
        };
        for (const Guess& guess : {Guess{0.02, 2.0}, Guess{0.2, 2.5}, Guess{0.1, 1.5}}) {
            Point start = {DriftScale::start(returns_)};
            start.push_back(-0.5 * static_cast<double>(states_ - 1) * std::log(guess.apart));
            for (std::size_t s = 1; s < states_; ++s) start.push_back(std::log(guess.apart));
            each_switch([&](std::size_t from, std::size_t to) {
                const bool near = from + 1 == to || to + 1 == from;
                start.push_back(std::log(near ? guess.leaving : 0.1 * guess.leaving));
            });
            all.push_back(start);
        }
        return all;
    }
    void evaluate(const Point& at, Densities& densities) const override {
        densities.resize(returns_.size());
        filter(parameters(at), densities);
    }
    std::vector<Entry> entries(const Point& at) const override {
        const Parameters p = parameters(at);
        Densities densities;
        densities.resize(returns_.size());
        const std::vector<double> now = filter(p, densities);
        const auto likeliest =
            static_cast<std::size_t>(std::max_element(now.begin(), now.end()) - now.begin());
        std::vector<Entry> all = {drift_entry(p.drift)};
        all.push_back({"[market.regime]", "initial", "", 0.0, quoted(likeliest)});
        for (std::size_t s = 0; s < states_; ++s) {
            const std::string name = state_name(s, states_);
            all.push_back({"[[market.regime.state]]", "name", "", 0.0, quoted(s)});
            all.push_back({"[[market.regime.state]]", "volatility", "per √year", p.volatility[s],
                           "", "state " + name + ": volatility"});
        }
        each_switch([&](std::size_t from, std::size_t to) {
            const std::string table = "[[market.regime.switch]]";
            all.push_back({table, "from", "", 0.0, quoted(from)});
            all.push_back({table, "to", "", 0.0, quoted(to)});
            all.push_back({table, "rate_per_year", "per year", p.rates[from][to], "",
                           fmt::format("switch {} to {}", state_name(from, states_),
                                       state_name(to, states_))});
        });
        return all;
    }
    std::vector<std::string> notes() const override {
        return {"the chain starts from its stationary distribution; all states have one drift",
                "initial is the likeliest state after the last row"};
    }

  private:
    std::string quoted(std::size_t state) const {
        return fmt::format("\"{}\"", state_name(state, states_));
    }

    template <class Visit>
    void each_switch(const Visit& visit) const {
        for (std::size_t from = 0; from < states_; ++from)
            for (std::size_t to = 0; to < states_; ++to)
                if (from != to) visit(from, to);
    }

    Parameters parameters(const Point& at) const {
        Parameters p = {drift_.value(at[0]), {}, {}};
        double log_volatility = 0.0;
        std::size_t next = 1;
        for (std::size_t s = 0; s < states_; ++s) {
            log_volatility += at[next++];
            p.volatility.push_back(volatility_.value(log_volatility));
        }
        p.rates.assign(states_, std::vector<double>(states_, 0.0));
        each_switch([&](std::size_t from, std::size_t to) {
            const double x = at[next++];
            p.rates[from][to] = x > never_ ? std::exp(x) / returns_.spacing : 0.0;
        });
        return p;
    }

    /// Fills the densities; gives the distribution over states after the last row.
    std::vector<double> filter(const Parameters& p, Densities& densities) const {
        double mean[most_states], inverse_sd[most_states], height[most_states];
        for (std::size_t s = 0; s < states_; ++s) {
            const double volatility = p.volatility[s];
            mean[s] = (p.drift - 0.5 * volatility * volatility) * returns_.spacing;
            inverse_sd[s] = 1.0 / (volatility * std::sqrt(returns_.spacing));
            height[s] = inverse_sd[s] * inv_sqrt_2pi;
        }
        const Move usual = move_over(p.rates, returns_.spacing);
        std::map<std::uint32_t, Move> across;  // gaps, by the rows unseen
        const std::vector<double> first = stationary(p.rates);
        double now[most_states] = {};
        for (std::size_t i = 0; i < returns_.size(); ++i) {
            const double r = returns_.values[i];
            double ahead[most_states] = {};
            if (i == 0) {
                std::copy(first.begin(), first.end(), ahead);
            } else {
                const std::uint32_t unseen = returns_.unseen[i];
                if (unseen > 0 && !across.contains(unseen))
                    across[unseen] = move_over(p.rates, returns_.spacing * (1.0 + unseen));
                const Move& move = unseen == 0 ? usual : across[unseen];
                for (std::size_t from = 0; from < states_; ++from)
                    for (std::size_t to = 0; to < states_; ++to)
                        ahead[to] += now[from] * move.p[from][to];
            }
            double density = 0.0;
            double cumulative = 0.0;
            for (std::size_t s = 0; s < states_; ++s) {
                const double z = (r - mean[s]) * inverse_sd[s];
                now[s] = ahead[s] * height[s] * std::exp(-0.5 * z * z);
                density += now[s];
                if (densities.wants_cumulative) cumulative += ahead[s] * normal_cumulative(z);
            }
            densities.log[i] = std::log(density);
            if (densities.wants_cumulative) densities.cumulative[i] = cumulative;
            for (std::size_t s = 0; s < states_; ++s) now[s] /= density;
        }
        return {now, now + states_};
    }

    const Returns& returns_;
    DriftScale drift_;
    VolatilityScale volatility_;
    std::size_t states_;
    /// Log of the switches a row that stand for none: a hundredth of one in the whole history.
    double never_;
};

}  // namespace

std::unique_ptr<Likelihood> regime_likelihood(const Returns& returns, std::size_t states) {
    return std::make_unique<Regime>(returns, states);
}

}  // namespace hedgestorm::fit
