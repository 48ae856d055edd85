// SPDX-License-Identifier: Apache-2.0

#include "host/plan/tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "host/plan/black_scholes.hpp"
#include "host/plan/stress.hpp"

namespace hedgestorm::plan {
namespace {

using scenario::OptionLeg;
using scenario::Policy;
using scenario::Scenario;
using scenario::Valuation;
using scenario::ValuationKind;

constexpr double log2_e = std::numbers::log2e;
constexpr double ln_2 = std::numbers::ln2;

/// Below any volatility that matters; keeps a division by the realised volatility finite.
constexpr double least_volatility = 1e-4;

/// Far beyond any position; a limit that does not limit.
constexpr double no_limit = 1e37;

double finite_limit(double limit) {
    return std::clamp(limit, -no_limit, no_limit);
}

class TableMaker {
  public:
    TableMaker(const Scenario& scenario, const Grid& grid, InitialBook& book)
        : scenario_(scenario),
          grid_(grid),
          script_(scenario),
          book_(book),
          tables_(std::make_unique<Tables<double>>()) {}

    std::unique_ptr<Tables<double>> make() {
        lay_out_options();
        steps();
        expiry_steps();
        mark();
        initial_book();
        for (const Policy& policy : scenario_.policies) account(policy);
        constants();
        connect(*tables_);
        return std::move(tables_);
    }

  private:
    /// Legs with one expiry together, latest expiry first.
    void lay_out_options() {
        const auto& legs = scenario_.book.options;
        std::map<std::size_t, std::vector<std::size_t>, std::greater<>> by_settlement;
        std::map<double, std::vector<std::size_t>, std::greater<>> beyond;
        for (std::size_t i = 0; i < legs.size(); ++i) {
            const std::size_t step = grid_.step_ending_at(legs[i].expiry);
            if (step < grid_.steps.size()) {
                by_settlement[step].push_back(i);
            } else {
                beyond[legs[i].expiry].push_back(i);
            }
        }
        for (const auto& [expiry, members] : beyond)
            add_expiry(members, expiry, grid_.steps.size());
        for (const auto& [step, members] : by_settlement)
            add_expiry(members, grid_.steps[step].to, step);
    }

    void add_expiry(const std::vector<std::size_t>& members, double time, std::size_t settles) {
        ExpiryParams<double> expiry{};
        expiry.first = static_cast<std::uint32_t>(legs_.size());
        for (const std::size_t i : members) {
            const OptionLeg& leg = scenario_.book.options[i];
            const double weight = leg.quantity * leg.multiplier;
            const bool put = leg.kind == scenario::OptionKind::put;
            tables_->option.push_back({std::log2(leg.strike / scenario_.market.spot), leg.strike,
                                       weight, weight * leg.strike, put ? -1.0 : 1.0});
            legs_.push_back(&leg);
            if (put) {
                expiry.put_weight += weight;
                expiry.put_strike_weight += weight * leg.strike;
            }
        }
        expiry.end = static_cast<std::uint32_t>(legs_.size());
        tables_->expiry.push_back(expiry);
        expiry_time_.push_back(time);
        settles_.push_back(settles);
    }

    std::uint32_t alive_after(std::size_t step) const {
        std::uint32_t alive = 0;
        while (alive < settles_.size() && settles_[alive] > step) ++alive;
        return alive;
    }

    void steps() {
        const auto& market = scenario_.market;
        const double horizon = scenario_.simulation.horizon;
        const double mu = market.drift ? *market.drift : market.rate - market.dividend_yield;
        const auto& costs = scenario_.hedges.front().costs;
        for (std::size_t i = 0; i < grid_.steps.size(); ++i) {
            const GridStep& g = grid_.steps[i];
            const double length = g.to - g.from;
            const double variance = market.volatility * market.volatility * g.variance_weight *
                                    script_.realised_square_integral(g.from, g.to);
            StepParams<double> step{};
            step.drift = (mu * length - 0.5 * variance + script_.log_move(g.from, g.to)) * log2_e;
            step.volatility = std::sqrt(variance) * log2_e;
            step.growth = std::expm1(market.rate * length);
            step.dividend = std::expm1(market.dividend_yield * length);
            step.compound = std::exp(market.rate * (horizon - g.to));
            step.half_spread = costs.half_spread * script_.half_spread_multiplier(g.to);
            step.unit_cost = step.half_spread + costs.fee;
            step.weight = length / horizon;
            step.length = length;
            const double implied_before = script_.implied_multiplier(g.from);
            step.implied_change = script_.implied_multiplier(g.to) / implied_before - 1.0;
            step.next_weight = i + 1 < grid_.steps.size()
                                   ? (grid_.steps[i + 1].to - grid_.steps[i + 1].from) / horizon
                                   : 0.0;
            step.draw = g.draw;
            step.split = g.piece < 0 ? no_split : static_cast<std::uint32_t>(g.piece);
            step.rebalance = g.rebalance;
            step.alive = alive_after(i);
            tables_->step.push_back(step);
        }
        for (const Piece& piece : grid_.pieces) {
            tables_->split.push_back(
                {piece.root, piece.share, piece.spread, piece.scale, piece.draw});
        }
    }

