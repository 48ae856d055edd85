# SPDX-License-Identifier: Apache-2.0
"""The Python half of require.hpp: skip with a reason, or fail where HEDGESTORM_REQUIRE insists.

In a unittest: `from require import skip_or_fail`, then `skip_or_fail(self, "h5py", "not installed")`.
As a program: `require.py CAPABILITY REASON` exits 77 (skipped) or 1 (required).
"""
import os
import sys


def is_required(capability):
    return capability in os.environ.get("HEDGESTORM_REQUIRE", "").split(",")


def skip_or_fail(test, capability, reason):
    if is_required(capability):
        test.fail(f"required but missing: {capability}: {reason}")
    test.skipTest(f"{capability}: {reason}")


if __name__ == "__main__":
    required = is_required(sys.argv[1])
    print("required but missing:" if required else "Skipped:", f"{sys.argv[1]}: {sys.argv[2]}")
    sys.exit(1 if required else 77)
