# SPDX-License-Identifier: Apache-2.0
#
# Every library we use, all from Debian and Ubuntu packages (script/packages.txt).
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(HDF5 REQUIRED COMPONENTS C)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)

# toml++ ships a CMake file on some systems and only a pkg-config file on others.
find_package(tomlplusplus 3 QUIET)
if(NOT TARGET tomlplusplus::tomlplusplus)
    pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus>=3)
    add_library(tomlplusplus::tomlplusplus ALIAS PkgConfig::tomlplusplus)
endif()

# libcsv ships neither.
find_library(HEDGESTORM_CSV_LIBRARY csv REQUIRED)
find_path(HEDGESTORM_CSV_INCLUDE csv.h REQUIRED)
add_library(hedgestorm_csv INTERFACE)
target_include_directories(hedgestorm_csv SYSTEM INTERFACE "${HEDGESTORM_CSV_INCLUDE}")
target_link_libraries(hedgestorm_csv INTERFACE "${HEDGESTORM_CSV_LIBRARY}")

if(HEDGESTORM_TESTS)
    find_package(GTest REQUIRED)
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
    find_path(HEDGESTORM_RANDOM123_INCLUDE Random123/philox.h REQUIRED)
    find_path(HEDGESTORM_CURAND_INCLUDE curand_philox4x32_x.h
              HINTS ENV CUDA_PATH ENV CUDA_HOME /usr/local/cuda PATH_SUFFIXES include)
endif()

# QuantLib is a peer to measure against, never a part of the program.
if(HEDGESTORM_BENCH)
    find_library(HEDGESTORM_QUANTLIB_LIBRARY QuantLib)
    find_path(HEDGESTORM_QUANTLIB_INCLUDE ql/version.hpp)
    if(HEDGESTORM_QUANTLIB_LIBRARY AND HEDGESTORM_QUANTLIB_INCLUDE)
        add_library(hedgestorm_quantlib INTERFACE)
        target_include_directories(hedgestorm_quantlib
                                   SYSTEM INTERFACE "${HEDGESTORM_QUANTLIB_INCLUDE}")
        target_link_libraries(hedgestorm_quantlib INTERFACE "${HEDGESTORM_QUANTLIB_LIBRARY}")
    endif()
endif()
