// SPDX-License-Identifier: Apache-2.0
#pragma once

// Enough of CUDA to run a kernel on threads of the CPU, block after block: every thread of a block
// is a thread, and what a warp does together it does at a barrier. Slow, and only for kernels that
// use what is here; it shows that a kernel's arithmetic and cooperation are right where there is no
// GPU. Include before any .cuh.

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#define __global__
#define __device__
#define __shared__ static
#define __grid_constant__
#define __launch_bounds__(...)

namespace hedgestorm::test {

/// Lets nobody on until all have come.
class Meeting {
  public:
    explicit Meeting(unsigned members) : members_(members) {}
    void wait() {
        const unsigned round = round_.load();
        if (come_.fetch_add(1) + 1 == members_) {
            come_ = 0;
            round_.fetch_add(1);
            return;
        }
        while (round_.load() == round) std::this_thread::yield();
    }

  private:
    unsigned members_;
    std::atomic<unsigned> come_ = 0;
    std::atomic<unsigned> round_ = 0;
};

/// Threads that exchange values at a meeting.
struct Group {
    explicit Group(unsigned members) : meeting(members), value(members) {}
    Meeting meeting;
    std::vector<std::uint64_t> value;
};

struct Place {
    unsigned x = 0, y = 0, z = 0;
};
struct Threads {
    Place thread, block, block_size, grid_size;
    Group* warp = nullptr;
    Group* whole = nullptr;
};
inline thread_local Threads here;

/// Every member puts a value; every member gets what `look` makes of them all.
template <class Look>
auto together(Group& group, unsigned member, std::uint64_t mine, const Look& look) {
    group.value[member] = mine;
    group.meeting.wait();
    const auto seen = look(group.value);
    group.meeting.wait();
    return seen;
}
template <class Look>
auto in_warp(std::uint64_t mine, const Look& look) {
    return together(*here.warp, here.thread.x % 32, mine, look);
}

/// Runs kernel(arguments...) as a launch of grid x grid_y blocks would.
template <class... Parameters, class... Arguments>
void run_blocks(void (*kernel)(Parameters...), Place grid, unsigned threads,
                const Arguments&... arguments) {
    for (unsigned y = 0; y < grid.y; ++y) {
        for (unsigned x = 0; x < grid.x; ++x) {
            Group whole(threads);
            std::vector<std::unique_ptr<Group>> warps;
            for (unsigned w = 0; w < threads / 32; ++w)
                warps.push_back(std::make_unique<Group>(32));
            std::vector<std::thread> members;
            for (unsigned t = 0; t < threads; ++t) {
                members.emplace_back([&, t] {
                    here = {{t, 0, 0}, {x, y, 0},           {threads, 1, 1},
                            grid,      warps[t / 32].get(), &whole};
                    kernel(arguments...);
                });
            }
            for (std::thread& member : members) member.join();
        }
    }
}

}  // namespace hedgestorm::test

#define threadIdx (::hedgestorm::test::here.thread)
#define blockIdx (::hedgestorm::test::here.block)
#define blockDim (::hedgestorm::test::here.block_size)
#define gridDim (::hedgestorm::test::here.grid_size)

inline unsigned long long atomicAdd(unsigned long long* to, unsigned long long amount) {
    return __atomic_fetch_add(to, amount, __ATOMIC_RELAXED);
}
inline std::uint32_t atomicAdd(std::uint32_t* to, std::uint32_t amount) {
    return __atomic_fetch_add(to, amount, __ATOMIC_RELAXED);
}
inline void atomicMin(std::uint32_t* to, std::uint32_t value) {
    std::uint32_t known = __atomic_load_n(to, __ATOMIC_RELAXED);
    while (value < known && !__atomic_compare_exchange_n(to, &known, value, true, __ATOMIC_RELAXED,
                                                         __ATOMIC_RELAXED)) {
    }
}
inline void atomicMax(std::uint32_t* to, std::uint32_t value) {
    std::uint32_t known = __atomic_load_n(to, __ATOMIC_RELAXED);
    while (value > known && !__atomic_compare_exchange_n(to, &known, value, true, __ATOMIC_RELAXED,
                                                         __ATOMIC_RELAXED)) {
    }
}

inline std::uint32_t __float_as_uint(float x) {
    return std::bit_cast<std::uint32_t>(x);
}
inline int __popc(unsigned x) {
    return std::popcount(x);
}
inline int __ffs(int x) {
    return __builtin_ffs(x);
}

inline void __syncthreads() {
    ::hedgestorm::test::here.whole->meeting.wait();
}
inline int __syncthreads_or(int mine) {
    using namespace hedgestorm::test;
    return together(*here.whole, here.thread.x, static_cast<std::uint64_t>(mine != 0),
                    [](const auto& all) {
                        int any = 0;
                        for (const std::uint64_t v : all) any |= static_cast<int>(v);
                        return any;
                    });
}
inline unsigned __ballot_sync(unsigned, bool mine) {
    return hedgestorm::test::in_warp(mine ? 1 : 0, [](const auto& all) {
        unsigned mask = 0;
        for (std::size_t l = 0; l < all.size(); ++l) mask |= static_cast<unsigned>(all[l]) << l;
        return mask;
    });
}
inline bool __all_sync(unsigned, bool mine) {
    return __ballot_sync(0, mine) == 0xffffffffu;
}
inline std::uint32_t __shfl_sync(unsigned, std::uint32_t mine, int from) {
    return hedgestorm::test::in_warp(mine, [&](const auto& all) {
        return static_cast<std::uint32_t>(all[static_cast<std::size_t>(from)]);
    });
}
inline std::uint64_t shuffled_down(std::uint64_t mine, unsigned by) {
    const unsigned lane = hedgestorm::test::here.thread.x % 32;
    return hedgestorm::test::in_warp(
        mine, [&](const auto& all) { return lane + by < 32 ? all[lane + by] : mine; });
}
inline double __shfl_down_sync(unsigned, double mine, unsigned by) {
    return std::bit_cast<double>(shuffled_down(std::bit_cast<std::uint64_t>(mine), by));
}
inline std::uint32_t __shfl_down_sync(unsigned, std::uint32_t mine, unsigned by) {
    return static_cast<std::uint32_t>(shuffled_down(mine, by));
}
inline std::uint32_t __reduce_add_sync(unsigned, std::uint32_t mine) {
    return hedgestorm::test::in_warp(mine, [](const auto& all) {
        std::uint32_t sum = 0;
        for (const std::uint64_t v : all) sum += static_cast<std::uint32_t>(v);
        return sum;
    });
}
inline std::uint32_t __reduce_min_sync(unsigned, std::uint32_t mine) {
    return hedgestorm::test::in_warp(mine, [](const auto& all) {
        std::uint64_t low = 0xffffffffu;
        for (const std::uint64_t v : all) low = v < low ? v : low;
        return static_cast<std::uint32_t>(low);
    });
}
inline std::uint32_t __reduce_max_sync(unsigned, std::uint32_t mine) {
    return hedgestorm::test::in_warp(mine, [](const auto& all) {
        std::uint64_t high = 0;
        for (const std::uint64_t v : all) high = v > high ? v : high;
        return static_cast<std::uint32_t>(high);
    });
}
