// SPDX-License-Identifier: Apache-2.0
#include "kernels/math/philox.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <array>
#include <random>

namespace hedgestorm::math {
namespace {

using Words = std::array<std::uint32_t, 4>;

/// Our words for a counter and a key written as Random123 writes them.
Words words(Words counter, std::array<std::uint32_t, 2> key) {
    const std::uint64_t seed = key[0] | std::uint64_t{key[1]} << 32;
    const Philox<std::uint32_t> random(seed, counter[2], counter[3], counter[1]);
    Words out;
    random.block(counter[0], out.data());
    return out;
}

// Random123, tests/kat_vectors, "philox4x32 10"; the last two computed with an independent program.
TEST(Philox, GivesTheKnownAnswers) {
    EXPECT_EQ(words({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(words({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
              (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(words({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
    EXPECT_EQ(words({1, 0, 0, 0}, {0, 0}), (Words{0xf8e4cca4, 0x5cb200db, 0xb1a574eb, 0x097eff67}));
    EXPECT_EQ(words({0, 0, 0, 0}, {42, 0}),
              (Words{0x9ceaf053, 0x77f5493b, 0x12bf50ad, 0x5742b3d7}));
}

TEST(Philox, GivesTheWordsOfRandom123) {
    std::mt19937 random(7);
    const auto any = [&random] { return static_cast<std::uint32_t>(random()); };
    for (int i = 0; i < 20000; ++i) {
        const Words counter = {any(), any(), any(), any()};
        const std::array<std::uint32_t, 2> key = {any(), any()};
        const r123::Philox4x32::ctr_type at = {{counter[0], counter[1], counter[2], counter[3]}};
        const r123::Philox4x32::key_type by = {{key[0], key[1]}};
        const auto expected = r123::Philox4x32()(at, by);
        ASSERT_EQ(words(counter, key), (Words{expected[0], expected[1], expected[2], expected[3]}));
    }
}

}  // namespace
}  // namespace hedgestorm::math
