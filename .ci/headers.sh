#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every header compiles alone. Device headers (.cuh) and those of another machine's lanes are left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

compile_alone() {
    local header=$1
    local -a flags
    read -ra flags <<<"$(pkg-config --cflags hdf5 eigen3 2>/dev/null | sed "s/-I/-isystem /g" || true)"
    case $header in
        *avx512*) flags+=(-mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma -mbmi -mbmi2) ;;
        *avx2*) flags+=(-mavx2 -mfma -mbmi -mbmi2) ;;
    esac
    echo "#include \"$header\"" | g++ -std=c++20 -fsyntax-only -Wall -Wextra -Werror -Wno-psabi \
        -ffp-contract=off "-DHEDGESTORM_SOURCE_DIR=\".\"" -I include -I . "${flags[@]}" -x c++ - ||
        { echo "$header does not compile alone"; return 1; }
}
export -f compile_alone

list() {
    git ls-files --cached --others --exclude-standard -- '*.hpp' | sort -u
}
others='^$'
[[ $(uname -m) == x86_64 ]] || others='avx'
# shellcheck disable=SC2016  # the child expands it
list | { grep -Ev "$others" || true; } | while read -r header; do
    [[ ! -f $header ]] || printf '%s\0' "$header"
done | xargs -0 -r -n 1 -P 2 bash -c 'compile_alone "$1"' compile_alone