    /// Remaining life of an expiry at the end of a step; a settled one gets any positive life.
    double life(std::size_t step, std::size_t expiry) const {
        return std::max(expiry_time_[expiry] - grid_.steps[step].to, 1e-12);
    }

    void expiry_steps() {
        const auto& market = scenario_.market;
        for (std::size_t i = 0; i < grid_.steps.size(); ++i) {
            for (std::size_t e = 0; e < expiry_time_.size(); ++e) {
                const double tau = life(i, e);
                const double root = std::sqrt(tau);
                tables_->expiry_step.push_back({std::exp(-market.dividend_yield * tau),
                                                std::exp(-market.rate * tau), ln_2 / root,
                                                (market.rate - market.dividend_yield) * root,
                                                0.5 * root, 1.0 / tau});
            }
        }
    }

    SliceStep<double> slice(std::size_t step, std::size_t expiry, double volatility) const {
        const auto& market = scenario_.market;
        const double root = std::sqrt(life(step, expiry));
        return {ln_2 / (volatility * root),
                ((market.rate - market.dividend_yield) + 0.5 * volatility * volatility) * root /
                    volatility,
                volatility * root};
    }

    /// The mark: each leg at its implied volatility; legs with one expiry and volatility share a
    /// slice.
    void mark() {
        std::vector<std::pair<std::size_t, double>> slices;  // expiry, volatility
        std::vector<std::uint32_t> of;
        for (std::size_t e = 0; e < tables_->expiry.size(); ++e) {
            for (std::uint32_t o = tables_->expiry[e].first; o < tables_->expiry[e].end; ++o) {
                const std::pair<std::size_t, double> key = {e, legs_[o]->implied_volatility};
                const auto found = std::find(slices.begin(), slices.end(), key);
                of.push_back(static_cast<std::uint32_t>(found - slices.begin()));
                if (found == slices.end()) slices.push_back(key);
            }
        }
        std::vector<SliceStep<double>> table;
        table.reserve(grid_.steps.size() * slices.size());
        for (std::size_t i = 0; i < grid_.steps.size(); ++i) {
            const double m = script_.implied_multiplier(grid_.steps[i].to);
            for (const auto& [expiry, volatility] : slices)
                table.push_back(slice(i, expiry, volatility * m));
        }
        add_valuation(std::move(table), std::move(of), slices.size());
    }

    /// Every leg at one known volatility, a function of time.
    template <class VolatilityAt>
    std::uint32_t flat_valuation(const VolatilityAt& volatility_at) {
        std::vector<std::uint32_t> of;
        for (std::size_t e = 0; e < tables_->expiry.size(); ++e) {
            of.insert(of.end(), tables_->expiry[e].end - tables_->expiry[e].first,
                      static_cast<std::uint32_t>(e));
        }
        std::vector<SliceStep<double>> table;
        for (std::size_t i = 0; i < grid_.steps.size(); ++i) {
            for (std::size_t e = 0; e < expiry_time_.size(); ++e) {
                table.push_back(slice(i, e, volatility_at(grid_.steps[i])));
            }
        }
        return add_valuation(std::move(table), std::move(of), expiry_time_.size());
    }

    std::uint32_t add_valuation(std::vector<SliceStep<double>> table, std::vector<std::uint32_t> of,
                                std::size_t slices) {
        ValuationParams<double> valuation{};
        valuation.source = ValuationSource::slices;
        valuation.slices = static_cast<std::uint32_t>(slices);
        return append(valuation, std::move(table), std::move(of), {}, {});
    }

    std::uint32_t append(const ValuationParams<double>& valuation,
                         std::vector<SliceStep<double>> table, std::vector<std::uint32_t> of,
                         std::vector<double> keep, std::vector<double> gain) {
        tables_->valuation.push_back(valuation);
        tables_->slices.push_back(std::move(table));
        tables_->slice_of.push_back(std::move(of));
        tables_->keep.push_back(std::move(keep));
        tables_->gain.push_back(std::move(gain));
        return static_cast<std::uint32_t>(tables_->valuation.size() - 1);
    }

