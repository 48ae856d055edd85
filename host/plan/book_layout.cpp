// SPDX-License-Identifier: Apache-2.0

#include "host/plan/book_layout.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numbers>

namespace hedgestorm::plan {
namespace {

using scenario::OptionLeg;
using scenario::Scenario;

constexpr double ln_2 = std::numbers::ln2;

void add_expiry(const Scenario& scenario, const std::vector<std::size_t>& members, double time,
                std::size_t settles, BookLayout& layout, Tables<double>& tables) {
    ExpiryParams<double> expiry{};
    expiry.first = static_cast<std::uint32_t>(layout.legs.size());
    for (const std::size_t i : members) {
        const OptionLeg& leg = scenario.book.options[i];
        const double weight = leg.quantity * leg.multiplier;
        const bool put = leg.kind == scenario::OptionKind::put;
        tables.option.push_back({std::log2(leg.strike / scenario.market.spot), leg.strike, weight,
                                 weight * leg.strike, put ? -1.0 : 1.0});
        layout.legs.push_back(&leg);
        if (put) {
            expiry.put_weight += weight;
            expiry.put_strike_weight += weight * leg.strike;
        }
    }
    expiry.end = static_cast<std::uint32_t>(layout.legs.size());
    tables.expiry.push_back(expiry);
    layout.expiry_time.push_back(time);
    layout.settles.push_back(settles);
}

void add_expiry_steps(const scenario::Market& market, const Grid& grid, const BookLayout& layout,
                      Tables<double>& tables) {
    for (std::size_t i = 0; i < grid.steps.size(); ++i) {
        for (std::size_t e = 0; e < layout.expiries(); ++e) {
            const double tau = layout.life(grid.steps[i], e);
            const double root = std::sqrt(tau);
            tables.expiry_step.push_back(
                {std::exp(-market.dividend_yield * tau), std::exp(-market.rate * tau), ln_2 / root,
                 (market.rate - market.dividend_yield) * root, 0.5 * root, 1.0 / tau});
        }
    }
}

}  // namespace

std::uint32_t BookLayout::alive_after(std::size_t step) const {
    std::uint32_t alive = 0;
    while (alive < settles.size() && settles[alive] > step) ++alive;
    return alive;
}

double BookLayout::life(const GridStep& step, std::size_t expiry) const {
    return std::max(expiry_time[expiry] - step.to, 1e-12);
}

BookLayout lay_out_book(const Scenario& scenario, const Grid& grid, Tables<double>& tables) {
    const auto& legs = scenario.book.options;
    BookLayout layout;
    std::map<std::size_t, std::vector<std::size_t>, std::greater<>> by_settlement;
    std::map<double, std::vector<std::size_t>, std::greater<>> beyond;
    for (std::size_t i = 0; i < legs.size(); ++i) {
        const std::size_t step = grid.step_ending_at(legs[i].expiry);
        if (step < grid.steps.size()) {
            by_settlement[step].push_back(i);
        } else {
            beyond[legs[i].expiry].push_back(i);
        }
    }
    for (const auto& [expiry, members] : beyond)
        add_expiry(scenario, members, expiry, grid.steps.size(), layout, tables);
    for (const auto& [step, members] : by_settlement)
        add_expiry(scenario, members, grid.steps[step].to, step, layout, tables);
    add_expiry_steps(scenario.market, grid, layout, tables);
    return layout;
}

}  // namespace hedgestorm::plan
