# SPDX-License-Identifier: Apache-2.0
#
# Every library we use, all from Debian and Ubuntu packages (script/packages.txt).
find_package(Threads REQUIRED)
find_package(HDF5 REQUIRED COMPONENTS C HL)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

# toml++ is used as a header: the packaged library has only the functions that throw.
find_path(HEDGESTORM_TOML_INCLUDE toml++/toml.h REQUIRED)
add_library(hedgestorm_toml INTERFACE)
target_include_directories(hedgestorm_toml SYSTEM INTERFACE "${HEDGESTORM_TOML_INCLUDE}")

# libcsv ships no CMake file.
find_library(HEDGESTORM_CSV_LIBRARY csv REQUIRED)
find_path(HEDGESTORM_CSV_INCLUDE csv.h REQUIRED)
add_library(hedgestorm_csv INTERFACE)
target_include_directories(hedgestorm_csv SYSTEM INTERFACE "${HEDGESTORM_CSV_INCLUDE}")
target_link_libraries(hedgestorm_csv INTERFACE "${HEDGESTORM_CSV_LIBRARY}")

# Boost.Math has headers only: quadrature and inverse distributions (host/plan), distributions (host/fit).
find_path(HEDGESTORM_BOOST_INCLUDE boost/math/quadrature/gauss_kronrod.hpp REQUIRED)
add_library(hedgestorm_boost INTERFACE)
target_include_directories(hedgestorm_boost SYSTEM INTERFACE "${HEDGESTORM_BOOST_INCLUDE}")

# Fits of markets to histories (host/fit). NLopt's CMake file for C++ is in a folder that CMake does not look in.
find_library(HEDGESTORM_NLOPT_LIBRARY nlopt_cxx REQUIRED)
find_path(HEDGESTORM_NLOPT_INCLUDE nlopt.hpp REQUIRED)
add_library(hedgestorm_nlopt INTERFACE)
target_include_directories(hedgestorm_nlopt SYSTEM INTERFACE "${HEDGESTORM_NLOPT_INCLUDE}")
target_link_libraries(hedgestorm_nlopt INTERFACE "${HEDGESTORM_NLOPT_LIBRARY}")
find_package(Eigen3 3.3 REQUIRED NO_MODULE)

if(HEDGESTORM_TESTS)
    find_package(GTest REQUIRED)
    # The system's own interpreter: it is the one that has the packages of script/packages.txt.
    if(EXISTS /usr/bin/python3 AND NOT DEFINED Python3_EXECUTABLE)
        set(Python3_EXECUTABLE /usr/bin/python3)
    endif()
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
    find_path(HEDGESTORM_RANDOM123_INCLUDE Random123/philox.h REQUIRED)
    find_path(HEDGESTORM_CURAND_INCLUDE curand_kernel.h
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
