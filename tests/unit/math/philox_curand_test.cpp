// SPDX-License-Identifier: Apache-2.0
//
// Compiled only where the CUDA toolkit's headers are: cuRAND's own generator, run on the host.

// cuRAND's functions are __device__ unless this says otherwise.
#define QUALIFIERS static inline
#include <curand_kernel.h>
#include <gtest/gtest.h>

#include "kernels/math/philox.hpp"

namespace hedgestorm::math {
namespace {

TEST(PhiloxCurand, SameWordsAsCurand) {
    for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{0x0123456789abcdefu}}) {
        for (const std::uint64_t path :
             {std::uint64_t{0}, std::uint64_t{12345}, std::uint64_t{0xffffffffu},
              std::uint64_t{0x100000000u}, std::uint64_t{0x7654321089u}}) {
            for (const std::uint64_t stream : {0u, 1u, 7u}) {
                const Philox<std::uint32_t> random(seed, static_cast<std::uint32_t>(path),
                                                   static_cast<std::uint32_t>(path >> 32),
                                                   static_cast<std::uint32_t>(stream));
                curandStatePhilox4_32_10_t state;
                curand_init(seed, path, stream << 34, &state);
                for (std::uint32_t block = 0; block < 50; ++block) {
                    std::uint32_t words[4];
                    random.block(block, words);
                    const uint4 expected = curand4(&state);
                    ASSERT_EQ(words[0], expected.x);
                    ASSERT_EQ(words[1], expected.y);
                    ASSERT_EQ(words[2], expected.z);
                    ASSERT_EQ(words[3], expected.w);
                }
                curand_init(seed, path, (stream << 34) + 4 * std::uint64_t{1000003}, &state);
                std::uint32_t words[4];
                random.block(1000003, words);
                ASSERT_EQ(words[2], curand4(&state).z);
            }
        }
    }
}

}  // namespace
}  // namespace hedgestorm::math
