# SPDX-License-Identifier: Apache-2.0
#
# Two programs for a machine with a GPU and nothing but its driver (script/gpu-check): everything of
# ours that they need, and every library but the C library, is linked in. No HDF5.
if(NOT HEDGESTORM_HAS_CUDA)
    message(FATAL_ERROR "HEDGESTORM_GPU_CHECK needs CUDA, which is ${HEDGESTORM_CUDA_STATUS}")
endif()
find_library(HEDGESTORM_CSV_ARCHIVE libcsv.a REQUIRED)
find_library(HEDGESTORM_CRYPTO_ARCHIVE libcrypto.a REQUIRED)
find_library(HEDGESTORM_GTEST_ARCHIVE libgtest.a REQUIRED)
find_library(HEDGESTORM_GTEST_MAIN_ARCHIVE libgtest_main.a REQUIRED)

file(GLOB gpu_check_host CONFIGURE_DEPENDS host/scenario/*.cpp host/plan/*.cpp)
list(APPEND gpu_check_host host/support/error.cpp host/support/escape.cpp host/support/sha256.cpp
            host/run/pilot.cpp "${HEDGESTORM_BUILD_INFO_SOURCE}")
add_library(hedgestorm_gpu_check_host STATIC ${gpu_check_host})
add_dependencies(hedgestorm_gpu_check_host hedgestorm_build_info)
target_link_libraries(hedgestorm_gpu_check_host PUBLIC hedgestorm_kernels fmt::fmt-header-only
                                                       hedgestorm_toml)
target_include_directories(hedgestorm_gpu_check_host SYSTEM
                           PUBLIC "${HEDGESTORM_CSV_INCLUDE}" "${OPENSSL_INCLUDE_DIR}")
target_link_libraries(
    hedgestorm_gpu_check_host PUBLIC "${HEDGESTORM_CSV_ARCHIVE}" "${HEDGESTORM_CRYPTO_ARCHIVE}"
                                     Threads::Threads ${CMAKE_DL_LIBS})

function(hedgestorm_link_alone target)
    target_link_libraries(${target} PRIVATE hedgestorm_gpu_check_host)
    target_link_options(${target} PRIVATE -static-libstdc++ -static-libgcc)
endfunction()

file(GLOB gpu_check_sources CONFIGURE_DEPENDS bench/gpu_check/*.cpp bench/gpu_check/*.cu)
add_executable(hedgestorm_gpu_check ${gpu_check_sources})
hedgestorm_use_cuda(hedgestorm_gpu_check)
hedgestorm_link_alone(hedgestorm_gpu_check)

file(GLOB gpu_test_sources CONFIGURE_DEPENDS tests/unit/launch/cuda_*_test.cpp)
add_executable(hedgestorm_gpu_tests ${gpu_test_sources})
target_link_libraries(hedgestorm_gpu_tests PRIVATE "${HEDGESTORM_GTEST_MAIN_ARCHIVE}"
                                                   "${HEDGESTORM_GTEST_ARCHIVE}")
target_compile_definitions(hedgestorm_gpu_tests
                           PRIVATE HEDGESTORM_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
hedgestorm_link_alone(hedgestorm_gpu_tests)
