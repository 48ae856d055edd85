# SPDX-License-Identifier: Apache-2.0
"""How long to wait for a program: instrumented builds are ten times slower."""
import os
import signal
import time

PATIENCE = float(os.environ.get("HEDGESTORM_PATIENCE", "1"))


def until_it_heeds(process, which=signal.SIGINT):
    """Waits until the process has a handler for the signal (or is gone)."""
    for _ in range(int(600 * PATIENCE)):
        try:
            with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                caught = next(line for line in status if line.startswith("SigCgt:"))
        except (OSError, StopIteration):
            return
        if int(caught.split()[1], 16) >> (which - 1) & 1:
            return
        time.sleep(0.05)
