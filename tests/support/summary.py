# SPDX-License-Identifier: Apache-2.0
"""summary.py JUNIT...: every skip with its reason, every failure, then `N passed, N failed, N skipped`.

Reads what ctest --output-junit wrote. A Python test file counts as the unittests it ran.
Exits 1 if anything failed or nothing ran.
"""
import collections
import re
import sys
import xml.etree.ElementTree as xml


def of_unittest(name, output):
    """The verdicts of one Python file, from what `unittest -v` prints; None if it is not one."""
    ran = re.findall(r"^Ran (\d+) tests? in", output, re.M)
    if not ran:
        return None
    closing = output[output.rindex("Ran "):]
    counts = {word: int(n) for word, n in re.findall(r"(failures|errors|skipped)=(\d+)", closing)}
    failed = counts.get("failures", 0) + counts.get("errors", 0)
    reasons = re.findall(r"skipped ['\"](.*)['\"]$", output, re.M)
    skipped = counts.get("skipped", 0)
    reasons += ["no reason given"] * (skipped - len(reasons))
    passed = max(0, int(ran[-1]) - failed - skipped)
    return passed, [name] * failed, [(name, reason) for reason in reasons]


def of_ctest(case):
    """The verdicts of one <testcase>: number passed, names failed, (name, reason) skipped."""
    name, status = case.get("name"), case.get("status")
    output = case.findtext("system-out") or ""
    counted = of_unittest(name, output)
    if counted and (status != "fail" or counted[1]):
        return counted
    if status == "run":
        return 1, [], []
    if status in ("notrun", "disabled") or case.find("skipped") is not None:
        # googletest: "file:line: Skipped", then the reason; require.py: "Skipped: reason".
        reason = re.search(r"Skipped\n(.+?)\n|Skipped: (.+)", output)
        if reason:
            return 0, [], [(name, reason[1] or reason[2])]
        if status == "disabled" or "SKIPPED" in output:
            return 0, [], [(name, "no reason given")]
    return 0, [name], []


def main(files):
    passed, failed, skipped = 0, [], []
    for file in files:
        try:
            cases = list(xml.parse(file).iter("testcase"))
        except (OSError, xml.ParseError) as error:
            print(f"{file}: no test report ({error})")
            failed.append(file)
            continue
        for case in cases:
            p, f, s = of_ctest(case)
            passed += p
            failed += f
            skipped += s
    by_reason = collections.defaultdict(list)
    for name, reason in skipped:
        by_reason[reason].append(name)
    for reason, names in sorted(by_reason.items()):
        more = "" if len(names) <= 3 else f" and {len(names) - 3} more"
        print(f"skipped ({reason}): {', '.join(names[:3])}{more}")
    for name in failed:
        print(f"failed: {name}")
    print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