    /// EWMA of squared returns per unit of market time: closed time without variance does not age
    /// it.
    std::uint32_t realised_valuation(const Valuation& wanted) {
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
        valuation.initial_variance = scenario_.market.volatility * scenario_.market.volatility;
        const double floor = std::max(wanted.floor, least_volatility);
        valuation.floor_variance = floor * floor;
        return append(valuation, {}, {}, std::move(keep), std::move(gain));
    }

    /// The valuation a policy asks for, made once for all that ask for the same.
    std::uint32_t valuation_of(const Valuation& wanted) {
        if (wanted.kind == ValuationKind::implied) return 0;
        for (const auto& [known, index] : valuations_) {
            if (known.kind == wanted.kind && known.volatility == wanted.volatility &&
                known.half_life == wanted.half_life && known.floor == wanted.floor) {
                return index;
            }
        }
        std::uint32_t index = 0;
        if (wanted.kind == ValuationKind::realised) {
            index = realised_valuation(wanted);
        } else if (wanted.kind == ValuationKind::number) {
            index = flat_valuation([&](const GridStep&) { return wanted.volatility; });
        } else {
            index = flat_valuation([&](const GridStep& g) {
                return scenario_.market.volatility * script_.realised_multiplier(g.to);
            });
        }
        valuations_.emplace_back(wanted, index);
        return index;
    }

    BlackScholes greeks(const OptionLeg& leg, double volatility) const {
        return black_scholes(leg.kind, scenario_.market.spot, leg.strike, leg.expiry, volatility,
                             scenario_.market.rate, scenario_.market.dividend_yield);
    }

    void initial_book() {
        const double spot = scenario_.market.spot;
        double gamma = 0.0;
        double model_value = 0.0;
        for (const OptionLeg& leg : scenario_.book.options) {
            const double units = leg.quantity * leg.multiplier;
            const BlackScholes at = greeks(leg, leg.implied_volatility);
            book_.value += units * at.value;
            book_.delta += units * at.delta;
            gamma += units * at.gamma;
            book_.vega += units * at.vega * 0.01;
            book_.theta += units * at.theta / scenario_.simulation.days_per_year;
            book_.gross_units += std::abs(units);
            model_value += units * greeks(leg, scenario_.market.volatility).value;
        }
        book_.dollar_gamma = gamma * spot * spot / 100.0;
        book_.gross_notional = book_.gross_units * spot;
        switch (scenario_.book.premium) {
            case scenario::Premium::mark:
                book_.premium = -book_.value;
                break;
            case scenario::Premium::model:
                book_.premium = -model_value;
                break;
            case scenario::Premium::none:
                book_.premium = 0.0;
                break;
            case scenario::Premium::amount:
                book_.premium = scenario_.book.premium_amount;
                break;
        }
    }

    /// The delta a policy sees at t_0.
    double initial_delta(const Valuation& wanted) const {
        if (wanted.kind == ValuationKind::implied) return book_.delta;
        double volatility = scenario_.market.volatility;
        if (wanted.kind == ValuationKind::number) volatility = wanted.volatility;
        if (wanted.kind == ValuationKind::realised) volatility = std::max(volatility, wanted.floor);
        double delta = 0.0;
        for (const OptionLeg& leg : scenario_.book.options) {
            delta += leg.quantity * leg.multiplier * greeks(leg, volatility).delta;
        }
        return delta;
    }

    std::uint32_t target_of(const Policy& policy) {
        const TargetParams<double> wanted = {valuation_of(policy.valuation), -policy.hedge_ratio,
                                             finite_limit(policy.min_position),
                                             finite_limit(policy.max_position)};
        for (std::size_t t = 0; t < tables_->target.size(); ++t) {
            const auto& known = tables_->target[t];
            if (known.valuation == wanted.valuation && known.ratio == wanted.ratio &&
                known.low == wanted.low && known.high == wanted.high) {
                return static_cast<std::uint32_t>(t);
            }
        }
        tables_->target.push_back(wanted);
        return static_cast<std::uint32_t>(tables_->target.size() - 1);
    }

