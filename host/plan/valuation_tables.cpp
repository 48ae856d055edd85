// SPDX-License-Identifier: Apache-2.0

#include "host/plan/valuation_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/plan/black_scholes.hpp"
#include "host/plan/expected_variance.hpp"

namespace hedgestorm::plan {

using scenario::Valuation;
using scenario::ValuationKind;

namespace {

constexpr double ln_2 = std::numbers::ln2;

}  // namespace

SliceStep<double> Valuations::slice(std::size_t step, std::size_t expiry, double volatility) const {
    const auto& market = scenario_.market;
    const double root = std::sqrt(layout_.life(grid_.steps[step], expiry));
    return {
        ln_2 / (volatility * root),
        ((market.rate - market.dividend_yield) + 0.5 * volatility * volatility) * root / volatility,
        volatility * root};
}

template <class VolatilityOf>
std::uint32_t Valuations::add_by_leg(bool by_side, const VolatilityOf& volatility_of) {
    std::vector<std::pair<std::size_t, const scenario::OptionLeg*>> slices;  // expiry, a leg of it
    std::vector<std::uint32_t> of;
    for (std::size_t e = 0; e < tables_.expiry.size(); ++e) {
        for (std::uint32_t o = tables_.expiry[e].first; o < tables_.expiry[e].end; ++o) {
            const scenario::OptionLeg& leg = *layout_.legs[o];
            const auto found = std::find_if(slices.begin(), slices.end(), [&](const auto& slice) {
                const scenario::OptionLeg& other = *slice.second;
                const bool one_side = (leg.quantity < 0.0) == (other.quantity < 0.0);
                return slice.first == e && other.implied_volatility == leg.implied_volatility &&
                       (one_side || !by_side);
            });
            of.push_back(static_cast<std::uint32_t>(found - slices.begin()));
            if (found == slices.end()) slices.emplace_back(e, &leg);
        }
    }
    std::vector<SliceStep<double>> table;
    table.reserve(grid_.steps.size() * slices.size());
    for (std::size_t i = 0; i < grid_.steps.size(); ++i) {
        const double m = script_.implied_multiplier(grid_.steps[i].to);
        for (const auto& [expiry, leg] : slices)
            table.push_back(slice(i, expiry, volatility_of(*leg, m)));
    }
    return add_slices(std::move(table), std::move(of), slices.size());
}

void Valuations::add_mark() {
    add_by_leg(false,
               [](const scenario::OptionLeg& leg, double m) { return leg.implied_volatility * m; });
}

template <class VolatilityAt>
std::uint32_t Valuations::add_flat(const VolatilityAt& volatility_at) {
    std::vector<std::uint32_t> of;
    for (std::size_t e = 0; e < tables_.expiry.size(); ++e) {
        of.insert(of.end(), tables_.expiry[e].end - tables_.expiry[e].first,
                  static_cast<std::uint32_t>(e));
    }
    std::vector<SliceStep<double>> table;
    for (std::size_t i = 0; i < grid_.steps.size(); ++i) {
        for (std::size_t e = 0; e < layout_.expiries(); ++e) {
            table.push_back(slice(i, e, volatility_at(i, e)));
        }
    }
    return add_slices(std::move(table), std::move(of), layout_.expiries());
}

std::uint32_t Valuations::add_slices(std::vector<SliceStep<double>> table,
                                     std::vector<std::uint32_t> of, std::size_t slices) {
    ValuationParams<double> valuation{};
    valuation.source = ValuationSource::slices;
    valuation.slices = static_cast<std::uint32_t>(slices);
    return append(valuation, std::move(table), std::move(of), {}, {});
}

std::uint32_t Valuations::append(const ValuationParams<double>& valuation,
                                 std::vector<SliceStep<double>> table,
                                 std::vector<std::uint32_t> of, std::vector<double> keep,
                                 std::vector<double> gain) {
    tables_.valuation.push_back(valuation);
    tables_.slices.push_back(std::move(table));
    tables_.slice_of.push_back(std::move(of));
    tables_.keep.push_back(std::move(keep));
    tables_.gain.push_back(std::move(gain));
    tables_.expected.emplace_back();
    return static_cast<std::uint32_t>(tables_.valuation.size() - 1);
}

std::uint32_t Valuations::add_realised(const Valuation& wanted) {
    std::vector<double> keep;
    std::vector<double> gain;
    for (const GridStep& g : grid_.steps) {
        const double time = (g.to - g.from) * g.variance_weight;
        const double k = std::exp2(-time / wanted.half_life);
        keep.push_back(k);
        gain.push_back(time > 0.0 ? (1.0 - k) / time * ln_2 * ln_2 : 0.0);
    }
    ValuationParams<double> valuation{};
    valuation.source = ValuationSource::realised;
    const double volatility = total_volatility(scenario_.market);
    valuation.initial_variance = volatility * volatility;
    const double floor = std::max(wanted.floor, least_volatility);
    valuation.floor_variance = floor * floor;
    return append(valuation, {}, {}, std::move(keep), std::move(gain));
}

std::uint32_t Valuations::add_expected() {
    std::vector<std::vector<MeanVariance>> mean;  // per expiry, from t_0 on
    for (const double expiry : layout_.expiry_time)
        mean.push_back(expected_variance(scenario_, grid_, script_, expiry));
    if (!scenario_.market.heston) {
        return add_flat([&](std::size_t i, std::size_t e) {
            return std::max(std::sqrt(mean[e][i + 1].known), least_volatility);
        });
    }
    ValuationParams<double> valuation{};
    valuation.source = ValuationSource::expected;
    tables_.params.market.volatility_is_read = true;
    valuation.floor_variance = least_volatility * least_volatility;
    const std::uint32_t index = append(valuation, {}, {}, {}, {});
    for (std::size_t i = 0; i < grid_.steps.size(); ++i) {
        // The path knows m sqrt(v), not v.
        const double m = script_.realised_multiplier(grid_.steps[i].to);
        for (const auto& of_expiry : mean) {
            const MeanVariance& at = of_expiry[i + 1];
            tables_.expected.back().push_back({at.known, at.per_variance / (m * m)});
        }
    }
    return index;
}

double Valuations::initial_volatility(const scenario::OptionLeg& leg,
                                      const Valuation& wanted) const {
    const scenario::Market& market = scenario_.market;
    switch (wanted.kind) {
        case ValuationKind::implied:
            return leg.implied_volatility;
        case ValuationKind::number:
            return wanted.volatility;
        case ValuationKind::realised:
            return std::max(total_volatility(market), wanted.floor);
        case ValuationKind::instantaneous:
            break;
        case ValuationKind::expected: {
            const double v = market.heston ? market.heston->initial_variance : 0.0;
            const MeanVariance mean =
                expected_variance(scenario_, grid_, script_, leg.expiry).front();
            return std::max(std::sqrt(mean.known + mean.per_variance * v), least_volatility);
        }
    }
    return std::max(diffusive_volatility(market), least_volatility);
}

template <class VolatilityOf>
double Valuations::sum_of_deltas(const VolatilityOf& volatility_of) const {
    const scenario::Market& market = scenario_.market;
    double delta = 0.0;
    for (const scenario::OptionLeg& leg : scenario_.book.options) {
        delta += leg.quantity * leg.multiplier *
                 black_scholes(leg.kind, market.spot, leg.strike, leg.expiry, volatility_of(leg),
                               market.rate, market.dividend_yield)
                     .delta;
    }
    return delta;
}

double Valuations::initial_delta(const InitialBook& book, const Valuation& wanted,
                                 double scale) const {
    if (wanted.kind == ValuationKind::implied && scale == 1.0) return book.delta;
    return sum_of_deltas(
        [&](const scenario::OptionLeg& leg) { return initial_volatility(leg, wanted) * scale; });
}

double Valuations::initial_delta(const Valuation& wanted, const Leland& leland) const {
    return sum_of_deltas([&](const scenario::OptionLeg& leg) {
        return leland.volatility(initial_volatility(leg, wanted), leg.quantity);
    });
}

/// Whether a stress that is not scripted changes the market's volatility on the path.
static bool rescales_volatility(const scenario::Scenario& scenario) {
    return std::any_of(scenario.stresses.begin(), scenario.stresses.end(), [](const auto& stress) {
        return stress.start != scenario::StressStart::at_time &&
               stress.realised_volatility_multiplier != 1.0;
    });
}

bool Valuations::is_volatility_on_path() const {
    return has_volatility_of_its_own(scenario_.market) || rescales_volatility(scenario_);
}

std::uint32_t Valuations::index_of(const Valuation& wanted, const Leland& leland) {
    const std::pair<Valuation, double> key = {wanted, leland.addition};
    for (const auto& [known, index] : known_leland_)
        if (known == key) return index;
    const bool is_number = wanted.kind == ValuationKind::number;
    const std::uint32_t index = add_by_leg(true, [&](const scenario::OptionLeg& leg, double m) {
        return leland.volatility(is_number ? wanted.volatility : leg.implied_volatility * m,
                                 leg.quantity);
    });
    known_leland_.emplace_back(key, index);
    return index;
}

std::uint32_t Valuations::index_of(const Valuation& wanted) {
    if (wanted.kind == ValuationKind::implied) return 0;
    for (const auto& [known, index] : known_) {
        if (known.kind == wanted.kind && known.volatility == wanted.volatility &&
            known.half_life == wanted.half_life && known.floor == wanted.floor) {
            return index;
        }
    }
    std::uint32_t index = 0;
    if (wanted.kind == ValuationKind::realised) {
        index = add_realised(wanted);
    } else if (wanted.kind == ValuationKind::number) {
        index = add_flat([&](std::size_t, std::size_t) { return wanted.volatility; });
    } else if (wanted.kind == ValuationKind::expected) {
        index = add_expected();
    } else if (is_volatility_on_path()) {
        ValuationParams<double> valuation{};
        valuation.source = ValuationSource::instantaneous;
        tables_.params.market.volatility_is_read = true;
        index = append(valuation, {}, {}, {}, {});
    } else {
        index = add_flat([&](std::size_t i, std::size_t) {
            return scenario_.market.volatility * script_.realised_multiplier(grid_.steps[i].to);
        });
    }
    known_.emplace_back(wanted, index);
    return index;
}

}  // namespace hedgestorm::plan
