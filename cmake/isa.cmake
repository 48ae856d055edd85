# SPDX-License-Identifier: Apache-2.0
#
# The instruction sets a source can be compiled for, and how. This is the only list of them.
set(HEDGESTORM_ISAS scalar)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    list(APPEND HEDGESTORM_ISAS avx2 avx512)
endif()
set(isa_flags_scalar "")
set(isa_flags_avx2 -mavx2 -mfma -mbmi -mbmi2)
set(isa_flags_avx512 -mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma -mbmi -mbmi2)

# Path code relies on inlining, so it is optimised in every kind of build.
set(isa_flags_all $<$<NOT:$<CONFIG:Release>>:-O2>)

# Sanitizers do not finish on a path that is one inlined function (g++ 12 and clang++ 14 gave up no
# object in minutes); the same loops run under them through the tests' own instances.
list(APPEND isa_flags_all -fno-sanitize=all)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 reports its own intrinsics as uninitialised (its bug 105593; clang++ still looks), and
    # notes an ABI change of no concern to functions that are always inlined.
    list(APPEND isa_flags_all -Wno-uninitialized -Wno-maybe-uninitialized -Wno-psabi)
endif()

# hedgestorm_compile_per_isa(TARGET SOURCE MACRO)
# Compiles SOURCE once per instruction set, with MACRO defined as its name, and links all into TARGET.
function(hedgestorm_compile_per_isa target source macro)
    foreach(isa IN LISTS HEDGESTORM_ISAS)
        set(object ${target}_${isa})
        add_library(${object} OBJECT ${source})
        target_compile_definitions(${object} PRIVATE ${macro}=${isa})
        target_compile_options(${object} PRIVATE ${isa_flags_all} ${isa_flags_${isa}})
        target_link_libraries(${object} PRIVATE hedgestorm_vocabulary)
        target_sources(${target} PRIVATE $<TARGET_OBJECTS:${object}>)
    endforeach()
endfunction()
