# SPDX-License-Identifier: Apache-2.0
#
# Warnings for our own sources. They are errors only where asked for, as the continuous build does.
add_library(hedgestorm_warnings INTERFACE)
target_compile_options(hedgestorm_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # g++ 12 takes "text" + std::string for an overlapping copy (its bug 105651), and moves of a
    # std::variant for reads of what was never written (its bug 105562).
    target_compile_options(hedgestorm_warnings
                           INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict;-Wno-maybe-uninitialized>)
endif()
if(HEDGESTORM_WERROR)
    target_compile_options(hedgestorm_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Werror>)
endif()
