// SPDX-License-Identifier: Apache-2.0

#include "kernels/launch/pack_plan.hpp"

#include <cstring>

namespace hedgestorm::launch {
namespace {

constexpr std::size_t alignment = 16;

/// Lays tables one after another; without an image it only measures.
class Packer {
  public:
    Packer(void* image, const void* copy)
        : image_(static_cast<char*>(image)), copy_(static_cast<const char*>(copy)) {}

    /// Copies a table; `written` receives its place in the image, if there is an image.
    template <class T>
    View<T> put(const View<T>& table, T** written = nullptr) {
        const std::size_t at = used_;
        const std::size_t bytes = table.size * sizeof(T);
        used_ += (bytes + alignment - 1) / alignment * alignment;
        if (image_ == nullptr) return {};
        if (bytes > 0) std::memcpy(image_ + at, table.data, bytes);
        if (written != nullptr) *written = reinterpret_cast<T*>(image_ + at);
        return {reinterpret_cast<const T*>(copy_ + at), table.size};
    }

    bool writes() const { return image_ != nullptr; }
    std::size_t used() const { return used_; }

  private:
    char* image_;
    const char* copy_;
    std::size_t used_ = 0;
};

template <class T>
MarketParams<T> put(const MarketParams<T>& market, Packer& packer) {
    MarketParams<T> packed = market;
    packed.heston.euler = packer.put(market.heston.euler);
    packed.heston.quadexp = packer.put(market.heston.quadexp);
    packed.jumps.beyond = packer.put(market.jumps.beyond);
    packed.jumps.step = packer.put(market.jumps.step);
    packed.hawkes.step = packer.put(market.hawkes.step);
    packed.series.row = packer.put(market.series.row);
    packed.series.bootstrap = packer.put(market.series.bootstrap);
    packed.series.replay = packer.put(market.series.replay);
    packed.momentum.step = packer.put(market.momentum.step);
    packed.overlay = packer.put(market.overlay);
    packed.overlay_step = packer.put(market.overlay_step);
    packed.overlay_chance = packer.put(market.overlay_chance);
    packed.conditions.step = packer.put(market.conditions.step);
    packed.conditions.overlay = packer.put(market.conditions.overlay);
    packed.conditions.peg = packer.put(market.conditions.peg);
    packed.regime.state = packer.put(market.regime.state);
    packed.regime.step = packer.put(market.regime.step);
    packed.regime.leave = packer.put(market.regime.leave);
    packed.garch.mixing = packer.put(market.garch.mixing);
    packed.garch.step = packer.put(market.garch.step);
    packed.volatility = packer.put(market.volatility);
    return packed;
}

template <class T>
PathParams<T> put(const PathParams<T>& params, Packer& packer) {
    PathParams<T> packed = params;
    packed.market = put(params.market, packer);
    packed.instrument.step = packer.put(params.instrument.step);
    packed.instrument.funding.step = packer.put(params.instrument.funding.step);
    packed.step = packer.put(params.step);
    packed.split = packer.put(params.split);
    packed.option = packer.put(params.option);
    packed.expiry = packer.put(params.expiry);
    packed.expiry_step = packer.put(params.expiry_step);
    packed.account = packer.put(params.account);
    packed.row = packer.put(params.row);
    ValuationParams<T>* valuations = nullptr;
    packed.valuation = packer.put(params.valuation, &valuations);
    for (std::uint32_t v = 0; v < params.valuation.size; ++v) {
        ValuationParams<T> valuation = params.valuation[v];
        valuation.table = packer.put(valuation.table);
        valuation.slice = packer.put(valuation.slice);
        valuation.keep = packer.put(valuation.keep);
        valuation.gain = packer.put(valuation.gain);
        valuation.expected = packer.put(valuation.expected);
        if (packer.writes()) valuations[v] = valuation;
    }
    TargetParams<T>* targets = nullptr;
    packed.target = packer.put(params.target, &targets);
    for (std::uint32_t t = 0; t < params.target.size; ++t) {
        TargetParams<T> target = params.target[t];
        target.width.step = packer.put(target.width.step);
        if (packer.writes()) targets[t] = target;
    }
    return packed;
}

PackedPlan put(const PlanView& plan, Packer& packer) {
    PackedPlan packed{};
    packed.is_single = plan.single != nullptr;
    if (packed.is_single) {
        packed.single = put(*plan.single, packer);
    } else {
        packed.reference = put(*plan.reference, packer);
    }
    packed.tally = plan.tally;
    packed.tally.cell = packer.put(plan.tally.cell);
    packed.tally.pnl_row = packer.put(plan.tally.pnl_row);
    packed.tally.threshold = packer.put(plan.tally.threshold);
    return packed;
}

}  // namespace

std::size_t packed_bytes(const PlanView& plan) {
    Packer measure(nullptr, nullptr);
    put(plan, measure);
    return measure.used();
}

PackedPlan pack(const PlanView& plan, void* image, const void* copy) {
    Packer packer(image, copy);
    return put(plan, packer);
}

}  // namespace hedgestorm::launch
