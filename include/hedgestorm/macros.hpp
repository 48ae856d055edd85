// SPDX-License-Identifier: Apache-2.0
#pragma once

// What differs between compilers, and nothing else.
//
// HS_FN marks every function of include/ and kernels/ that path code may call: inlined everywhere,
// so that an object built for one instruction set exports no copy that another could pick up at
// link time.
//
// HS_APART marks a function of kernels/ that is long and called once per block of steps: a CPU
// engine keeps one copy of it for each kind of lane, not one in each of its shapes.
//
// HS_UNROLL stands before a loop that must be unrolled on a GPU: an array of a thread lies in
// registers only if the compiler knows every index. Elsewhere it is nothing.
//
// HS_ROLLED stands before a loop whose body is long and rarely runs, so that a GPU thread has it
// once. Elsewhere it is nothing.

#if defined(__CUDACC__)
#define HS_FN __host__ __device__ __forceinline__
#define HS_APART HS_FN
#else
#define HS_FN inline __attribute__((always_inline))
#define HS_APART __attribute__((noinline))
#endif

#if defined(__CUDA_ARCH__)
#define HS_UNROLL _Pragma("unroll")
#define HS_ROLLED _Pragma("unroll 1")
#else
#define HS_UNROLL
#define HS_ROLLED
#endif
