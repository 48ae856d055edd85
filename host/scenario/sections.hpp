// SPDX-License-Identifier: Apache-2.0
#pragma once

// The key table: every key of a scenario file, its type, range, unit, default and meaning, in the
// order the resolved text writes them.

#include "host/scenario/keys.hpp"
#include "host/scenario/spec.hpp"

namespace hedgestorm::scenario {

inline constexpr std::size_t longest_name = 200;
inline constexpr std::size_t most_legs = 4096;
inline constexpr std::size_t most_policies = 32;
inline constexpr std::size_t most_regimes = 8;
inline constexpr std::uint64_t most_paths = 1ull << 40;
inline constexpr std::uint64_t most_steps = 5'000'000;
inline constexpr std::size_t most_unscripted_stresses = 8;

void describe(Keys& keys, ScenarioSpec& scenario);
void describe(Keys& keys, SimulationSpec& simulation);
void describe(Keys& keys, SegmentSpec& segment);
void describe(Keys& keys, ClosedSpec& closed);
void describe(Keys& keys, MarketSpec& market);
void describe(Keys& keys, HestonSpec& heston);
void describe(Keys& keys, MertonSpec& merton);
void describe(Keys& keys, KouSpec& kou);
void describe(Keys& keys, HawkesSpec& hawkes);
void describe(Keys& keys, SeriesSpec& series);
void describe(Keys& keys, StretchSpec& stretch);
void describe(Keys& keys, BootstrapSpec& bootstrap);
void describe(Keys& keys, ReplaySpec& replay);
void describe(Keys& keys, MomentumSpec& momentum);
void describe(Keys& keys, RegimeSpec& regime);
void describe(Keys& keys, RegimeStateSpec& state);
void describe(Keys& keys, RegimeSwitchSpec& change);
void describe(Keys& keys, GarchSpec& garch);
void describe(Keys& keys, StressSpec& stress);
void describe(Keys& keys, WhenSpec& when);
void describe(Keys& keys, VenueFailureSpec& failure);
void describe(Keys& keys, BookSpec& book);
void describe(Keys& keys, OptionSpec& option);
void describe(Keys& keys, HedgeSpec& hedge);
void describe(Keys& keys, BasisSpec& basis);
void describe(Keys& keys, FundingSpec& funding);
void describe(Keys& keys, ProxySpec& proxy);
void describe(Keys& keys, PolicySpec& policy);
void describe(Keys& keys, CostsSpec& costs);
void describe(Keys& keys, RiskSpec& risk);

}  // namespace hedgestorm::scenario
