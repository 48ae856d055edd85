// SPDX-License-Identifier: Apache-2.0
#pragma once

// One copy of the tallies in vectors of a test's own, so that every array can be compared byte by
// byte.

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::test {

struct Tallies {
    explicit Tallies(const TallyPlan& plan)
        : bins(plan.bins),
          moments(std::size_t(plan.cell.size) * 4 * superaccumulator_limbs),
          extremes(std::size_t(plan.cell.size) * 2),
          clipped(plan.cell.size),
          tails(std::size_t(plan.accounts) * plan.levels),
          joint_excess(std::size_t(plan.pairs) * plan.levels * superaccumulator_limbs),
          joint_beyond(std::size_t(plan.pairs) * plan.levels),
          worst(std::size_t(plan.accounts) * plan.worst),
          worst_count(plan.accounts),
          batch_paths(tile_lanes),
          flagged(1) {
        for (std::size_t c = 0; c < plan.cell.size; ++c) extremes[2 * c] = 0xffffffffu;
    }

    TallyView view() {
        TallyView v{};
        v.bins = bins.data();
        v.moments = moments.data();
        v.extremes = extremes.data();
        v.clipped = clipped.data();
        v.tails = tails.data();
        v.joint_excess = joint_excess.data();
        v.joint_beyond = joint_beyond.data();
        v.worst = worst.data();
        v.worst_count = worst_count.data();
        v.batch_paths = batch_paths.data();
        v.flagged = flagged.data();
        return v;
    }

    std::vector<std::uint64_t> bins;
    std::vector<std::int64_t> moments;
    std::vector<std::uint32_t> extremes;
    std::vector<std::uint64_t> clipped;
    std::vector<TailCell> tails;
    std::vector<std::int64_t> joint_excess;
    std::vector<std::uint64_t> joint_beyond;
    std::vector<WorstPath> worst;
    std::vector<std::uint32_t> worst_count;
    std::vector<std::uint64_t> batch_paths;
    std::vector<std::uint64_t> flagged;
};

template <class T>
bool same_bytes(const std::vector<T>& a, const std::vector<T>& b) {
    return a.size() == b.size() &&
           (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

/// Names of the arrays that differ, empty if every byte is the same.
inline std::string differing(const Tallies& a, const Tallies& b) {
    std::string names;
    const auto compare = [&](const char* name, bool same) {
        if (!same) names += std::string(names.empty() ? "" : ", ") + name;
    };
    compare("bins", same_bytes(a.bins, b.bins));
    compare("moments", same_bytes(a.moments, b.moments));
    compare("extremes", same_bytes(a.extremes, b.extremes));
    compare("clipped", same_bytes(a.clipped, b.clipped));
    compare("tails", same_bytes(a.tails, b.tails));
    compare("joint_excess", same_bytes(a.joint_excess, b.joint_excess));
    compare("joint_beyond", same_bytes(a.joint_beyond, b.joint_beyond));
    compare("worst", same_bytes(a.worst, b.worst));
    compare("worst_count", same_bytes(a.worst_count, b.worst_count));
    compare("batch_paths", same_bytes(a.batch_paths, b.batch_paths));
    compare("flagged", same_bytes(a.flagged, b.flagged));
    return names;
}

}  // namespace hedgestorm::test
