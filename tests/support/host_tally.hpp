// SPDX-License-Identifier: Apache-2.0
#pragma once

// One copy of the tallies in ordinary memory, and whether two copies hold the same.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::test {

class HostTally {
  public:
    explicit HostTally(const TallyPlan& plan, bool shared = false)
        : plan_(plan),
          bins_(plan.bins),
          moments_(std::size_t(plan.cell.size) * 4 * superaccumulator_limbs),
          extremes_(std::size_t(plan.cell.size) * 2),
          clipped_(plan.cell.size),
          tails_(std::size_t(plan.accounts) * plan.levels),
          joint_excess_(std::size_t(plan.pairs) * plan.levels * superaccumulator_limbs),
          joint_beyond_(std::size_t(plan.pairs) * plan.levels),
          worst_(std::size_t(plan.accounts) * plan.worst),
          worst_count_(plan.accounts),
          batch_paths_(tile_lanes),
          flagged_(1),
          locks_(shared ? plan.cell.size + plan.accounts + 1 : 0) {
        for (std::uint32_t c = 0; c < plan.cell.size; ++c) extremes_[2 * c] = 0xffffffffu;
    }
    HostTally(const HostTally&) = delete;
    HostTally& operator=(const HostTally&) = delete;

    TallyView view() {
        return {bins_.data(),         moments_.data(), extremes_.data(),
                clipped_.data(),      tails_.data(),   joint_excess_.data(),
                joint_beyond_.data(), worst_.data(),   worst_count_.data(),
                batch_paths_.data(),  flagged_.data(), locks_.empty() ? nullptr : locks_.data()};
    }

    /// What differs from the other copy, in words; empty if nothing does.
    std::vector<const char*> differences(const HostTally& other) const {
        std::vector<const char*> found;
        const auto compare = [&](const char* name, const auto& a, const auto& b) {
            const std::size_t bytes = a.size() * sizeof(a[0]);
            if (a.size() != b.size() || (bytes > 0 && std::memcmp(a.data(), b.data(), bytes) != 0))
                found.push_back(name);
        };
        compare("bins", bins_, other.bins_);
        compare("moments", moments_, other.moments_);
        compare("extremes", extremes_, other.extremes_);
        compare("clipped", clipped_, other.clipped_);
        compare("tails", tails_, other.tails_);
        compare("joint excess", joint_excess_, other.joint_excess_);
        compare("joint counts", joint_beyond_, other.joint_beyond_);
        compare("paths per batch", batch_paths_, other.batch_paths_);
        compare("flagged paths", flagged_, other.flagged_);
        compare("number of worst paths", worst_count_, other.worst_count_);
        for (std::uint32_t a = 0; a < plan_.accounts; ++a) {
            if (worst(a) != other.worst(a)) found.push_back("worst paths");
        }
        return found;
    }

    /// An account's worst paths, worst first: the heap's own order is not part of its meaning.
    std::vector<std::pair<std::uint32_t, std::uint64_t>> worst(std::uint32_t account) const {
        std::vector<std::pair<std::uint32_t, std::uint64_t>> paths;
        for (std::uint32_t i = 0; i < worst_count_[account]; ++i) {
            const WorstPath& path = worst_[std::size_t(account) * plan_.worst + i];
            paths.emplace_back(path.key, path.path);
        }
        std::sort(paths.begin(), paths.end());
        return paths;
    }

  private:
    TallyPlan plan_;
    std::vector<std::uint64_t> bins_;
    std::vector<std::int64_t> moments_;
    std::vector<std::uint32_t> extremes_;
    std::vector<std::uint64_t> clipped_;
    std::vector<TailCell> tails_;
    std::vector<std::int64_t> joint_excess_;
    std::vector<std::uint64_t> joint_beyond_;
    std::vector<WorstPath> worst_;
    std::vector<std::uint32_t> worst_count_;
    std::vector<std::uint64_t> batch_paths_;
    std::vector<std::uint64_t> flagged_;
    std::vector<std::uint32_t> locks_;
};

}  // namespace hedgestorm::test
