// SPDX-License-Identifier: Apache-2.0
#pragma once

// Random words that are a function of position: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, Parallel
// Random Numbers: As Easy as 1, 2, 3, SC11, section 3.3). Takes seed, path, stream and block, gives
// four words. The counter is {block, stream, path low, path high} and the key the seed, which is
// cuRAND's layout: block b of stream s is curand_init(seed, path, (s << 34) + 4 b), then curand4.

#include <cstdint>

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::math {

using namespace lanes;

/// The words of one stream of the paths in Word.
///
/// Block and stream are the same for all paths and the path the same for all blocks, so half of the
/// first two of ten rounds is ordinary scalar arithmetic and the other half is done once per path.
template <class Word>
class Philox {
  public:
    HS_FN Philox(std::uint64_t seed, Word path_low, std::uint32_t path_high, std::uint32_t stream)
        : key_low_(static_cast<std::uint32_t>(seed)),
          key_high_(static_cast<std::uint32_t>(seed >> 32)),
          path_high_(path_high) {
        Word high;
        wide_multiply(multiplier_1, path_low, high, round_1_low_);
        const Word left = high ^ Word(stream ^ key_low_);
        wide_multiply(multiplier_0, left, round_2_high_, round_2_low_);
    }

    /// The four words of counter {number, stream, path}.
    HS_FN void block(std::uint32_t number, Word out[4]) const {
        std::uint32_t high, low;
        wide_multiply(multiplier_0, number, high, low);
        const std::uint32_t round_1 = high ^ path_high_ ^ key_high_;
        const std::uint32_t key_low = key_low_ + weyl_0;
        const std::uint32_t key_high = key_high_ + weyl_1;
        std::uint32_t next_high, next_low;
        wide_multiply(multiplier_1, round_1, next_high, next_low);
        out[0] = round_1_low_ ^ Word(next_high ^ key_low);
        out[1] = Word(next_low);
        out[2] = round_2_high_ ^ Word(low ^ key_high);
        out[3] = round_2_low_;
        rounds<8>(key_low + weyl_0, key_high + weyl_1, out);
    }

  private:
    static constexpr std::uint32_t multiplier_0 = 0xd2511f53u;
    static constexpr std::uint32_t multiplier_1 = 0xcd9e8d57u;
    static constexpr std::uint32_t weyl_0 = 0x9e3779b9u;  // golden ratio
    static constexpr std::uint32_t weyl_1 = 0xbb67ae85u;  // sqrt(3) - 1

    /// By recursion, so that every compiler unrolls it.
    template <int left>
    HS_FN static void rounds(std::uint32_t key_low, std::uint32_t key_high, Word counter[4]) {
        if constexpr (left > 0) {
            Word high_0, low_0, high_1, low_1;
            wide_multiply(multiplier_0, counter[0], high_0, low_0);
            wide_multiply(multiplier_1, counter[2], high_1, low_1);
            counter[0] = xor3(high_1, counter[1], key_low);
            counter[1] = low_1;
            counter[2] = xor3(high_0, counter[3], key_high);
            counter[3] = low_0;
            rounds<left - 1>(key_low + weyl_0, key_high + weyl_1, counter);
        }
    }

    Word round_1_low_;
    Word round_2_high_;
    Word round_2_low_;
    std::uint32_t key_low_;
    std::uint32_t key_high_;
    std::uint32_t path_high_;
};

}  // namespace hedgestorm::math
