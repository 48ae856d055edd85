// SPDX-License-Identifier: Apache-2.0
#pragma once

// Streams of random numbers, one per purpose. A number is addressed by its place in its stream,
// never consumed: number n is word n mod 4 of Philox block n / 4.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/box_muller.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Part of every result's meaning.
inline constexpr std::uint32_t market_stream = 0;
inline constexpr std::uint32_t bridge_stream = 1;
inline constexpr std::uint32_t variance_stream = 2;
inline constexpr std::uint32_t variance_bridge_stream = 3;
inline constexpr std::uint32_t variance_uniform_stream = 4;
inline constexpr std::uint32_t variance_piece_stream = 5;
inline constexpr std::uint32_t jump_number_stream = 6;
inline constexpr std::uint32_t momentum_stream = 7;
inline constexpr std::uint32_t instrument_stream = 10;
inline constexpr std::uint32_t instrument_bridge_stream = 11;
inline constexpr std::uint32_t funding_stream = 12;
inline constexpr std::uint32_t regime_stream = 16;
inline constexpr std::uint32_t garch_mixing_stream = 17;
inline constexpr std::uint32_t block_restart_stream = 18;
inline constexpr std::uint32_t block_start_stream = 19;
inline constexpr std::uint32_t replay_start_stream = 20;
inline constexpr std::uint32_t hawkes_stream = 24;    ///< and every 256th after it
inline constexpr std::uint32_t overlay_stream = 9;    ///< and every 256th after it
inline constexpr std::uint32_t jump_size_stream = 8;  ///< and every 256th after it

/// Element i by choice, not by address, so that a GPU thread keeps all of them in registers.
template <class R>
HS_FN R pick(const R* four, std::uint32_t i) {
    return i < 2 ? (i == 0 ? four[0] : four[1]) : (i == 2 ? four[2] : four[3]);
}

/// A whole number in [0, count) from a random word, count at most 2^24: the upper half of count
/// times the word, the same in floats and doubles.
template <class R>
HS_FN R whole_below(std::uint32_t count, typename LaneTraits<R>::Word word) {
    typename LaneTraits<R>::Word high, low;
    wide_multiply(2 * count, word, high, low);
    return high_31_bits(word_bits<R>(high));
}

/// What a block of words becomes.
struct AsNormals {
    template <class R>
    HS_FN static void make(const typename LaneTraits<R>::Word words[4], R out[4]) {
        math::normals_from_words(words, out);
    }
};
struct AsUniforms {  ///< in (0, 1]
    template <class R>
    HS_FN static void make(const typename LaneTraits<R>::Word words[4], R out[4]) {
        HS_UNROLL
        for (int i = 0; i < 4; ++i) out[i] = math::uniform<R>(word_bits<R>(words[i]));
    }
};

/// A stream of numbers, of which steps want one each, that of their rebalance interval.
template <class R, class Random, class As>
class Draws {
  public:
    using Word = typename LaneTraits<R>::Word;
    using T = typename LaneTraits<R>::Scalar;

    HS_FN Draws(std::uint64_t seed, Word path_low, std::uint32_t path_high, std::uint32_t stream)
        : random_(seed, path_low, path_high, stream) {}

    HS_FN void block(std::uint32_t number, R out[4]) const {
        Word words[4];
        random_.block(number, words);
        As::template make<R>(words, out);
    }

    /// One number, which is wanted a few times in a row, or the next ones after it.
    HS_FN R at(std::uint32_t number) {
        if (number >> 2 != drawn_) {
            drawn_ = number >> 2;
            block(drawn_, four_);
        }
        return pick(four_, number & 3u);
    }

    /// One number by itself, so that a GPU thread carries none along.
    HS_FN R alone(std::uint32_t number) const {
        R four[4];
        block(number >> 2, four);
        return pick(four, number & 3u);
    }

    /// Fills out[0, count) with the numbers of consecutive steps; writes up to out[count + 2].
    HS_FN void draw(const StepParams<T>* step, std::uint32_t count, R* out) {
        std::uint32_t i = 0;
        while (i < count) {
            if (follow(step + i, count - i < 4 ? count - i : 4)) {
                block(step[i].draw >> 2, out + i);
                i += 4;
            } else {
                out[i] = at(step[i].draw);
                ++i;
            }
        }
    }

    /// The same for a number of steps known to the compiler. Numbers rise by at most one a step, so
    /// four steps want no more than two blocks.
    template <std::uint32_t count>
    HS_FN void draw(const StepParams<T>* step, Steps<count>, R* out) {
        static_assert(count == 1 || count % 4 == 0);
        if constexpr (count == 1) {
            out[0] = alone(step[0].draw);
        } else {
            HS_UNROLL
            for (std::uint32_t i = 0; i < count; i += 4) four_steps(step + i, out + i);
        }
    }

  private:
    /// Whether n steps, at most four, use the first n numbers of one block in order.
    HS_FN static bool follow(const StepParams<T>* step, std::uint32_t n) {
        return (step[0].draw & 3u) == 0 && step[n - 1].draw == step[0].draw + n - 1;
    }

    HS_FN void four_steps(const StepParams<T>* step, R* out) const {
        const std::uint32_t first = step[0].draw >> 2;
        R four[4];
        block(first, four);
        if (follow(step, 4)) {
            HS_UNROLL
            for (int j = 0; j < 4; ++j) out[j] = four[j];
            return;
        }
        R next[4] = {four[0], four[1], four[2], four[3]};
        if (step[3].draw >> 2 != first) block(first + 1, next);
        HS_UNROLL
        for (int j = 0; j < 4; ++j) {
            const std::uint32_t word = step[j].draw & 3u;
            out[j] = step[j].draw >> 2 == first ? pick(four, word) : pick(next, word);
        }
    }

    Random random_;
    R four_[4];
    std::uint32_t drawn_ = 0xffffffffu;
};

template <class R, class Random>
using Normals = Draws<R, Random, AsNormals>;
template <class R, class Random>
using Uniforms = Draws<R, Random, AsUniforms>;

}  // namespace hedgestorm::path
