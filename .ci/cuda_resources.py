#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cuda_resources.py BUILD    registers, stack and spills of every kernel of a CUDA build

Reads what nvcc said (BUILD/cuda/*.log, see cmake/keep_output.sh). Exits 1 if any kernel spills.
"""
import pathlib
import re
import sys

COLUMNS = {"0": "pnl", "1": "standard", "2": "all"}
MARKETS = {"0": "plain", "1": "any market"}
REALS = {"f": "float", "d": "double"}


def readable(symbol):
    """simulate float, plain, pnl, no carry, 1 account, from its mangled name; others as they are."""
    found = re.search(
        r"simulate_pathsI([fd])LN.*?MarketsE(\d)ELN.*?ColumnSetE(\d)ELb(\d)ELj(\d+)E", symbol)
    if found:
        real, markets, columns, carry, accounts = found.groups()
        return (f"simulate {REALS[real]}, {MARKETS[markets]}, {COLUMNS[columns]}, "
                f"{'carry' if carry == '1' else 'no carry'}, "
                f"{'1 account' if accounts == '1' else 'groups of ' + accounts}")
    if "DeviceRadixSort" in symbol:
        return "cub " + re.search(r"DeviceRadixSort\w*?Kernel", symbol)[0]
    # The last name of a nested one: _ZN <length><name> <length><name> ... E
    name, rest = symbol, symbol.removeprefix("_ZN")
    while found := re.match(r"(\d+)", rest):
        end = found.end() + int(found[1])
        name, rest = rest[found.end():end], rest[end:]
    return name


def kernels(log):
    symbol = frame = None
    for line in log.read_text().splitlines():
        if found := re.search(r"entry function '(\w+)' for '(\w+)'", line):
            symbol = found.groups()
        elif found := re.search(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+)", line):
            frame = found.groups()
        elif symbol and (found := re.search(r"Used (\d+) registers", line)):
            yield symbol[1], readable(symbol[0]), int(found[1]), *map(int, frame)
            symbol = None


def main():
    logs = sorted(pathlib.Path(sys.argv[1], "cuda").glob("*.log"))
    if not logs:
        print(f"no CUDA build in {sys.argv[1]}: nothing to check")
        return 0
    spilling = 0
    print(f"{'machine':8} {'kernel':56} {'registers':>9} {'stack':>6} {'spilled':>8}")
    for machine, name, registers, stack, stores, loads in sorted(
            row for log in logs for row in kernels(log)):
        spilling += stores + loads > 0
        print(f"{machine:8} {name:56} {registers:9} {stack:6} {stores + loads:8}")
    if spilling:
        print(f"{spilling} kernels spill registers (see kernels/launch/tuning.hpp)")
    return 1 if spilling else 0


if __name__ == "__main__":
    sys.exit(main())
