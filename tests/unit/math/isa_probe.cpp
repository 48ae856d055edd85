// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/math/isa_probe.hpp"

#include "kernels/math/box_muller.hpp"
#include "kernels/math/normal.hpp"
#include "kernels/math/philox.hpp"

// HS_PROBE_ISA names the instruction set: a header of kernels/lanes and the namespace in it.
// Formatting would put spaces into the path.
#define HS_QUOTE(text) #text
// clang-format off
#define HS_LANES_HEADER(isa) HS_QUOTE(kernels/lanes/isa.hpp)
// clang-format on
#include HS_LANES_HEADER(HS_PROBE_ISA)

namespace hedgestorm::test::HS_PROBE_ISA {

using namespace lanes;

template <class R>
HS_FN R one_if(typename LaneTraits<R>::Mask mask) {
    using Scalar = typename LaneTraits<R>::Scalar;
    return select(mask, splat<R>(Scalar(1)), splat<R>(Scalar(0)));
}

/// Whether any and all agree with the mask's lanes.
template <class R>
HS_FN bool summaries_agree(typename LaneTraits<R>::Mask mask) {
    typename LaneTraits<R>::Scalar lane[LaneTraits<R>::width];
    store(lane, one_if<R>(mask));
    bool one = false;
    bool every = true;
    for (std::uint32_t i = 0; i < LaneTraits<R>::width; ++i) {
        one = one || lane[i] > 0;
        every = every && lane[i] > 0;
    }
    return any(mask) == one && all(mask) == every && all(!mask) == !one;
}

template <class R>
HS_FN R rounded_to_float(R a) {
    float narrow[LaneTraits<R>::width];
    typename LaneTraits<R>::Scalar wide[LaneTraits<R>::width];
    store_float(narrow, a);
    for (std::uint32_t i = 0; i < LaneTraits<R>::width; ++i) wide[i] = narrow[i];
    return load<R>(wide);
}

template <class R>
HS_FN R apply(Probe probe, R a, R b, R c, std::uint32_t first_path) {
    using Scalar = typename LaneTraits<R>::Scalar;
    using Bits = typename LaneTraits<R>::Bits;
    using Word = typename LaneTraits<R>::Word;
    constexpr int half_width = sizeof(Scalar) * 4;

    const math::Philox<Word> random(0x0123456789abcdefu, path_words<Word>(first_path), 77, 3);
    Word word[4];
    random.block(9, word);
    R normal[4];
    math::normals4(random, 9, normal);

    switch (probe) {
        case Probe::add:
            return a + b;
        case Probe::subtract:
            return a - b;
        case Probe::multiply:
            return a * b;
        case Probe::divide:
            return a / b;
        case Probe::negate:
            return -a;
        case Probe::fused:
            return fused(a, b, c);
        case Probe::fused_negated:
            return fused_negated(a, b, c);
        case Probe::square_root:
            return square_root(magnitude(a));
        case Probe::smaller:
            return smaller(a, b);
        case Probe::larger:
            return larger(a, b);
        case Probe::select_greater:
            return select(a > b, a, c);
        case Probe::select_less:
            return select(a < b, a, c);
        case Probe::select_not_less:
            return select(a >= b, a, c);
        case Probe::select_not_greater:
            return select(a <= b, a, c);
        case Probe::both:
            return one_if<R>((a > b) & (b > c));
        case Probe::either:
            return one_if<R>((a > b) | (b > c));
        case Probe::neither:
            return one_if<R>(!(a > b));
        case Probe::any_and_all:
            return splat<R>(summaries_agree<R>(a > b) ? Scalar(1) : Scalar(0));
        case Probe::constants:
            return select(a > Scalar(0), (Scalar(2) * a - Scalar(1)) / Scalar(4),
                          larger(Scalar(1) - a, splat<R>(Scalar(3))) + Scalar(1));
        case Probe::integers: {
            // Built so that the result is finite and no NaN: signs and mantissas only.
            constexpr Scalar one = 1;
            const Bits mantissa = Bits(math::RealFormat<Scalar>::mantissa_mask);
            const Bits mixed = ((bits(a) + bits(b)) ^ (bits(b) - bits(c))) & mantissa;
            return from_bits(mixed ^ bits(splat<R>(one)));
        }
        case Probe::shifts: {
            const Bits mantissa = Bits(math::RealFormat<Scalar>::mantissa_mask);
            const Bits mixed = shift_left<3>(bits(a)) ^ shift_right<half_width>(bits(b));
            return from_bits((mixed & mantissa) ^ bits(splat<R>(Scalar(1))));
        }
        case Probe::exponent:
            return exponent_as_real(bits(a));
        case Probe::round_to_float:
            return rounded_to_float(a);
        case Probe::word_high_31:
            return high_31_bits(word_bits<R>(word[0]));
        case Probe::word_low_30:
            return low_30_bits(word_bits<R>(word[1]));
        case Probe::word_bit_30:
            return one_if<R>(bit_30(word_bits<R>(word[2])));
        case Probe::word_flip_sign:
            return flip_sign_by_bit_31(a, word_bits<R>(word[3]));
        case Probe::exp2:
            return math::exp2_bounded(
                smaller(larger(a, splat<R>(Scalar(-100))), splat<R>(Scalar(100))));
        case Probe::exp:
            return math::exp(a);
        case Probe::log:
            return math::log(magnitude(a));
        case Probe::normal_cdf:
            return math::normal_cdf(a);
        case Probe::normal_pdf:
            return math::normal_pdf(a);
        case Probe::uniform:
            return math::uniform<R>(word_bits<R>(word[0]));
        case Probe::normal_0:
            return normal[0];
        case Probe::normal_1:
            return normal[1];
        case Probe::normal_2:
            return normal[2];
        case Probe::normal_3:
            return normal[3];
        case Probe::look_up: {
            const Scalar table[8] = {Scalar(0.5), Scalar(-3),  Scalar(1e-9), Scalar(7),
                                     Scalar(11),  Scalar(0.1), Scalar(-0.0), Scalar(1e30)};
            Word high, low;
            wide_multiply(16u, word[1], high, low);
            return look_up(table, high_31_bits(word_bits<R>(high)));
        }
        case Probe::count:
            break;
    }
    return a;
}

template <class R>
HS_FN void evaluate_lanes(Probe probe, const typename LaneTraits<R>::Scalar* const in[3],
                          typename LaneTraits<R>::Scalar* out, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; i += LaneTraits<R>::width) {
        store(out + i, apply(probe, load<R>(in[0] + i), load<R>(in[1] + i), load<R>(in[2] + i), i));
    }
}

void evaluate(Probe probe, const float* const in[3], float* out, std::uint32_t count) {
    evaluate_lanes<lanes::HS_PROBE_ISA::FloatLanes>(probe, in, out, count);
}

void evaluate(Probe probe, const double* const in[3], double* out, std::uint32_t count) {
    evaluate_lanes<lanes::HS_PROBE_ISA::DoubleLanes>(probe, in, out, count);
}

}  // namespace hedgestorm::test::HS_PROBE_ISA
