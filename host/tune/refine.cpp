// SPDX-License-Identifier: Apache-2.0

#include "host/tune/refine.hpp"

#include <nlopt.hpp>

namespace hedgestorm::tune {
namespace {

constexpr double first_step = 0.05;
constexpr double last_step = 1e-3;

double call(const std::vector<double>& point, std::vector<double>&, void* figure) {
    const auto value = (*static_cast<const UnitFigure*>(figure))(point);
    if (!value) throw nlopt::forced_stop();
    return *value;
}

}  // namespace

void refine(const std::vector<double>& start, std::size_t most, const UnitFigure& figure) {
    nlopt::opt search(nlopt::LN_SBPLX, static_cast<unsigned>(start.size()));
    search.set_lower_bounds(0.0);
    search.set_upper_bounds(1.0);
    search.set_initial_step(first_step);
    search.set_xtol_abs(last_step);
    search.set_maxeval(static_cast<int>(most));
    UnitFigure mine = figure;
    search.set_min_objective(call, &mine);
    std::vector<double> point = start;
    double least = 0.0;
    try {
        search.optimize(point, least);
    } catch (const nlopt::forced_stop&) {
    } catch (const nlopt::roundoff_limited&) {
        // As near as numbers go.
    }
}

}  // namespace hedgestorm::tune
