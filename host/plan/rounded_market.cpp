// SPDX-License-Identifier: Apache-2.0

// The market's tables as an engine reads them: connected to the params, and in floats.

#include <type_traits>

#include "host/plan/market_tables.hpp"

namespace hedgestorm::plan {

template <class T>
void connect(const MarketTables<T>& tables, MarketParams<T>& params) {
    const auto view = [](const auto& v) {
        using Element = typename std::remove_cvref_t<decltype(v)>::value_type;
        return View<Element>{v.data(), static_cast<std::uint32_t>(v.size())};
    };
    params.heston.euler = view(tables.heston_euler);
    params.heston.quadexp = view(tables.heston_quadexp);
    params.jumps.beyond = view(tables.jumps_beyond);
    params.jumps.step = view(tables.jumps);
    params.hawkes.step = view(tables.hawkes);
    params.series.row = view(tables.series_row);
    params.series.bootstrap = view(tables.bootstrap);
    params.series.replay = view(tables.replay);
    params.momentum.step = view(tables.momentum);
    params.overlay = view(tables.overlay);
    params.overlay_step = view(tables.overlay_step);
    params.overlay_chance = view(tables.overlay_chance);
    params.conditions.step = view(tables.condition_step);
    params.conditions.overlay = view(tables.overlay_conditions);
    params.conditions.peg = view(tables.peg);
    params.regime.state = view(tables.regime_state);
    params.regime.step = view(tables.regime);
    params.regime.leave = view(tables.regime_leave);
    params.garch.mixing = view(tables.garch_mixing);
    params.garch.step = view(tables.garch);
    params.volatility = view(tables.volatility);
}

template void connect(const MarketTables<float>& tables, MarketParams<float>& params);
template void connect(const MarketTables<double>& tables, MarketParams<double>& params);

void round_market(const MarketTables<double>& from, const MarketParams<double>& params,
                  MarketTables<float>& to, MarketParams<float>& rounded) {
    const auto f = [](double x) { return static_cast<float>(x); };
    for (const auto& s : from.heston_euler) {
        to.heston_euler.push_back({f(s.reversion), f(s.noise), f(s.deviation), f(s.half_variance)});
    }
    for (const auto& s : from.heston_quadexp) {
        to.heston_quadexp.push_back({f(s.decay), f(s.level), f(s.spread), f(s.floor), f(s.slope),
                                     f(s.exponent), f(s.before), f(s.after), f(s.half_before),
                                     f(s.half_after), f(s.curvature), s.is_moving});
    }
    for (const double p : from.jumps_beyond) to.jumps_beyond.push_back(f(p));
    for (const auto& s : from.jumps) to.jumps.push_back({s.counts, f(s.from), f(s.to)});
    for (const auto& s : from.momentum)
        to.momentum.push_back({f(s.length), f(s.decay), f(s.noise)});
    const auto multiplier = [&](const OverlayMultiplier<double>& m) {
        return OverlayMultiplier<float>{f(m.excess), f(m.log2)};
    };
    for (const auto& o : from.overlay) {
        to.overlay.push_back({o.start, f(o.threshold), f(o.duration), f(o.ramp), f(o.rise),
                              f(o.end), f(o.fading), f(o.gap), f(o.speed), f(o.returned),
                              f(o.return_speed), f(o.drift), multiplier(o.realised),
                              multiplier(o.implied), multiplier(o.half_spread)});
    }
    for (const auto& s : from.overlay_step) to.overlay_step.push_back({f(s.keep), f(s.gain)});
    for (const double p : from.overlay_chance) to.overlay_chance.push_back(f(p));
    for (const auto& s : from.condition_step) {
        to.condition_step.push_back({f(s.half_spread), f(s.depth), f(s.latency), f(s.basis),
                                     f(s.funding), f(s.borrow), f(s.collateral), f(s.kept),
                                     f(s.recovery), s.is_open, s.fails});
    }
    for (const auto& o : from.overlay_conditions) {
        to.overlay_conditions.push_back({multiplier(o.depth), multiplier(o.latency), f(o.basis),
                                         f(o.funding), f(o.borrow), f(o.closed_until), f(o.kept),
                                         f(o.recovery), o.fails, o.peg_first, o.peg_end});
    }
    for (const auto& p : from.peg) to.peg.push_back({f(p.from), f(p.price), f(p.slope)});
    for (const auto& s : from.regime_state) {
        to.regime_state.push_back({f(s.volatility), f(s.half_variance), f(s.drift),
                                   f(s.compensation), f(s.half_spread), f(s.jump_mean),
                                   f(s.jump_deviation)});
    }
    for (const auto& s : from.regime) {
        to.regime.push_back({f(s.deviation), f(s.square), f(s.clock), f(s.length), s.leaves});
    }
    for (const double p : from.regime_leave) to.regime_leave.push_back(f(p));
    for (const auto& s : from.garch) {
        to.garch.push_back(
            {f(s.deviation), f(s.half_variance), f(s.share), s.period, s.opens, s.closes});
    }
    for (const double c : from.garch_mixing) to.garch_mixing.push_back(f(c));
    for (const auto& s : from.hawkes)
        to.hawkes.push_back({f(s.from), f(s.to), f(s.certain), s.opens});
    for (const double r : from.series_row) to.series_row.push_back(f(r));
    for (const auto& s : from.bootstrap)
        to.bootstrap.push_back({f(s.restart), f(s.scale), f(s.shift)});
    for (const auto& s : from.replay) to.replay.push_back({f(s.rows), f(s.fraction)});
    for (const double v : from.volatility) to.volatility.push_back(f(v));
    rounded.diffusion = params.diffusion;
    rounded.is_plain = params.is_plain;
    rounded.has_momentum = params.has_momentum;
    rounded.volatility_is_read = params.volatility_is_read;
    rounded.has_hawkes = params.has_hawkes;
    rounded.hawkes.initial_excess = f(params.hawkes.initial_excess);
    rounded.hawkes.wait = f(params.hawkes.wait);
    rounded.hawkes.kick = f(params.hawkes.kick);
    rounded.hawkes.decay = f(params.hawkes.decay);
    rounded.hawkes.lifetime = f(params.hawkes.lifetime);
    rounded.hawkes.compensator = f(params.hawkes.compensator);
    rounded.hawkes.mean = f(params.hawkes.mean);
    rounded.hawkes.deviation = f(params.hawkes.deviation);
    rounded.hawkes.most = params.hawkes.most;
    rounded.series.starts = params.series.starts;
    rounded.heston.initial = f(params.heston.initial);
    rounded.heston.long_run = f(params.heston.long_run);
    rounded.heston.correlation = f(params.heston.correlation);
    rounded.heston.orthogonal = f(params.heston.orthogonal);
    rounded.jumps.size = params.jumps.size;
    rounded.jumps.mean = f(params.jumps.mean);
    rounded.jumps.deviation = f(params.jumps.deviation);
    rounded.jumps.up_probability = f(params.jumps.up_probability);
    rounded.jumps.up = f(params.jumps.up);
    rounded.jumps.down = f(params.jumps.down);
    rounded.momentum.initial = f(params.momentum.initial);
    rounded.watched_variance = f(params.watched_variance);
    rounded.implied_on_path = params.implied_on_path;
    rounded.spread_on_path = params.spread_on_path;
    rounded.conditions.shifts_hedge = params.conditions.shifts_hedge;
    rounded.regime.initial = params.regime.initial;
    rounded.garch.initial = f(params.garch.initial);
    rounded.garch.omega = f(params.garch.omega);
    rounded.garch.alpha = f(params.garch.alpha);
    rounded.garch.beta = f(params.garch.beta);
    rounded.garch.alpha_after_fall = f(params.garch.alpha_after_fall);
    rounded.garch.mixing_scale = f(params.garch.mixing_scale);
    rounded.least_volatility = f(params.least_volatility);
    connect(to, rounded);
}

}  // namespace hedgestorm::plan
