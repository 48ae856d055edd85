// SPDX-License-Identifier: Apache-2.0
#pragma once

// What differs between compilers, and nothing else.
//
// HS_FN marks every function of include/ and kernels/ that path code may call: inlined everywhere,
// so that an object built for one instruction set exports no copy that another could pick up at
// link time.

#if defined(__CUDACC__)
#define HS_FN __host__ __device__ __forceinline__
#else
#define HS_FN inline __attribute__((always_inline))
#endif
