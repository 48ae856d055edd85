// SPDX-License-Identifier: Apache-2.0
#pragma once

// One copy of the tallies in ordinary memory, every array open to a test, and whether two copies
// hold the same.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::test {

template <class T>
bool same_bytes(const std::vector<T>& a, const std::vector<T>& b) {
    return a.size() == b.size() &&
           (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

struct HostTally {
    explicit HostTally(const TallyPlan& plan, bool shared = false)
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
          flagged(1),
          locks(shared ? plan.cell.size + plan.accounts + 1 : 0) {
        for (std::uint32_t c = 0; c < plan.cell.size; ++c) extremes[2 * c] = 0xffffffffu;
    }
    HostTally(HostTally&&) = default;
    HostTally& operator=(HostTally&&) = default;

    TallyView view() {
        return {bins.data(),         moments.data(), extremes.data(),
                clipped.data(),      tails.data(),   joint_excess.data(),
                joint_beyond.data(), worst.data(),   worst_count.data(),
                batch_paths.data(),  flagged.data(), locks.empty() ? nullptr : locks.data()};
    }

    /// What differs from the other copy, in words; empty if nothing does.
    std::vector<const char*> differences(const HostTally& other) const {
        std::vector<const char*> found;
        const auto compare = [&](const char* name, const auto& a, const auto& b) {
            if (!same_bytes(a, b)) found.push_back(name);
        };
        compare("bins", bins, other.bins);
        compare("moments", moments, other.moments);
        compare("extremes", extremes, other.extremes);
        compare("clipped", clipped, other.clipped);
        compare("tails", tails, other.tails);
        compare("joint excess", joint_excess, other.joint_excess);
        compare("joint counts", joint_beyond, other.joint_beyond);
        compare("paths per batch", batch_paths, other.batch_paths);
        compare("flagged paths", flagged, other.flagged);
        compare("number of worst paths", worst_count, other.worst_count);
        for (std::uint32_t a = 0; a < worst_count.size(); ++a) {
            if (worst_of(a) != other.worst_of(a)) found.push_back("worst paths");
        }
        return found;
    }

    /// An account's worst paths, worst first: the heap's own order is not part of its meaning.
    std::vector<std::pair<std::uint32_t, std::uint64_t>> worst_of(std::uint32_t account) const {
        const std::size_t room = worst.size() / worst_count.size();
        std::vector<std::pair<std::uint32_t, std::uint64_t>> paths;
        for (std::uint32_t i = 0; i < worst_count[account]; ++i) {
            const WorstPath& path = worst[account * room + i];
            paths.emplace_back(path.key, path.path);
        }
        std::sort(paths.begin(), paths.end());
        return paths;
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
    std::vector<std::uint32_t> locks;
};

}  // namespace hedgestorm::test
