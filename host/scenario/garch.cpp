// SPDX-License-Identifier: Apache-2.0

// [market.garch]: its keys, and the rules that bind them.

#include <fmt/format.h>

#include <cmath>

#include "host/scenario/market.hpp"
#include "host/scenario/sections.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr Word<Innovations> innovations[] = {{"normal", Innovations::normal},
                                             {"student_t", Innovations::student_t}};

/// As near to a rebalance point as a period must end, in rebalance intervals.
constexpr double on_the_grid = 1e-6;

/// Whether a period ends at a rebalance point each time, up to the horizon.
bool ends_on_grid(double period, const Simulation& simulation) {
    double intervals = 0.0;
    for (const Segment& segment : simulation.segments) intervals += segment.steps;
    const double periods = std::floor(simulation.horizon / period * (1.0 + same_time));
    if (periods > intervals) return false;
    double start = 0.0;
    double k = 1.0;
    for (const Segment& segment : simulation.segments) {
        const double interval = (segment.until - start) / segment.steps;
        for (; k <= periods; ++k) {
            const double place = (k * period - start) / interval;
            if (place > segment.steps + on_the_grid) break;
            if (std::fabs(place - std::round(place)) > on_the_grid) return false;
        }
        start = segment.until;
    }
    return true;
}

void check_variance(const GarchSpec& spec, const Garch& garch, Problems& problems) {
    if (garch.alpha + garch.gamma < 0.0)
        problems.add(spec.gamma.place, "market.garch.gamma",
                     fmt::format("is {}, below -alpha = {}: a fall would lower the variance",
                                 garch.gamma, -garch.alpha),
                     "alpha + gamma must not be negative");
    const double persistence = garch.alpha + garch.beta + 0.5 * garch.gamma;
    if (persistence >= 1.0)
        problems.add(spec.place, "market.garch",
                     fmt::format("alpha + beta + gamma/2 is {:.6g}, must be below 1: the variance "
                                 "would have no mean to return to",
                                 persistence),
                     "lower one of them");
}

}  // namespace

void describe(Keys& k, GarchSpec& s) {
    k.number("omega", s.omega, above_to(0.0, 400.0),
             about("Variance that every period adds.").in("per period").needed());
    k.number("alpha", s.alpha, between(0.0, 1.0),
             about("Weight of the last period's squared innovation.").needed());
    k.number("beta", s.beta, between(0.0, 1.0),
             about("Weight of the last period's variance.").needed());
    k.number("gamma", s.gamma, between(-1.0, 2.0),
             about("Added to alpha after a fall; 0 is the plain GARCH(1,1)."));
    k.time("period", s.period, above(0.0),
           about("Time between two variances; a whole number of rebalance intervals.").needed());
    k.number("initial_variance", s.initial_variance, above_to(0.0, 400.0),
             about("Variance of the first period; the stationary one if absent.").in("per period"));
    k.choice("innovations", s.innovations, innovations, {},
             about("normal, or student_t with unit variance: its heaviness is drawn once per "
                   "period."));
    const bool heavy = !s.innovations.has() || *s.innovations == Innovations::student_t;
    k.number("degrees_of_freedom", s.degrees_of_freedom, above_to(2.0, 1000.0),
             about("Of the t distribution; above 2, or it has no variance.")
                 .needed(heavy)
                 .only(heavy, "innovations = \"student_t\""));
}

Garch validate_garch(const GarchSpec& spec, const Calendar& calendar, const Simulation& simulation,
                     Problems& problems) {
    Garch garch;
    const auto read = [](const Field<double>& field) { return field.has() ? *field : 0.0; };
    garch.omega = read(spec.omega);
    garch.alpha = read(spec.alpha);
    garch.beta = read(spec.beta);
    garch.gamma = read(spec.gamma);
    check_variance(spec, garch, problems);
    garch.initial_variance =
        spec.initial_variance.has() ? *spec.initial_variance : garch.stationary_variance();
    if (spec.innovations.has()) garch.innovations = *spec.innovations;
    garch.degrees_of_freedom = read(spec.degrees_of_freedom);
    if (!spec.period.has()) return garch;
    garch.period = calendar.years(*spec.period);
    bool known_grid = simulation.horizon > 0.0 && !simulation.segments.empty();
    for (const Segment& segment : simulation.segments) known_grid &= segment.steps > 0;
    if (known_grid && !ends_on_grid(garch.period, simulation))
        problems.add(spec.period.place, "market.garch.period",
                     "does not end at a rebalance point each time: it must be a whole number of "
                     "rebalance intervals",
                     "change it, or simulation.steps");
    return garch;
}

}  // namespace hedgestorm::scenario
