#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the table of script/bench from the JSON lines of the benchmark programs.

A yardstick program prints lines such as `avx512 gbm K=1 818.0 M path-steps/s ...` (job H1) and
`avx512 heston 489.0 M path-steps/s ...` (job H2, full truncation); ratios to it are shown where
engine, job and number of policies agree. "of H1" compares with the row "H1, P&L tallied" of the same
engine, for other markets.
"""

import datetime
import json
import pathlib
import re
import sys


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown processor"


def yardstick(text):
    """{(engine, market, policies): median of the path-steps per second of all its runs}"""
    found = {}
    for engine, market, policies, speed in re.findall(
            r"^(\w+)\s+(gbm K=|heston)(\d*)\s+([\d.]+) M", text, re.M):
        key = engine, market.split()[0], int(policies or 1)
        found.setdefault(key, []).append(float(speed) * 1e6)
    return {key: sorted(v)[len(v) // 2] for key, v in found.items()}


def market_of(row):
    """The yardstick's market for a row, "" where it has none."""
    if row["job"] == "H2, heston full_truncation":
        return "heston"
    return "gbm" if row.get("market", "plain") == "plain" and row["legs"] == 1 else ""


def main():
    rows = [json.loads(line) for line in pathlib.Path(sys.argv[1]).read_text().splitlines() if line]
    known = yardstick(pathlib.Path(sys.argv[2]).read_text())
    peer = next((row for row in rows if row["engine"].startswith("QuantLib")), None)
    print(f"{processor()}, {datetime.date.today().isoformat()}, one thread unless said; medians\n")
    gbm = {row["engine"]: row["path_steps_per_second"]
           for row in rows if row["job"] == "H1, P&L tallied"}
    print("| engine | job | M path-steps/s | x policies x legs | of the yardstick | of H1 | of QuantLib |")
    print("|---|---|--:|--:|--:|--:|--:|")
    for row in rows:
        speed = row["path_steps_per_second"]
        volume = speed * row["accounts"] * row["legs"]
        measure = known.get((row["engine"], market_of(row), row["accounts"]))
        ratio = f"{speed / measure:.2f}" if measure else ""
        plain = row.get("market", "plain") == "plain"
        h1 = plain and row["accounts"] == row["legs"] == 1 and row["engine"] != "auto"
        other = f"{speed / gbm[row['engine']]:.2f}" if not plain and row["engine"] in gbm else ""
        times = f"{speed / peer['path_steps_per_second']:.0f} x" if peer and h1 else ""
        print(f"| {row['engine']} | {row['job']} | {speed / 1e6:.1f} | {volume / 1e6:.0f} | {ratio} | {other} | {times} |")
    threads = {row["job"][-9:]: row["seconds"] for row in rows if "seconds" in row}
    if len(threads) == 2:
        one, two = sorted(threads.values(), reverse=True)
        print(f"\ntwo threads against one: {one / two:.2f} x")


if __name__ == "__main__":
    main()
