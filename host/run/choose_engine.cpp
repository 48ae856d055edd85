// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include "hedgestorm/engine.hpp"
#include "host/run/run.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::run {

std::vector<std::string> choose_engines(const std::string& wanted) {
    const View<EngineOffer> offers = engine_offers();
    std::vector<std::string> chosen;
    std::string reason;
    std::string known = "auto, cuda";
    for (std::uint32_t i = 0; i < offers.size; ++i) {
        const EngineOffer& offer = offers[i];
        if (offer.name != std::string("cuda")) known += fmt::format(", {}", offer.name);
        const bool any_gpu = wanted == "cuda" || (wanted.starts_with("cuda:") && !offer.available);
        const bool named = wanted == offer.name || (any_gpu && offer.gpu);
        if (named && offer.available) chosen.emplace_back(offer.name);
        if (named && !offer.available) reason = offer.reason;
        if (wanted == "auto" && offer.available) {
            // Offers come widest last, GPUs after CPUs: a later one replaces the ones before, GPUs
            // join.
            const bool joins = offer.gpu && !chosen.empty() && chosen.front().starts_with("cuda");
            if (!joins) chosen.clear();
            chosen.emplace_back(offer.name);
        }
    }
    if (!chosen.empty()) return chosen;
    if (!reason.empty()) {
        throw EngineError(
            fmt::format("engine {} is not available: {} (use --engine auto)", wanted, reason));
    }
    throw UsageError(fmt::format("no engine is called \"{}\" (known: {})", escaped(wanted), known));
}

}  // namespace hedgestorm::run
