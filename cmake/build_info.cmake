# SPDX-License-Identifier: Apache-2.0
#
# Which program is this? Included, it adds the target hedgestorm_build_info; run as a script on every
# build, it asks git and rewrites build_info.cpp only when the answer has changed.
if(NOT CMAKE_SCRIPT_MODE_FILE)
    find_program(HEDGESTORM_GIT git)
    set(HEDGESTORM_BUILD_INFO_SOURCE "${PROJECT_BINARY_DIR}/build_info.cpp")
    add_custom_target(
        hedgestorm_build_info
        COMMAND
            "${CMAKE_COMMAND}" "-Dversion=${PROJECT_VERSION}" "-Dgit=${HEDGESTORM_GIT}"
            "-Dsource=${PROJECT_SOURCE_DIR}" "-Doutput=${HEDGESTORM_BUILD_INFO_SOURCE}"
            "-Dcompiler=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
            "-Dbuild_type=${CMAKE_BUILD_TYPE}" "-Dcuda=${HEDGESTORM_CUDA_STATUS}" -P
            "${CMAKE_CURRENT_LIST_FILE}"
        BYPRODUCTS "${HEDGESTORM_BUILD_INFO_SOURCE}"
        COMMENT "Asking git which commit this is"
        VERBATIM)
    return()
endif()

set(commit unknown)
set(dirty false)
if(git AND EXISTS "${source}/.git")
    set(ask "${git}" -c "safe.directory=${source}" -C "${source}")
    execute_process(COMMAND ${ask} rev-parse HEAD OUTPUT_VARIABLE head ERROR_QUIET
                    OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
    if(NOT failed)
        set(commit "${head}")
        execute_process(COMMAND ${ask} status --porcelain --untracked-files=no
                        OUTPUT_VARIABLE changes ERROR_QUIET)
        if(changes)
            set(dirty true)
        endif()
    endif()
endif()
configure_file("${CMAKE_CURRENT_LIST_DIR}/build_info.cpp.in" "${output}" @ONLY)
