// SPDX-License-Identifier: Apache-2.0

#include "host/plan/black_scholes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hedgestorm::plan {

double normal_cdf(double x) {
    return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

BlackScholes black_scholes(scenario::OptionKind kind, double spot, double strike, double life,
                           double volatility, double rate, double dividend_yield) {
    const double sign = kind == scenario::OptionKind::call ? 1.0 : -1.0;
    if (life <= 0.0) {
        const double inside = sign * (spot - strike);
        return {std::max(inside, 0.0), inside > 0.0 ? sign : 0.0, 0.0, 0.0, 0.0};
    }
    const double root = std::sqrt(life);
    const double deviation = volatility * root;
    const double d1 =
        (std::log(spot / strike) + (rate - dividend_yield) * life) / deviation + 0.5 * deviation;
    const double d2 = d1 - deviation;
    const double density = std::exp(-0.5 * d1 * d1) / std::sqrt(2.0 * std::numbers::pi);
    const double forward_unit = std::exp(-dividend_yield * life);
    const double discount = std::exp(-rate * life);
    const double n1 = normal_cdf(sign * d1);
    const double n2 = normal_cdf(sign * d2);
    const double vega = spot * forward_unit * density * root;
    return {
        sign * (spot * forward_unit * n1 - strike * discount * n2),
        sign * forward_unit * n1,
        forward_unit * density / (spot * deviation),
        vega,
        -0.5 * vega * volatility / life +
            sign * (dividend_yield * spot * forward_unit * n1 - rate * strike * discount * n2),
    };
}

}  // namespace hedgestorm::plan
