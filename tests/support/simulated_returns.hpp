// SPDX-License-Identifier: Apache-2.0
#pragma once

// Log returns of the markets that calibrate fits, one a row, simulated the plain way: in double, by
// loops that share nothing with the path code and nothing with the likelihoods. Times in years.

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/support/draws.hpp"

namespace hedgestorm::test {

inline double exponential(Draws& draws) {
    return -std::log(draws.uniform());
}

/// By counting the waits that fit; for small means.
inline int poisson(Draws& draws, double mean) {
    int count = 0;
    for (double time = exponential(draws); time < mean; time += exponential(draws)) ++count;
    return count;
}

struct DiffusionWithJumps {
    double drift, volatility, intensity;
};

/// Returns of a diffusion and of jumps of a size that `jump` draws, relative being E[e^jump] - 1.
template <class Jump>
std::vector<double> jump_returns(std::size_t rows, double step, const DiffusionWithJumps& p,
                                 double relative, Draws& draws, const Jump& jump) {
    std::vector<double> returns(rows);
    for (double& r : returns) {
        r = (p.drift - 0.5 * p.volatility * p.volatility - p.intensity * relative) * step +
            p.volatility * std::sqrt(step) * draws.normal();
        for (int n = poisson(draws, p.intensity * step); n > 0; --n) r += jump();
    }
    return returns;
}

inline std::vector<double> gbm_returns(std::size_t rows, double step, double drift,
                                       double volatility, Draws& draws) {
    return jump_returns(rows, step, {drift, volatility, 0.0}, 0.0, draws, [] { return 0.0; });
}

inline std::vector<double> merton_returns(std::size_t rows, double step,
                                          const DiffusionWithJumps& p, double jump_mean,
                                          double jump_sd, Draws& draws) {
    return jump_returns(rows, step, p, std::expm1(jump_mean + 0.5 * jump_sd * jump_sd), draws,
                        [&] { return jump_mean + jump_sd * draws.normal(); });
}

inline std::vector<double> kou_returns(std::size_t rows, double step, const DiffusionWithJumps& p,
                                       double up_probability, double eta1, double eta2,
                                       Draws& draws) {
    const double relative =
        up_probability * eta1 / (eta1 - 1.0) + (1.0 - up_probability) * eta2 / (eta2 + 1.0) - 1.0;
    return jump_returns(rows, step, p, relative, draws, [&] {
        return draws.uniform() < up_probability ? exponential(draws) / eta1
                                                : -exponential(draws) / eta2;
    });
}

struct GarchMarket {
    double drift, omega, alpha, beta, gamma;
    double degrees_of_freedom;  ///< a whole number above 2; 0: normal innovations
};

/// As on a path: a t is a normal of a random variance, and the return is less half of that.
inline std::vector<double> garch_returns(std::size_t rows, double step, const GarchMarket& p,
                                         Draws& draws) {
    double h = p.omega / (1.0 - p.alpha - p.beta - 0.5 * p.gamma);
    std::vector<double> returns(rows);
    for (double& r : returns) {
        double mixing = 1.0;
        if (p.degrees_of_freedom > 0.0) {
            double chi_squared = 0.0;
            for (int i = 0; i < static_cast<int>(p.degrees_of_freedom); ++i) {
                const double z = draws.normal();
                chi_squared += z * z;
            }
            mixing = (p.degrees_of_freedom - 2.0) / chi_squared;
        }
        const double e = std::sqrt(h * mixing) * draws.normal();
        r = p.drift * step - 0.5 * h * mixing + e;
        h = p.omega + (p.alpha + (e < 0.0 ? p.gamma : 0.0)) * e * e + p.beta * h;
    }
    return returns;
}

/// A chain that moves at any time, seen at the rows; the state seen holds over the row.
inline std::vector<double> regime_returns(std::size_t rows, double step, double drift,
                                          const std::vector<double>& volatility,
                                          const std::vector<std::vector<double>>& rates,
                                          Draws& draws) {
    std::size_t state = 0;
    const auto leaving = [&] {
        double sum = 0.0;
        for (std::size_t to = 0; to < rates.size(); ++to)
            sum += to == state ? 0.0 : rates[state][to];
        return sum;
    };
    double left = exponential(draws) / leaving();
    std::vector<double> returns(rows);
    for (double& r : returns) {
        const double v = volatility[state];
        r = (drift - 0.5 * v * v) * step + v * std::sqrt(step) * draws.normal();
        for (left -= step; left < 0.0;) {
            double u = draws.uniform() * leaving();
            std::size_t to = 0;
            for (;; ++to) {
                if (to == state) continue;
                u -= rates[state][to];
                if (u < 0.0 ||
                    (to + 1 == rates.size() || (to + 2 == rates.size() && to + 1 == state)))
                    break;
            }
            state = to;
            left += exponential(draws) / leaving();
        }
    }
    return returns;
}

struct HawkesMarket {
    double drift, volatility, baseline, branching_ratio, decay, jump_mean, jump_sd;
};

/// By thinning in continuous time (Ogata, IEEE Trans. Information Theory 27, 1981).
inline std::vector<double> hawkes_returns(std::size_t rows, double step, const HawkesMarket& p,
                                          Draws& draws) {
    double excess = p.branching_ratio * p.baseline / (1.0 - p.branching_ratio);
    const double relative = std::expm1(p.jump_mean + 0.5 * p.jump_sd * p.jump_sd);
    std::vector<double> returns(rows);
    for (double& r : returns) {
        r = (p.drift - 0.5 * p.volatility * p.volatility) * step +
            p.volatility * std::sqrt(step) * draws.normal();
        double expected = p.baseline * step;  // integral of the intensity
        double time = 0.0;
        while (true) {
            const double wait = exponential(draws) / (p.baseline + excess);
            const double until = std::min(wait, step - time);
            const double kept = std::exp(-p.decay * until);
            const double bound = p.baseline + excess;
            expected += excess * (1.0 - kept) / p.decay;
            excess *= kept;
            time += until;
            if (wait > until) break;
            if (draws.uniform() * bound >= p.baseline + excess) continue;
            r += p.jump_mean + p.jump_sd * draws.normal();
            excess += p.branching_ratio * p.decay;
        }
        r -= relative * expected;
    }
    return returns;
}

struct HestonMarket {
    double drift, kappa, theta, xi, rho;
};

/// By Euler with full truncation in so many pieces a row.
inline std::vector<double> heston_returns(std::size_t rows, double step, const HestonMarket& p,
                                          int pieces, Draws& draws) {
    const double dt = step / pieces;
    double v = p.theta;
    std::vector<double> returns(rows);
    for (double& r : returns) {
        r = 0.0;
        for (int i = 0; i < pieces; ++i) {
            const double positive = std::max(v, 0.0);
            const double z = draws.normal();
            const double w = p.rho * z + std::sqrt(1.0 - p.rho * p.rho) * draws.normal();
            r += (p.drift - 0.5 * positive) * dt + std::sqrt(positive * dt) * z;
            v += p.kappa * (p.theta - positive) * dt + p.xi * std::sqrt(positive * dt) * w;
        }
    }
    return returns;
}

}  // namespace hedgestorm::test
