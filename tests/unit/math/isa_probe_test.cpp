// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/math/isa_probe.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <type_traits>
#include <vector>

#include "tests/support/require.hpp"

namespace hedgestorm::test {
namespace {

template <class Scalar>
struct Inputs {
    std::vector<Scalar> a, b, c;

    void add(Scalar x, Scalar y, Scalar z) {
        a.push_back(x);
        b.push_back(y);
        c.push_back(z);
    }
};

/// Ordinary numbers of all sizes, then groups of lanes in which one, all or no a is above b.
template <class Scalar>
Inputs<Scalar> ordinary() {
    Inputs<Scalar> inputs;
    std::mt19937_64 random(20240501);
    std::normal_distribution<double> normal;
    for (int i = 0; i < 8192; ++i) {
        const double size = std::exp2(std::uniform_int_distribution<int>(-20, 5)(random));
        inputs.add(static_cast<Scalar>(normal(random) * size), static_cast<Scalar>(normal(random)),
                   static_cast<Scalar>(normal(random) * size));
    }
    for (std::uint32_t odd_one = 0; odd_one <= probe_multiple; ++odd_one) {
        for (const Scalar sign : {Scalar(1), Scalar(-1)}) {
            for (std::uint32_t i = 0; i < probe_multiple; ++i) {
                inputs.add(sign * (i == odd_one ? Scalar(2) : Scalar(1)), sign * Scalar(1.5),
                           Scalar(1));
            }
        }
    }
    return inputs;
}

/// Every triple of signed zeros, infinities, not-a-number and neighbours of one.
template <class Scalar>
Inputs<Scalar> special() {
    using Limits = std::numeric_limits<Scalar>;
    const Scalar values[] = {Scalar(0),
                             -Scalar(0),
                             Limits::infinity(),
                             -Limits::infinity(),
                             Limits::quiet_NaN(),
                             Scalar(1),
                             Scalar(1) + Limits::epsilon(),
                             Scalar(-1)};
    Inputs<Scalar> inputs;
    for (const Scalar x : values) {
        for (const Scalar y : values) {
            for (const Scalar z : values) inputs.add(x, y, z);
        }
    }
    return inputs;
}

bool only_compares_or_copies(Probe probe) {
    return probe == Probe::negate || (probe >= Probe::smaller && probe <= Probe::any_and_all) ||
           probe == Probe::word_flip_sign;
}

template <class Scalar, class Evaluate>
std::vector<Scalar> outputs(Evaluate evaluate, Probe probe, const Inputs<Scalar>& inputs) {
    const Scalar* const in[3] = {inputs.a.data(), inputs.b.data(), inputs.c.data()};
    std::vector<Scalar> out(inputs.a.size());
    EXPECT_EQ(out.size() % probe_multiple, 0u);
    evaluate(probe, in, out.data(), static_cast<std::uint32_t>(out.size()));
    return out;
}

template <class Scalar, class Evaluate>
void expect_scalar_bits(Evaluate evaluate) {
    using Bits = std::conditional_t<sizeof(Scalar) == 4, std::uint32_t, std::uint64_t>;
    const auto by_scalar = [](auto... all) { scalar::evaluate(all...); };
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(Probe::count); ++i) {
        const auto probe = static_cast<Probe>(i);
        for (const bool use_special : {false, true}) {
            if (use_special && !only_compares_or_copies(probe)) continue;
            const auto inputs = use_special ? special<Scalar>() : ordinary<Scalar>();
            const auto expected = outputs<Scalar>(by_scalar, probe, inputs);
            const auto actual = outputs<Scalar>(evaluate, probe, inputs);
            std::size_t different = 0;
            for (std::size_t j = 0; j < expected.size(); ++j) {
                Bits x, y;
                std::memcpy(&x, &expected[j], sizeof x);
                std::memcpy(&y, &actual[j], sizeof y);
                if (x != y && different++ == 0) {
                    ADD_FAILURE() << "operation " << i << ", element " << j << ": scalar "
                                  << expected[j] << ", here " << actual[j] << " from "
                                  << inputs.a[j] << ", " << inputs.b[j] << ", " << inputs.c[j];
                }
            }
            EXPECT_EQ(different, 0u) << "operation " << i;
        }
    }
}

#if defined(__x86_64__)

bool has_avx2() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

bool has_avx512() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

TEST(InstructionSets, Avx2GivesTheBitsOfScalarInFloat) {
    if (!has_avx2()) HS_SKIP_OR_FAIL("avx2", "this processor lacks it");
    expect_scalar_bits<float>([](auto... all) { avx2::evaluate(all...); });
}

TEST(InstructionSets, Avx2GivesTheBitsOfScalarInDouble) {
    if (!has_avx2()) HS_SKIP_OR_FAIL("avx2", "this processor lacks it");
    expect_scalar_bits<double>([](auto... all) { avx2::evaluate(all...); });
}

TEST(InstructionSets, Avx512GivesTheBitsOfScalarInFloat) {
    if (!has_avx512()) HS_SKIP_OR_FAIL("avx512", "this processor lacks it");
    expect_scalar_bits<float>([](auto... all) { avx512::evaluate(all...); });
}

TEST(InstructionSets, Avx512GivesTheBitsOfScalarInDouble) {
    if (!has_avx512()) HS_SKIP_OR_FAIL("avx512", "this processor lacks it");
    expect_scalar_bits<double>([](auto... all) { avx512::evaluate(all...); });
}

#endif

/// A sum over all operations' outputs that any changed bit changes (FNV-1a).
template <class Scalar>
std::uint64_t digest() {
    std::uint64_t hash = 0xcbf29ce484222325u;
    const auto inputs = special<Scalar>();  // the words and normals depend on path numbers only
    const auto by_scalar = [](auto... all) { scalar::evaluate(all...); };
    for (const Probe probe :
         {Probe::uniform, Probe::normal_0, Probe::normal_1, Probe::normal_2, Probe::normal_3}) {
        for (const Scalar value : outputs<Scalar>(by_scalar, probe, inputs)) {
            unsigned char bytes[sizeof(Scalar)];
            std::memcpy(bytes, &value, sizeof value);
            for (const unsigned char byte : bytes) hash = (hash ^ byte) * 0x100000001b3u;
        }
    }
    return hash;
}

// Results kept in files rest on these normals: a change here changes every result, and is news.
TEST(InstructionSets, NormalsKeepTheirRecordedBits) {
    EXPECT_EQ(digest<float>(), 0xe77ec36b80821c46u);
    EXPECT_EQ(digest<double>(), 0xad16596d96a6184cu);
}

TEST(InstructionSets, AnyAndAllAgreeWithTheLanes) {
    const auto by_scalar = [](auto... all) { scalar::evaluate(all...); };
    for (const float one : outputs<float>(by_scalar, Probe::any_and_all, ordinary<float>())) {
        ASSERT_EQ(one, 1.0f);
    }
}

}  // namespace
}  // namespace hedgestorm::test
