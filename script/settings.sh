# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Sourced by every script: where we are, how many jobs fit, which tools help when they are there.
# HEDGESTORM_BUILD_JOBS sets the number of compilers run at once.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

say() { printf '\n== %s\n' "$*"; }
die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# One compiler may need up to 1.5 GB.
jobs_that_fit() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable/ { n = int($2 / 1500000); print (n < 1 ? 1 : n) }' /proc/meminfo)
    echo $((cores < memory ? cores : memory))
}
jobs=${HEDGESTORM_BUILD_JOBS:-$(jobs_that_fit)}

# Configure by preset, with whatever else HEDGESTORM_CMAKE_ARGS asks for.
configure() {
    if command -v ccache >/dev/null; then
        export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
        export CMAKE_CUDA_COMPILER_LAUNCHER=ccache
    fi
    local -a extra
    read -ra extra <<<"${HEDGESTORM_CMAKE_ARGS:-}"
    cmake --preset "$1" --log-level=WARNING "${extra[@]}" "${@:2}"
    sed -n 's/^HEDGESTORM_SUMMARY:INTERNAL=/-- /p' "build/$1/CMakeCache.txt"
}

build() { cmake --build --preset "$1" -j "$jobs" "${@:2}"; }
