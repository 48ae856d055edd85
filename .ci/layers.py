#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may include whom. Prints every #include that goes the wrong way; exits 1 if there is one."""
import pathlib
import re
import sys

# Each layer may include itself and those before it. The two sides meet only in include/.
KERNELS = ["include", "kernels/lanes", "kernels/math", "kernels/path", "kernels/reduce",
           "kernels/launch"]
HOST = ["support", "plot", "scenario", "plan", "fit", "risk", "result", "run", "preview", "tune",
        "cli"]
HOST = ["include"] + [f"host/{name}" for name in HOST]
ALLOWED = {layer: set(chain[:i + 1]) for chain in (KERNELS, HOST) for i, layer in enumerate(chain)}
ALLOWED["include"] = {"include"}
ALLOWED["host"] = set(HOST)  # host/main.cpp
for layer in ("risk", "result", "run", "preview", "tune"):  # a fit makes scenarios; what runs them knows nothing of it
    ALLOWED[f"host/{layer}"] -= {"host/fit"}

# Standard headers for the side that also runs on a device, and the few more that a launch source may
# use to ask the machine what it offers. Still no string, vector, exception, clock or thread.
STANDARD = {"cstdint", "cstddef", "type_traits", "new"}  # new: to make an object in place
ASKS_THE_MACHINE = {"cpuid.h", "cstdio", "cstdlib", "cstring"}

# One library, one folder: which headers, and what may include them.
LIBRARIES = [
    (r"CLI/", r"host/cli/"),
    (r"toml\+\+/|csv\.h$", r"host/scenario/"),
    (r"hdf5|H5", r"host/result/"),
    (r"nlohmann/", r"host/(result|cli|scenario)/"),
    (r"openssl/", r"host/support/"),
    (r"boost/", r"host/(plan|fit|tune)/"),
    (r"Eigen/", r"host/fit/"),
    (r"nlopt\.hpp$", r"host/(fit|tune)/"),
    (r"fmt/", r"host/"),
    (r"mpi\.h$", r"host/run/"),
    (r"spawn\.h$", r"host/plot/"),  # gnuplot is a program
    (r"immintrin\.h$", r"kernels/lanes/avx[^/]*\.hpp$"),
    (r"(cuda|curand)\w*\.h$|(thrust|cub|cuda)/",
     r"kernels/(launch|reduce)/.*\.cuh?$"),
    (r"gtest/|gmock/|benchmark/|ql/|Random123/", r"(?!)"),
]

# Stages of a path do not see one another: simulate.hpp sees all, and account.hpp those of an account; all
# may see the values that pass between them and the rows they end in.
SEES_ALL_STAGES = ("simulate", "account")
SEEN_BY_ALL_STAGES = ("state", "sums", "outcome_rows", "traded")


def layer_of(path):
    if path.startswith("hedgestorm/"):
        return "include"
    parts = pathlib.PurePosixPath(path).parts
    if parts[0] == "include":
        return "include"
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


def stage_of(path):
    """market for both kernels/path/market.hpp and kernels/path/market/gbm.hpp"""
    return pathlib.PurePosixPath(path).parts[2].split(".")[0]


def problem(path, header, quoted):
    """Why `path` may not include `header`, or None."""
    if quoted and re.match(r"hedgestorm/|kernels/|host/", header):
        here, there = layer_of(path), layer_of(header)
        if there not in ALLOWED.get(here, ()):
            return f"{here} may not include {there}"
        if here == there == "kernels/path":
            stage, other = stage_of(path), stage_of(header)
            if other not in (stage, *SEEN_BY_ALL_STAGES) and stage not in SEES_ALL_STAGES:
                return f"stage {stage} may not see stage {other}"
        return None
    for library, home in LIBRARIES:
        if re.match(library, header):
            return None if re.match(home, path) else f"{header} has another home"
    if quoted:
        return "write the path from the root of the repository (or from include/)"
    launches = re.match(r"kernels/launch/(?!cpu_engine_isa)[^/]*\.(cpp|cuh?)$", path)
    allowed = STANDARD | ASKS_THE_MACHINE if launches else STANDARD
    if not path.startswith("host/") and header not in allowed:
        return f"only {', '.join(sorted(allowed))} here"
    return None


def main():
    found = 0
    for top in ("include", "kernels", "host"):
        for file in sorted(pathlib.Path(top).rglob("*.*")):
            if file.suffix not in (".hpp", ".cpp", ".cu", ".cuh"):
                continue
            for number, line in enumerate(file.read_text().splitlines(), 1):
                include = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
                why = include and problem(str(file), include[2], include[1] == '"')
                if why:
                    found += 1
                    print(f"{file}:{number}: {line.strip()}: {why}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
