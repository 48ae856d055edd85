// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lanes of the instruction set this object is compiled for, as its compiler flags say.

#if defined(__AVX512F__)
#include "kernels/lanes/avx512.hpp"
namespace hedgestorm::launch {
using IsaFloat = lanes::avx512::FloatLanes;
using IsaDouble = lanes::avx512::DoubleLanes;
}  // namespace hedgestorm::launch
#elif defined(__AVX2__)
#include "kernels/lanes/avx2.hpp"
namespace hedgestorm::launch {
using IsaFloat = lanes::avx2::FloatLanes;
using IsaDouble = lanes::avx2::DoubleLanes;
}  // namespace hedgestorm::launch
#else
#include "kernels/lanes/scalar.hpp"
namespace hedgestorm::launch {
using IsaFloat = float;
using IsaDouble = double;
}  // namespace hedgestorm::launch
#endif
