// SPDX-License-Identifier: Apache-2.0

// The common job H1 with QuantLib's own parts: its path generator and its Black-Scholes calculator.
// One thread. Prints a JSON line with the speed, and the mean and sd so that the job can be
// checked.

#include <chrono>
#include <cmath>
#include <cstdio>
#include <ql/instruments/payoffs.hpp>
#include <ql/math/randomnumbers/rngtraits.hpp>
#include <ql/methods/montecarlo/pathgenerator.hpp>
#include <ql/pricingengines/blackscholescalculator.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>
#include <ql/version.hpp>

namespace ql = QuantLib;

namespace {

constexpr double spot = 100.0, strike = 100.0, volatility = 0.2, expiry = 0.25, band = 0.05,
                 cost = 1e-3;
constexpr int steps = 63;
constexpr int paths = 200'000;

/// P&L of a short call hedged to a band of its Black-Scholes delta along one path.
double hedge(const ql::Path& path, const ql::ext::shared_ptr<ql::StrikedTypePayoff>& payoff,
             double premium) {
    double cash = premium;
    double held = 0.0;
    for (int i = 0; i < steps; ++i) {
        const double s = path[static_cast<std::size_t>(i)];
        const double left = expiry * (1.0 - static_cast<double>(i) / steps);
        const ql::BlackScholesCalculator black_scholes(payoff, s, 1.0, volatility * std::sqrt(left),
                                                       1.0);
        const double trade = black_scholes.delta() - held;
        if (i == 0 || std::abs(trade) > band) {
            cash -= trade * s + cost * std::abs(trade) * s;
            held += trade;
        }
    }
    const double s = path.back();
    return cash + held * s - cost * std::abs(held) * s - (*payoff)(s);
}

}  // namespace

int main() {
    const ql::DayCounter days = ql::Actual365Fixed();
    const ql::Date today = ql::Date::todaysDate();
    const ql::Handle<ql::Quote> quote(ql::ext::make_shared<ql::SimpleQuote>(spot));
    const ql::Handle<ql::YieldTermStructure> rate(
        ql::ext::make_shared<ql::FlatForward>(today, 0.0, days));
    const ql::Handle<ql::BlackVolTermStructure> flat(
        ql::ext::make_shared<ql::BlackConstantVol>(today, ql::NullCalendar(), volatility, days));
    const auto process = ql::ext::make_shared<ql::BlackScholesProcess>(quote, rate, flat);
    const auto generator = ql::PseudoRandom::make_sequence_generator(steps, 42);
    ql::PathGenerator<ql::PseudoRandom::rsg_type> paths_of(process, expiry, steps, generator,
                                                           false);
    const auto payoff = ql::ext::make_shared<ql::PlainVanillaPayoff>(ql::Option::Call, strike);
    const double premium =
        ql::BlackScholesCalculator(payoff, spot, 1.0, volatility * std::sqrt(expiry), 1.0).value();

    const auto start = std::chrono::steady_clock::now();
    double sum = 0.0;
    double square = 0.0;
    for (int p = 0; p < paths; ++p) {
        const double pnl = hedge(paths_of.next().value, payoff, premium);
        sum += pnl;
        square += pnl * pnl;
    }
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const double mean = sum / paths;
    std::printf(
        "{\"engine\": \"QuantLib %s\", \"job\": \"H1\", \"accounts\": 1, \"legs\": 1, "
        "\"path_steps_per_second\": %.4g, \"mean\": %.5f, \"sd\": %.5f}\n",
        QL_VERSION, static_cast<double>(paths) * steps / seconds, mean,
        std::sqrt(square / paths - mean * mean));
}
