// SPDX-License-Identifier: Apache-2.0
#pragma once

// The driving noise of a path: standard normals addressed by purpose and position, never consumed.
//
// Normal j of the market stream moves rebalance interval j, whatever else happens on the grid.
// Where an event divides that interval, a Brownian bridge on a stream of its own splits the
// increment, so that the noise at the rebalance points stays what it was.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/box_muller.hpp"
#include "kernels/math/philox.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Streams of random numbers, one per purpose. Numbers are part of every result's meaning.
inline constexpr std::uint32_t market_stream = 0;
inline constexpr std::uint32_t bridge_stream = 1;
inline constexpr std::uint32_t variance_stream = 2;
inline constexpr std::uint32_t variance_bridge_stream = 3;
inline constexpr std::uint32_t variance_uniform_stream = 4;
inline constexpr std::uint32_t variance_piece_stream = 5;
inline constexpr std::uint32_t jump_number_stream = 6;
inline constexpr std::uint32_t momentum_stream = 7;
inline constexpr std::uint32_t jump_size_stream = 8;  ///< and every 256th after it
inline constexpr std::uint32_t block_restart_stream = 16;
inline constexpr std::uint32_t block_start_stream = 17;
inline constexpr std::uint32_t replay_start_stream = 18;
inline constexpr std::uint32_t hawkes_stream = 24;  ///< and every 256th after it

/// Element i by choice, not by address, so that a GPU thread keeps all four in registers.
template <class R>
HS_FN R pick(const R* four, std::uint32_t i) {
    return i < 2 ? (i == 0 ? four[0] : four[1]) : (i == 2 ? four[2] : four[3]);
}

/// A stream of normals, of which each is wanted once or a few times in a row.
template <class R, class Random>
class Normals {
  public:
    using Word = typename LaneTraits<R>::Word;

    HS_FN Normals(std::uint64_t seed, Word path_low, std::uint32_t path_high, std::uint32_t stream)
        : random_(seed, path_low, path_high, stream) {}

    HS_FN R at(std::uint32_t number) {
        if (number >> 2 != drawn_) {
            drawn_ = number >> 2;
            math::normals4(random_, drawn_, four_);
        }
        return pick(four_, number & 3u);
    }

  private:
    Random random_;
    R four_[4];
    std::uint32_t drawn_ = 0xffffffffu;
};

/// A stream of uniforms in (0, 1].
template <class R, class Random>
class Uniforms {
  public:
    using Word = typename LaneTraits<R>::Word;

    HS_FN Uniforms(std::uint64_t seed, Word path_low, std::uint32_t path_high, std::uint32_t stream)
        : random_(seed, path_low, path_high, stream) {}

    HS_FN R at(std::uint32_t number) {
        if (number >> 2 != drawn_) {
            drawn_ = number >> 2;
            Word words[4];
            random_.block(drawn_, words);
            HS_UNROLL
            for (int i = 0; i < 4; ++i) four_[i] = math::uniform<R>(word_bits<R>(words[i]));
        }
        return pick(four_, number & 3u);
    }

  private:
    Random random_;
    R four_[4];
    std::uint32_t drawn_ = 0xffffffffu;
};

/// A whole number in [0, count) from a random word, count at most 2^24: the upper half of count
/// times the word, the same in floats and doubles.
template <class R>
HS_FN R whole_below(std::uint32_t count, typename LaneTraits<R>::Word word) {
    typename LaneTraits<R>::Word high, low;
    wide_multiply(2 * count, word, high, low);
    return high_31_bits(word_bits<R>(high));
}

/// The normals that move a Brownian motion from grid time to grid time. Random draws the words of a
/// stream: math::Philox, or what gives the same on a device.
template <class R, class Random = math::Philox<typename LaneTraits<R>::Word>>
class Noise {
  public:
    using Word = typename LaneTraits<R>::Word;
    using T = typename LaneTraits<R>::Scalar;

    HS_FN Noise(std::uint64_t seed, Word path_low, std::uint32_t path_high,
                std::uint32_t whole = market_stream, std::uint32_t bridge = bridge_stream)
        : market_(seed, path_low, path_high, whole),
          bridge_(seed, path_low, path_high, bridge),
          remaining_(splat<R>(T(0))) {}

    /// Fills z[0, count) with the normals of steps [first, first + count); writes up to z[count +
    /// 2].
    HS_FN void draw(const PathParams<T>& params, std::uint32_t first, std::uint32_t count, R* z) {
        const StepParams<T>* step = params.step.data + first;
        std::uint32_t i = 0;
        while (i < count) {
            if (whole_block(step + i, count - i < 4 ? count - i : 4)) {
                math::normals4(market_, step[i].draw >> 2, z + i);
                i += 4;
            } else {
                z[i] = at(params, step[i]);
                ++i;
            }
        }
    }

    /// The same for a number of steps known to the compiler.
    template <std::uint32_t count>
    HS_FN void draw(const PathParams<T>& params, std::uint32_t first, Steps<count>, R* z) {
        const StepParams<T>* step = params.step.data + first;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; i += 4) {
            if (i + 4 <= count && whole_block(step + i, 4)) {
                math::normals4(market_, step[i].draw >> 2, z + i);
                continue;
            }
            HS_UNROLL
            for (std::uint32_t j = i; j < i + 4 && j < count; ++j) z[j] = at(params, step[j]);
        }
    }

  private:
    /// Whether n steps, at most four, use the normals of one Philox block in order. Intervals
    /// follow one another and only the pieces of a divided one share its number, so n numbers on n
    /// steps leave only the ends to be pieces.
    HS_FN static bool whole_block(const StepParams<T>* step, std::uint32_t n) {
        return (step[0].draw & 3u) == 0 && step[n - 1].draw == step[0].draw + n - 1 &&
               (step[0].split & step[n - 1].split) == no_split;
    }

    /// The standard normal of one step, wherever it stands in its Philox block.
    HS_FN R at(const PathParams<T>& params, const StepParams<T>& step) {
        const R whole = one(step.draw);
        return step.split == no_split ? whole : piece(params.split[step.split], whole);
    }

    /// Normal number `draw` of the market stream.
    HS_FN R one(std::uint32_t draw) {
        if (draw >> 2 != drawn_) {
            drawn_ = draw >> 2;
            math::normals4(market_, drawn_, four_);
        }
        return pick(four_, draw & 3u);
    }

    /// The standard normal of one piece of a divided interval whose whole normal is `whole`.
    HS_FN R piece(const SplitParams<T>& split, R whole) {
        if (split.root != T(0)) remaining_ = whole * split.root;
        R four[4];
        math::normals4(bridge_, split.draw >> 2, four);
        const R increment =
            fused(remaining_, splat<R>(split.share), pick(four, split.draw & 3u) * split.spread);
        remaining_ = remaining_ - increment;
        return increment * split.scale;
    }

    Random market_;
    Random bridge_;
    R remaining_;  ///< Brownian increment left in the divided interval [sqrt(years)]
    R four_[4];
    std::uint32_t drawn_ = 0xffffffffu;
};

}  // namespace hedgestorm::path
