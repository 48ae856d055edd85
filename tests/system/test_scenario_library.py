# SPDX-License-Identifier: Apache-2.0
"""The shipped scenarios: every one runs, `list` tells them apart, and a run of many is summed up in one table."""
import fcntl
import glob
import json
import math
import os
import pty
import struct
import subprocess
import tempfile
import termios
import unittest

from patience import PATIENCE
from require import skip_or_fail

PROGRAM = os.environ.get("HEDGESTORM", "hedgestorm")
ROOT = os.environ.get("HEDGESTORM_SOURCE_DIR") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..")
SHIPPED = sorted(glob.glob(os.path.join(ROOT, "scenarios", "*.toml")))
FEW = ("--set", "simulation.paths=1000", "--set", "risk.levels=[0.95, 0.99]", "--set",
       "risk.worst_paths=10")


def program(*arguments, **how):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=100 * PATIENCE, **how)


def figures(node):
    """Every estimate of a result as `show --format json` prints it, with the names that lead to it."""
    if isinstance(node, dict):
        if "value" in node and "se" in node:
            yield "", node["value"]
        else:
            for key, value in node.items():
                for path, figure in figures(value):
                    yield f"{key}.{path}", figure
    elif isinstance(node, list):
        for i, value in enumerate(node):
            for path, figure in figures(value):
                yield f"{i}.{path}", figure


def on_terminal(test, *arguments, columns=100):
    """Exit code, and what a terminal of so many columns gets to see."""
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        skip_or_fail(test, "terminal", str(error))
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen([PROGRAM, *arguments], stdout=theirs, stderr=theirs) as run:
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 4096):
                seen += part
        except OSError:  # how a terminal says that nobody is left to write to it
            pass
        run.communicate(timeout=60 * PATIENCE)
    os.close(ours)
    return run.returncode, seen.decode()


class Library(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, *name):
        return os.path.join(self.folder, *name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)


class Shipped(Library):
    def test_every_scenario_runs_and_the_set_has_one_summary(self):
        self.assertGreaterEqual(len(SHIPPED), 20)
        done = program("run", *SHIPPED, *FEW, "-o", self.path("r/"))
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        count = len(SHIPPED)
        for i, scenario in enumerate(SHIPPED):
            name = os.path.basename(scenario)[:-5]
            self.assertEqual(lines[i], f"{i + 1} of {count}, written to {self.path('r', name)}.h5")
        self.assertTrue(lines[count + 1].startswith("scenario, policy"), lines[count + 1])
        self.assertEqual(done.stdout.count("book at t_0"), 0)
        for scenario in SHIPPED:
            result = self.path("r", os.path.basename(scenario)[:-5] + ".h5")
            shown = json.loads(program("show", result, "--format", "json").stdout)
            with self.subTest(scenario):
                self.assertIn(("\n" + shown["scenario"])[:28], done.stdout)
                for policy in shown["policies"]:
                    self.assertIn("\n  " + policy["name"], done.stdout)
                    for path, value in figures(policy["outcomes"]):
                        # Of an outcome that is the same on every path, shape has no meaning.
                        if "skew" in path or "kurtosis" in path:
                            continue
                        self.assertTrue(value is not None and math.isfinite(value), path)

    def test_a_few_scenarios_keep_their_own_summaries(self):
        two = [s for s in SHIPPED if "textbook" in s or "gap-over" in s]
        done = program("run", *two, *FEW, "-o", self.path("r/"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.count("book at t_0"), 2)
        self.assertEqual(done.stdout.count("scenario, policy"), 1)

    def test_progress_says_which_of_how_many(self):
        two = [s for s in SHIPPED if "textbook" in s or "gap-over" in s]
        # The slowest engine, so that a run outlasts its first line of progress.
        code, seen = on_terminal(self, "run", *two, "--set", "simulation.paths=100_000", "--engine", "scalar",
                                 "--threads", "1", "-o", self.path("r/"))
        self.assertEqual(code, 0, seen)
        self.assertIn("1 of 2, Gap over the weekend: ", seen)


class List(Library):
    def test_every_shipped_scenario_has_a_line(self):
        done = program("list", cwd=ROOT)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        self.assertEqual([line.split()[0] for line in lines], [os.path.basename(s) for s in SHIPPED])
        crash, = [line for line in lines if line.startswith("crash-1987")]
        self.assertRegex(crash, r"^crash-1987\.toml +The crash of 1987 +32\.3 days +5 policies +An index options book .* 1987\.$")

    def test_a_terminal_gets_lines_of_its_width(self):
        code, seen = on_terminal(self, "list", os.path.join(ROOT, "scenarios"), columns=70)
        self.assertEqual(code, 0, seen)
        lines = seen.splitlines()
        self.assertEqual(len(lines), len(SHIPPED))
        for line in lines:
            self.assertLessEqual(len(line), 70)
        self.assertTrue(lines[0].endswith("…"), lines[0])

    def test_files_that_do_not_load_are_listed_too(self):
        with open(next(s for s in SHIPPED if "textbook" in s), encoding="utf-8") as file:
            text = file.read()
        self.write("good.toml", text)
        self.write("bad.toml", text.replace("spot = 100.0", "spot = -1.0\nvolatilty = 1"))
        self.write("notes.txt", "no scenario")
        done = program("list", self.folder)
        self.assertEqual(done.returncode, 2)
        bad, good = done.stdout.splitlines()
        self.assertRegex(bad, r"^bad\.toml +2 problems \(hedgestorm check .*bad\.toml says more\)$")
        self.assertRegex(good, r"^good\.toml +Textbook short call +91\.2 days +2 policies +One short")
        self.assertEqual(done.stderr, "hedgestorm: 1 of 2 files cannot be run\n")

    def test_folders_that_are_not_there_or_empty(self):
        nothing = program("list", cwd=self.folder)
        self.assertEqual(nothing.returncode, 2)
        self.assertIn("there is no folder scenarios here (name one: hedgestorm list FOLDER)", nothing.stderr)
        self.write("file.toml", "")
        os.mkdir(self.path("empty"))
        for folder, says in (("missing", "No such file"), ("file.toml", "it is not a folder"),
                             ("empty", "holds no scenarios")):
            done = program("list", self.path(folder))
            self.assertEqual((done.returncode, done.stdout), (5, ""), done.stderr)
            self.assertIn(says, done.stderr)

    def test_several_folders_have_headings(self):
        for folder in ("a", "b"):
            os.mkdir(self.path(folder))
            self.write(f"{folder}/s.toml", f'extends = "../{folder}.toml"\n')
        done = program("list", os.path.join(ROOT, "scenarios"), self.path("a"))
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"\n\n{self.path('a')}\ns.toml  ", done.stdout)


if __name__ == "__main__":
    unittest.main()
