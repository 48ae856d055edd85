# SPDX-License-Identifier: Apache-2.0
"""sweep, reverse and tune in the hands of people, and their files in those of other programs."""
import csv
import io
import json
import os
import re
import signal
import subprocess
import tempfile
import unittest

import h5py
import xarray
from patience import PATIENCE, until_it_heeds

PROGRAM = os.environ.get("HEDGESTORM", "hedgestorm")
ROOT = os.environ.get("HEDGESTORM_SOURCE_DIR") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..")
TEXTBOOK = os.path.join(ROOT, "scenarios", "textbook-short-call.toml")
WIDTH = "policy[1].half_width=0.02:0.08:3"

DONE, SCENARIO, ENGINE, FILE, INTERRUPTED = 0, 2, 4, 5, 130

TUNE = """schema = 1
name = "a tuning"
[[scenario]]
file = "%s"
[policy]
name = "tuned"
rule = "band"
half_width = 0.05
[[parameter]]
key = "policy.half_width"
values = "%s"
[objective]
minimise = ["mean(total_cost)", "es_95(pnl)"]
[search]
paths = %d
hold_out_paths = 4096
"""


class Experiments(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def tune_file(self, values="0.01:0.2:8:log", paths=8192, name="tune.toml"):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(TUNE % (TEXTBOOK, values, paths))
        return name

    def program(self, code, *arguments):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, cwd=self.folder,
                              timeout=100 * PATIENCE)
        self.assertEqual(done.returncode, code, (arguments, done.stderr))
        if code not in (DONE, ENGINE, INTERRUPTED):
            self.assertTrue(done.stderr.startswith("hedgestorm: "), done.stderr)
            self.assertEqual(done.stdout, "")
        return done

    def test_a_sweep_opens_as_a_labelled_dataset(self):
        said = self.program(DONE, "sweep", TEXTBOOK, "--vary", WIDTH, "--vary",
                            "policy[1].rebalance_to=[target, edge]", "--figure", "es_99", "--paths", "4096",
                            "-o", "sweep.h5").stdout
        self.assertIn("every step: the same at every point.", said)
        self.assertIn("half_width 0.05, rebalance_to edge", said)
        with xarray.open_dataset(self.path("sweep.h5"), engine="h5netcdf", phony_dims="sort") as sweep:
            self.assertEqual(sweep.attrs["kind"], "sweep")
            self.assertEqual(sweep.swept.dims, ("policy_1_half_width", "policy_1_rebalance_to", "policy", "figure",
                                                "statistic"))
            narrow = sweep.swept.sel(policy="band 0.05", figure="es_99(pnl)", statistic="value")
            self.assertLess(float(narrow[0, 0]), float(narrow[2, 0]))
            stands = sweep.difference.sel(policy="band 0.05", policy_1_rebalance_to="target", statistic="value")
            self.assertEqual(float(stands[1, 0]), 0.0)  # half_width 0.05 is as it stands

    def test_show_prints_what_was_printed(self):
        for command, name in ((("sweep", TEXTBOOK, "--vary", WIDTH, "--paths", "2048"), "a.h5"),
                              (("sweep", TEXTBOOK, "--tornado", "20%", "--paths", "2048"), "b.h5"),
                              (("reverse", TEXTBOOK, "--vary", "market.volatility=0.2:0.4", "--limit", "es_95=3",
                                "--paths", "2048"), "c.h5"),
                              (("tune", self.tune_file()), "d.h5")):
            said = self.program(DONE, *command, "-o", name).stdout
            self.assertEqual(self.program(DONE, "show", name).stdout + f"\nwritten to {name}\n", said)

    def test_programs_read_json_and_csv(self):
        self.program(DONE, "reverse", TEXTBOOK, "--vary", "market.volatility=0.2:0.4", "--limit", "es_95=3", "--paths",
                     "4096", "-o", "reverse.h5", "-q")
        reverse = json.loads(self.program(DONE, "show", "reverse.h5", "--format", "json").stdout)
        self.assertEqual(reverse["kind"], "reverse")
        self.assertEqual(reverse["arrays"]["crossing"]["dimensions"], ["policy", "statistic"])
        value, se, low, high = reverse["arrays"]["crossing"]["values"][:4]
        self.assertTrue(0.2 < low < value < high < 0.4 and se > 0)
        rows = list(csv.DictReader(io.StringIO(self.program(DONE, "show", "reverse.h5", "--format", "csv").stdout)))
        crossing = [row for row in rows if row["array"] == "crossing"]
        self.assertEqual([row["policy"] for row in crossing], ["every step", "band 0.05"])
        self.assertEqual(float(crossing[0]["value"]), value)

    def test_a_tuning_leaves_a_scenario_that_runs_and_a_picture(self):
        said = self.program(DONE, "tune", self.tune_file(), "-o", "tune.h5", "--emit", "best.toml", "--plot",
                            "tune.png").stdout
        self.assertIn("recommended: half_width", said)
        self.assertIn("band 0.05, less that", said)
        self.assertIn("shrinkage", said)
        with open(self.path("tune.png"), "rb") as picture:
            self.assertEqual(picture.read(8), b"\x89PNG\r\n\x1a\n")
        with h5py.File(self.path("tune.h5")) as file:
            self.assertEqual(file["objectives"].shape, (8, 2, 4))
        self.program(DONE, "run", "best.toml", "--set", "simulation.paths=2000", "-o", "best.h5", "-q")
        policies = json.loads(self.program(DONE, "show", "best.h5", "--format", "json").stdout)["policies"]
        self.assertEqual([policy["name"] for policy in policies], ["every step", "band 0.05", "tuned"])
        # An emitted scenario may be replaced, one that somebody wrote may not.
        self.program(DONE, "tune", "tune.toml", "-o", "tune.h5", "--emit", "best.toml", "--force", "-q")
        with open(self.path("mine.toml"), "w", encoding="utf-8") as file:
            file.write("schema = 1\n")
        self.program(FILE, "tune", "tune.toml", "-o", "tune.h5", "--emit", "mine.toml", "--force")

    def test_two_parameters_are_drawn_as_a_map(self):
        self.tune_file("0.02:0.08:3")
        with open(self.path("tune.toml"), "a", encoding="utf-8") as file:
            file.write('[[parameter]]\nkey = "policy.hedge_ratio"\nvalues = "0.8:1.2:4"\n')
        self.program(DONE, "tune", "tune.toml", "-o", "tune.h5", "--plot", "tune.svg", "-q")
        with open(self.path("tune.svg"), encoding="utf-8") as picture:
            drawn = picture.read()
        for words in ("Front: es_95(pnl)", "hedge_ratio", "half_width", "sum of scaled objectives"):
            self.assertIn(words, drawn)
        # A cell for each of the twelve candidates, coloured by how much worse it is.
        cells = re.findall(r"<polygon fill = 'rgb\(([^)]*)\)'", drawn)
        self.assertEqual(len(cells), 12, cells)
        self.assertGreater(len(set(cells)), 2)

    def test_nothing_is_replaced_unasked(self):
        arguments = ("sweep", TEXTBOOK, "--vary", WIDTH, "--paths", "2048", "-o", "sweep.h5", "-q")
        self.program(DONE, *arguments)
        self.program(FILE, *arguments)
        self.program(DONE, *arguments, "--force")

    def test_what_cannot_be_done_is_said_in_words(self):
        for arguments, says in (
                (("sweep", TEXTBOOK), "--tornado 20%"),
                (("sweep", TEXTBOOK, "--vary", "severity=0:1"), "three parts"),
                (("sweep", TEXTBOOK, "--vary", "market.volatlity=0.1:0.2:3", "-o", "x.h5"), 'did you mean "volatility"?'),
                (("sweep", TEXTBOOK, "--vary", WIDTH, "--figure", "median"), "known are mean(C)"),
                (("sweep", TEXTBOOK, "--tornado", "200%"), "between 0 and 100 %"),
                (("reverse", TEXTBOOK, "--vary", "severity=0:1", "--limit", "es_99"), "STATISTIC=NUMBER"),
                (("reverse", TEXTBOOK, "--vary", "market.volatility=-1:1", "--limit", "es_99=1", "-o", "x.h5"),
                 "market.volatility"),
                (("tune", self.tune_file("0.2:0.2:3", name="empty.toml")), "the range is empty"),
                (("tune", self.tune_file(), "--budget", "soon"), "60s, 5m or 2h"),
                (("tune", self.tune_file(), "--plot", "tune.pdf"), ".svg or .png")):
            self.assertIn(says, self.program(SCENARIO, *arguments).stderr)
        self.assertIn("no such file", self.program(FILE, "show", "nothing.h5").stderr)
        self.assertEqual(sorted(os.listdir(self.folder)), ["empty.toml", "tune.toml"])

    def test_a_constraint_nobody_keeps_is_said(self):
        self.tune_file()
        with open(self.path("tune.toml"), encoding="utf-8") as file:
            text = file.read()
        with open(self.path("tune.toml"), "w", encoding="utf-8") as file:
            file.write(text.replace("[search]", "subject_to = [\"p(pnl < 0) <= 0\"]\n[search]"))
        said = self.program(ENGINE, "tune", "tune.toml", "-o", "tune.h5", "--emit", "best.toml")
        self.assertIn("No candidate keeps every constraint", said.stdout)
        self.assertFalse(os.path.exists(self.path("best.toml")))

    def test_an_interrupt_keeps_what_is_finished(self):
        self.tune_file("0.001:0.3:2000:log", 100_000)
        with subprocess.Popen([PROGRAM, "tune", "tune.toml", "-o", "tune.h5", "--threads", "1"], cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            until_it_heeds(running)
            while b"best" not in running.stderr.readline():  # a line every 10 s where there is no terminal
                self.assertIsNone(running.poll())
            running.send_signal(signal.SIGINT)
            out, _ = running.communicate(timeout=60 * PATIENCE)
        self.assertEqual(running.returncode, INTERRUPTED)
        self.assertIn(b"interrupted before the end", out)
        with h5py.File(self.path("tune.h5")) as file:
            self.assertEqual(file.attrs["ending"], "interrupted")
            self.assertGreater((file["candidate_paths"][:] > 0).sum(), 100)


if __name__ == "__main__":
    unittest.main()
