# SPDX-License-Identifier: Apache-2.0
#
# Is there a CUDA compiler that can build us? Sets HEDGESTORM_HAS_CUDA and HEDGESTORM_CUDA_STATUS.
# AUTO takes it when it is new enough and compiles C++20; ON insists; OFF does not look.
set(HEDGESTORM_HAS_CUDA OFF)
set(HEDGESTORM_CUDA_STATUS "off")

# Machine code for data-centre GPUs, and PTX for whatever comes after them.
if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
    set(CMAKE_CUDA_ARCHITECTURES "80-real;90-real;90-virtual")
endif()
set(CMAKE_CUDA_RUNTIME_LIBRARY Static)
# Said as a flag, because CMake 3.25 does not know that nvcc has C++20.
set(cuda_standard -std=c++20)

function(hedgestorm_find_cuda problem)
    find_program(HEDGESTORM_NVCC nvcc HINTS ENV CUDACXX ENV CUDA_PATH ENV CUDA_HOME
                                            /usr/local/cuda PATH_SUFFIXES bin)
    if(NOT HEDGESTORM_NVCC)
        set(${problem} "no nvcc found" PARENT_SCOPE)
        return()
    endif()
    execute_process(COMMAND "${HEDGESTORM_NVCC}" --version OUTPUT_VARIABLE banner ERROR_QUIET)
    string(REGEX MATCH "release ([0-9]+\\.[0-9]+)" found "${banner}")
    if(NOT found OR CMAKE_MATCH_1 VERSION_LESS 12.0)
        set(${problem} "${HEDGESTORM_NVCC} is older than 12.0" PARENT_SCOPE)
        return()
    endif()
    set(CMAKE_CUDA_COMPILER "${HEDGESTORM_NVCC}" CACHE FILEPATH "CUDA compiler")
    include(CheckLanguage)
    check_language(CUDA)
    if(NOT CMAKE_CUDA_COMPILER)
        set(${problem} "${HEDGESTORM_NVCC} does not work with this host compiler" PARENT_SCOPE)
    endif()
endfunction()

function(hedgestorm_try_cuda_20 problem)
    set(probe "${PROJECT_BINARY_DIR}/cuda_probe.cu")
    file(WRITE "${probe}" "#include <concepts>\n#include <type_traits>\n"
                          "template <std::floating_point R> __global__ void fill(R* x) { *x = 1; }\n"
                          "int main() { fill<float><<<1, 1>>>(nullptr); }\n")
    try_compile(compiles "${PROJECT_BINARY_DIR}/cuda_probe" SOURCES "${probe}"
                COMPILE_DEFINITIONS "${cuda_standard}")
    if(NOT compiles)
        set(${problem} "${HEDGESTORM_NVCC} does not compile C++20 here" PARENT_SCOPE)
    endif()
endfunction()

if(NOT HEDGESTORM_CUDA MATCHES "^(AUTO|ON|OFF)$")
    message(FATAL_ERROR "HEDGESTORM_CUDA = ${HEDGESTORM_CUDA} (must be AUTO, ON or OFF)")
endif()
if(NOT HEDGESTORM_CUDA STREQUAL "OFF")
    set(cuda_problem "")
    hedgestorm_find_cuda(cuda_problem)
    if(NOT cuda_problem)
        enable_language(CUDA)
        hedgestorm_try_cuda_20(cuda_problem)
    endif()
    if(NOT cuda_problem)
        find_package(CUDAToolkit 12 QUIET)
        if(NOT TARGET CUDA::cudart_static)
            set(cuda_problem "no static CUDA runtime beside ${HEDGESTORM_NVCC}")
        endif()
    endif()
    if(NOT cuda_problem)
        find_path(HEDGESTORM_CURAND_INCLUDE curand_kernel.h HINTS ${CUDAToolkit_INCLUDE_DIRS})
        if(NOT HEDGESTORM_CURAND_INCLUDE)
            set(cuda_problem "no cuRAND headers beside ${HEDGESTORM_NVCC}")
        endif()
    endif()
    if(NOT cuda_problem)
        set(HEDGESTORM_HAS_CUDA ON)
        set(HEDGESTORM_CUDA_STATUS "${CMAKE_CUDA_COMPILER_VERSION}")
    elseif(HEDGESTORM_CUDA STREQUAL "ON")
        message(FATAL_ERROR "HEDGESTORM_CUDA = ON, but ${cuda_problem} "
                            "(install the CUDA Toolkit, 12 or newer, or set AUTO or OFF)")
    else()
        set(HEDGESTORM_CUDA_STATUS "off (${cuda_problem})")
    endif()
endif()

# Flags for the .cu files of a target: IEEE arithmetic, no contraction. What each kernel takes of
# registers, stack and spills is kept in the build folder's cuda/*.log (.ci/cuda_resources.py).
function(hedgestorm_use_cuda target)
    target_compile_options(
        ${target}
        PRIVATE $<$<COMPILE_LANGUAGE:CUDA>:${cuda_standard}>
                "$<$<COMPILE_LANGUAGE:CUDA>:--fmad=false;--ftz=false;--prec-div=true;--prec-sqrt=true>"
                "$<$<COMPILE_LANGUAGE:CUDA>:--resource-usage;--expt-relaxed-constexpr>"
                "$<$<COMPILE_LANGUAGE:CUDA>:-Xcompiler=-ffp-contract=off,-fno-math-errno>"
                "$<$<COMPILE_LANGUAGE:CUDA>:-Xcompiler=-fno-trapping-math,-Wall,-Wextra>")
    if(HEDGESTORM_WERROR)
        target_compile_options(
            ${target} PRIVATE "$<$<COMPILE_LANGUAGE:CUDA>:--Werror=all-warnings>")
    endif()
    set(launcher "${PROJECT_SOURCE_DIR}/cmake/keep_output.sh" "${PROJECT_BINARY_DIR}/cuda"
                 ${CMAKE_CUDA_COMPILER_LAUNCHER})
    set_target_properties(${target} PROPERTIES CUDA_COMPILER_LAUNCHER "${launcher}")
    target_link_libraries(${target} PRIVATE CUDA::cudart_static)
endfunction()
