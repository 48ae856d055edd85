#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# isa_symbols.sh BUILD     what the objects built for one instruction set offer to the linker
#
# A weak symbol in such an object (an inline function that was not inlined) may be the copy that the
# linker keeps for everyone, and then crashes an older processor. So: no weak symbol, nor any other
# global one, whose name does not say which instruction set it belongs to.
set -euo pipefail
build=$1
bad=0
isas=(scalar)
[[ $(uname -m) != x86_64 ]] || isas+=(avx2 avx512)
for isa in "${isas[@]}"; do
    seen=0
    while IFS= read -r object; do
        seen=$((seen + 1))
        # Type letters: W V u weak or unique, upper case the rest that is defined and global.
        # DW.ref.* is a pointer to the exception personality, the same in every object.
        offenders=$(nm -C --defined-only "$object" | sed -E 's/^[0-9a-f]* +//' |
            grep -E '^[A-Zu] ' | grep -vE "^. .*(^|[^A-Za-z0-9])$isa([^A-Za-z0-9]|\$)|^V DW\.ref\." || true)
        [[ -z $offenders ]] || {
            bad=1
            printf '%s exports, outside namespace %s:\n%s\n' "$object" "$isa" "$offenders"
        }
    done < <(find "$build/CMakeFiles/hedgestorm_kernels_$isa.dir" -name '*.o' 2>/dev/null)
    [[ $seen -gt 0 ]] || {
        bad=1
        echo "no $isa object under $build (build hedgestorm_kernels first)"
    }
done
exit "$bad"
