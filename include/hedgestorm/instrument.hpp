// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the hedge is made of, where that is not the underlying itself for cash: a perpetual future
// whose price strays from the spot, a correlated proxy, a borrowed short. Part of PathParams; T is
// float, or double for the reference precision. Made in double by host/plan, formulas in
// docs/model.md, "Hedge instrument".

#include <cstdint>

#include "hedgestorm/view.hpp"

namespace hedgestorm {

enum class InstrumentKind : std::uint8_t {
    spot,       ///< the underlying
    perpetual,  ///< S (1 + basis), nothing paid for it but funding
    proxy,      ///< a price of its own, correlated with S
};

enum class FundingModel : std::uint8_t {
    none,
    premium,         ///< average basis, interest and clamp: the formula of the exchanges
    mean_reverting,  ///< an Ornstein-Uhlenbeck process
    known,           ///< a rate for each funding time
};

/// state' = decay state + level + with_spot z + alone w: z the spot's own standard normal of the
/// step, w one that is independent of it. The state is the basis of a perpetual [fraction of S], or
/// log2(F/F_0) of a proxy.
template <class T>
struct InstrumentStep {
    T decay;
    T level;
    T with_spot;
    T alone;
};

/// One step of the average premium, and what is paid at its end.
template <class T>
struct FundingStep {
    T weight;             ///< of the step in its funding interval
    T known;              ///< rate, where each is known [fraction of notional]
    std::uint32_t stamp;  ///< number of the funding time at the end, from 1; 0: nothing is paid
};

/// Rates are per funding interval [fraction of notional]; the long side pays a positive one.
template <class T>
struct FundingParams {
    FundingModel model;
    T every;     ///< length of the interval [years]
    T interest;  ///< premium: I
    T clamp;     ///< premium: |I - P| counts up to this
    T cap;       ///< |rate| is at most this
    T initial;   ///< mean reverting: at t_0
    T decay;     ///< mean reverting: over a funding interval
    T level;     ///< mean reverting: mean (1 - decay)
    T noise;     ///< mean reverting: standard deviation of an interval's change
    View<FundingStep<T>> step;
};

template <class T>
struct InstrumentParams {
    InstrumentKind kind;
    bool costs_to_hold;  ///< funding of a perpetual, or a fee for borrowing anything else
    T price;             ///< F_0 [currency]
    T initial;           ///< state at t_0
    T financed;          ///< share of its price that is paid in cash: 1 or 0
    T sensitivity;       ///< proxy: log return of S that goes with one of F
    T borrow;            ///< fee on a short position [per year]
    View<InstrumentStep<T>> step;
    FundingParams<T> funding;
};

}  // namespace hedgestorm
