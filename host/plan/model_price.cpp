// SPDX-License-Identifier: Apache-2.0

#include "host/plan/model_price.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

#include "host/plan/black_scholes.hpp"
#include "host/plan/jump_tables.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::plan {
namespace {

using Complex = std::complex<double>;

/// Of the integral, in units of sqrt(forward x strike): wanted, and what is given up at.
constexpr double wanted_error = 1e-13;
constexpr double largest_error = 3e-10;

/// Halvings of a stretch of the integral, and stretches, each twice as long as the one before.
constexpr int most_halvings = 12;
constexpr int most_stretches = 60;

/// ln(1 + z), as exact for a small z.
Complex log1p(Complex z) {
    const double x = z.real();
    const double y = z.imag();
    return {0.5 * std::log1p(x * (2.0 + x) + y * y), std::atan2(y, 1.0 + x)};
}

/// ln E[(S/F)^(1/2 + iu)] of Heston's model. The form of Albrecher, Mayer, Schoutens and Tistaert
/// ("The little Heston trap", 2007), whose logarithm stays on one branch (Lord & Kahl 2010), with
/// (beta - d) / xi^2 written as -w / (beta + d), so that a small xi costs no digits.
Complex heston_exponent(const scenario::Heston& heston, double clock, double u) {
    const double w = u * u + 0.25;
    const double square = heston.xi * heston.xi;
    const Complex beta = {heston.kappa - 0.5 * heston.rho * heston.xi, -heston.rho * heston.xi * u};
    const Complex d = std::sqrt(beta * beta + square * w);
    const Complex gone = 1.0 - std::exp(-d * clock);
    const Complex sum = beta + d;
    const Complex x = -square * w * gone / (2.0 * d * sum);
    const Complex now = -w * gone / (2.0 * d * (1.0 + x));
    const Complex level = -w * clock / sum - 2.0 / square * log1p(x);
    return heston.initial_variance * now + heston.kappa * heston.theta * level;
}

/// E[e^{sJ}] of a jump J of the log price.
Complex jump_transform(const scenario::Market& market, Complex s) {
    if (market.merton) {
        const auto& [intensity, mean, sd] = *market.merton;
        return std::exp(s * mean + 0.5 * s * s * sd * sd);
    }
    const auto& [intensity, p, eta1, eta2] = *market.kou;
    return p * eta1 / (eta1 - s) + (1.0 - p) * eta2 / (eta2 + s);
}

/// ln E[(S/F)^(1/2 + iu)], S the price after `clock` and F its forward.
Complex exponent(const scenario::Market& market, double clock, double u) {
    Complex sum = market.heston
                      ? heston_exponent(*market.heston, clock, u)
                      : -0.5 * market.volatility * market.volatility * clock * (u * u + 0.25);
    if (market.merton || market.kou) {
        const JumpMoments jumps = jump_moments(market);
        const Complex s = {0.5, u};
        sum += jumps.intensity * clock * (jump_transform(market, s) - 1.0 - s * jumps.relative);
    }
    return sum;
}

struct Integral {
    double value = 0.0;
    double error = 0.0;
};

/// Over [from, to] by Gauss and Kronrod's rule, halved where it is not exact enough.
template <class F>
void add(const F& f, double from, double to, int halvings, Integral& sum) {
    const double middle = 0.5 * (from + to);
    const double half = 0.5 * (to - from);
    double error = 0.0;
    const double value =
        half * boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
                   [&](double x) { return f(middle + half * x); }, -1.0, 1.0, 0, 0.0, &error);
    error *= half;
    if (error <= wanted_error || halvings == 0 || !std::isfinite(error)) {
        sum.value += value;
        sum.error += error;
        return;
    }
    add(f, from, middle, halvings - 1, sum);
    add(f, middle, to, halvings - 1, sum);
}

/// Integral of Re[e^{iuk} (e^{-v w / 2} - e^{exponent(u)})] / w over u > 0, with w = u^2 + 1/4.
Integral difference(const scenario::Market& market, double clock, double k, double v) {
    const auto inside = [&](double u) {
        const double w = u * u + 0.25;
        const Complex phase = {0.0, u * k};
        return (std::exp(phase - 0.5 * v * w) - std::exp(phase + exponent(market, clock, u)))
                   .real() /
               w;
    };
    Integral sum;
    double from = 0.0;
    double width = std::min(1.0, 1.0 / std::sqrt(v));
    for (int stretch = 0; stretch < most_stretches; ++stretch) {
        const double to = from + width;
        add(inside, from, to, most_halvings, sum);
        // Both terms fall; what is left is at most either of them at `to`, over 1 / u^2.
        const double left =
            std::exp(exponent(market, clock, to).real()) + std::exp(-0.5 * v * (to * to + 0.25));
        if (left / to < wanted_error || !(sum.error < largest_error)) return sum;
        from = to;
        width *= 2.0;
    }
    sum.error = std::numeric_limits<double>::infinity();
    return sum;
}

}  // namespace

double model_price(const scenario::Scenario& scenario, const scenario::OptionLeg& leg,
                   double clock) {
    const scenario::Market& market = scenario.market;
    const double rate = market.rate;
    const double dividend = market.dividend_yield;
    // Black and Scholes's price with the variance v that has the same E[(S/F)^(1/2)] is subtracted
    // under the integral and added outside: what is left is 0 at u = 0, and the same for a put.
    const double v = -8.0 * exponent(market, clock, 0.0).real();
    const double volatility = std::sqrt(std::max(v, 0.0) / leg.expiry);
    const double forward = market.spot * std::exp((rate - dividend) * leg.expiry);
    const double discount = std::exp(-rate * leg.expiry);
    if (!(v > 1e-24)) {
        const double sign = leg.kind == scenario::OptionKind::call ? 1.0 : -1.0;
        return discount * std::max(sign * (forward - leg.strike), 0.0);
    }
    const double start =
        black_scholes(leg.kind, market.spot, leg.strike, leg.expiry, volatility, rate, dividend)
            .value;
    if (!market.heston && !market.merton && !market.kou) return start;
    const Integral rest = difference(market, clock, std::log(forward / leg.strike), v);
    if (!(rest.error < largest_error)) {
        throw ScenarioError({scenario.places.problem(
            "book.premium",
            fmt::format("is \"model\", but the integral for the price of the {} at {:.6g} that "
                        "expires in {:.6g} years does not converge",
                        leg.kind == scenario::OptionKind::call ? "call" : "put", leg.strike,
                        leg.expiry),
            "give the premium as a number, or take \"mark\"")});
    }
    const double scale = discount * std::sqrt(forward * leg.strike) / std::numbers::pi;
    return std::max(start + scale * rest.value, 0.0);
}

}  // namespace hedgestorm::plan
