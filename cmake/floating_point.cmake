# SPDX-License-Identifier: Apache-2.0
#
# The same bits on every machine need the same arithmetic in every translation unit, host code
# included: no contraction into fma that the source did not write, and never fast-math.
add_library(hedgestorm_floating_point INTERFACE)
target_compile_options(
    hedgestorm_floating_point
    INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-ffp-contract=off;-fno-math-errno;-fno-trapping-math>)

set(every_flag "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${CMAKE_BUILD_TYPE}} ${CMAKE_CUDA_FLAGS}")
if(every_flag MATCHES "fast[-_]math|-Ofast|-ffp-contract=(fast|on)|--fmad=true")
    message(FATAL_ERROR "these compiler flags would change results: ${every_flag}")
endif()
unset(every_flag)