    void set_rule(const Policy& policy, AccountParams<double>& account) const {
        const bool dollar = policy.half_width_unit == scenario::HalfWidthUnit::dollar;
        const bool edge = policy.rebalance_to == scenario::RebalanceTo::edge;
        account.every = 1;
        switch (policy.rule) {
            case scenario::Rule::none:
            case scenario::Rule::static_:
                account.rule = Rule::hold;
                break;
            case scenario::Rule::interval:
                account.rule = Rule::interval;
                account.every = policy.every;
                break;
            case scenario::Rule::band:
                account.rule = dollar ? (edge ? Rule::dollar_band_to_edge : Rule::dollar_band)
                                      : (edge ? Rule::band_to_edge : Rule::band);
                account.threshold = policy.half_width;
                if (policy.half_width_unit == scenario::HalfWidthUnit::relative) {
                    account.threshold *= book_.gross_units;
                }
                break;
            case scenario::Rule::price_move:
                account.rule = Rule::price_move;
                account.threshold = policy.price_move * log2_e;
                break;
        }
    }

    /// A policy's rule, and its account after the initial trade.
    void account(const Policy& policy) {
        const double spot = scenario_.market.spot;
        const auto& costs = scenario_.hedges.front().costs;
        AccountParams<double> account{};
        set_rule(policy, account);
        account.unwind = policy.final == scenario::FinalMode::unwind;
        account.target = target_of(policy);
        const TargetParams<double>& wanted = tables_->target[account.target];
        const double target =
            std::clamp(initial_delta(policy.valuation) * wanted.ratio, wanted.low, wanted.high);
        switch (policy.initial) {
            case scenario::InitialMode::trade:
                account.held = policy.rule == scenario::Rule::none ? 0.0 : target;
                if (account.held != 0.0) {
                    account.turnover = std::abs(account.held) * spot;
                    account.spread_cost = account.turnover * costs.half_spread;
                    account.fee_cost = account.turnover * costs.fee;
                    account.fixed_cost = costs.fixed;
                    account.trades = 1.0;
                }
                break;
            case scenario::InitialMode::in_place:
                account.held = policy.rule == scenario::Rule::none ? 0.0 : target;
                break;
            case scenario::InitialMode::units:
                account.held = policy.initial_units;
                break;
        }
        account.after_trade = book_.delta + account.held;
        book_.initial_hedge.push_back(account.held);
        tables_->account.push_back(account);
    }

    void constants() {
        const auto& market = scenario_.market;
        PathParams<double>& p = tables_->params;
        p.seed = scenario_.simulation.seed;
        p.spot = market.spot;
        p.premium = book_.premium;
        p.initial_value = book_.value;
        p.fee = scenario_.hedges.front().costs.fee;
        p.fixed = scenario_.hedges.front().costs.fixed;
        p.first_weight =
            (grid_.steps.front().to - grid_.steps.front().from) / scenario_.simulation.horizon;
        p.entry_compound = std::exp(market.rate * scenario_.simulation.horizon);
        p.exit_spread_vol = scenario_.book.exit_half_spread_vol;
        p.rate = market.rate;
        p.dividend_yield = market.dividend_yield;
        p.initial_delta = book_.delta;
        p.initial_gamma = book_.dollar_gamma * 100.0 / (market.spot * market.spot);
        p.initial_theta = book_.theta * scenario_.simulation.days_per_year;
        for (const OptionLeg& leg : scenario_.book.options) {
            p.initial_relative_vega += leg.quantity * leg.multiplier *
                                       greeks(leg, leg.implied_volatility).vega *
                                       leg.implied_volatility;
        }
        p.explain = scenario_.risk.explain;
        p.carry = market.rate != 0.0 || market.dividend_yield != 0.0;
        p.value_at_end = !settles_.empty() && settles_.front() == grid_.steps.size();
        p.columns = scenario_.risk.explain ? ColumnSet::all
                                           : static_cast<ColumnSet>(scenario_.risk.outcomes);
        p.steps = static_cast<std::uint32_t>(grid_.steps.size());
    }

    const Scenario& scenario_;
    const Grid& grid_;
    StressScript script_;
    InitialBook& book_;
    std::unique_ptr<Tables<double>> tables_;
    std::vector<const OptionLeg*> legs_;  ///< in the order of tables_->option
    std::vector<double> expiry_time_;     ///< per expiry [years]
    std::vector<std::size_t>
        settles_;  ///< per expiry: step at whose end it settles; steps.size(): never
    std::vector<std::pair<Valuation, std::uint32_t>> valuations_;
};

}  // namespace

std::unique_ptr<Tables<double>> make_tables(const Scenario& scenario, const Grid& grid,
                                            InitialBook& book) {
    return TableMaker(scenario, grid, book).make();
}

}  // namespace hedgestorm::plan
