// SPDX-License-Identifier: Apache-2.0
#pragma once

// The random words of a GPU thread, drawn by cuRAND: those of math::Philox, in fewer instructions.
// The state lives for one block of words only, so that no thread carries one along. Compiles for
// the host too, for the tests.

#include <cstdint>

#include "hedgestorm/macros.hpp"

// How cuRAND declares its functions; device functions alone unless it is said.
#define QUALIFIERS static HS_FN
#include <curand_kernel.h>

namespace hedgestorm::launch {

/// The words of one stream of one path.
template <class Word>
class CurandPhilox;

template <>
class CurandPhilox<std::uint32_t> {
  public:
    HS_FN CurandPhilox(std::uint64_t seed, std::uint32_t path_low, std::uint32_t path_high,
                       std::uint32_t stream)
        : seed_(seed),
          path_(std::uint64_t{path_high} << 32 | path_low),
          first_(std::uint64_t{stream} << 34) {}

    /// The four words of counter {number, stream, path}; stream < 2^30.
    HS_FN void block(std::uint32_t number, std::uint32_t out[4]) const {
        curandStatePhilox4_32_10_t state;
        curand_init(seed_, path_, first_ + 4 * std::uint64_t{number}, &state);
        const uint4 words = curand4(&state);
        out[0] = words.x;
        out[1] = words.y;
        out[2] = words.z;
        out[3] = words.w;
    }

  private:
    std::uint64_t seed_;
    std::uint64_t path_;   ///< cuRAND's subsequence
    std::uint64_t first_;  ///< cuRAND's offset of the stream's first word
};

}  // namespace hedgestorm::launch
