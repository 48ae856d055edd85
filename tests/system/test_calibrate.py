# SPDX-License-Identifier: Apache-2.0
"""From a price history to a scenario that runs: `hedgestorm calibrate` as people and programs use it."""
import json
import math
import os
import random
import re
import signal
import subprocess
import tempfile
import time
import unittest

from patience import PATIENCE, until_it_heeds

PROGRAM = os.environ.get("HEDGESTORM", "hedgestorm")
DONE, USAGE, ENGINE, FILE, INTERRUPTED = 0, 2, 4, 5, 130

REST = """
[simulation]
paths = 2000
horizon_days = 1
steps = 24
seed = 5
[[book.option]]
kind = "call"
strike = {spot}
expiry_days = 1
quantity = -1.0
implied_volatility = 0.5
[[policy]]
name = "every step"
rule = "interval"
every = 1
"""


def hours(count, seed=1):
    """A CSV of hourly prices with calm and wild stretches and a jump now and then."""
    draws = random.Random(seed)
    price, wild, lines = 100.0, False, ["time,open,close"]
    for i in range(count):
        wild = draws.random() < (0.9 if wild else 0.02)
        move = draws.gauss(0.0, 0.015 if wild else 0.004)
        if draws.random() < 0.01:
            move += draws.gauss(-0.005, 0.03)
        price *= math.exp(move)
        lines.append(f"{1577836800 + 3600 * i},{price},{price:.8g}")
    return "\n".join(lines) + "\n"


class Calibrate(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], capture_output=True, cwd=self.folder, timeout=110 * PATIENCE,
                              encoding="utf-8", check=False)

    def expect(self, code, *arguments, says=""):
        done = self.run_program("calibrate", *arguments)
        self.assertEqual(done.returncode, code, (arguments, done.stderr))
        self.assertIn(says, done.stderr)
        if code != DONE:
            self.assertTrue(done.stderr.startswith("hedgestorm: "), done.stderr)
            self.assertEqual(done.stdout, "")
        return done.stdout

    def test_every_model_makes_a_block_that_a_scenario_takes(self):
        self.write("prices.csv", hours(5000))
        for model in ("gbm", "merton", "kou", "garch", "regime", "hawkes", "heston"):
            with self.subTest(model):
                out = self.expect(DONE, "prices.csv", "--model", model, "-o", f"{model}.toml")
                self.assertIn(f"{model} fitted to 4,999 returns of 1 hour", out)
                self.assertRegex(out, r"(?m)^drift +-?[\d.,]+ ± [\d.]+ +per year$")
                self.assertIn("J " if model == "heston" else "Kolmogorov-Smirnov distance", out)
                self.assertTrue(out.endswith(f"written to {model}.toml\n"))
                block = self.read(f"{model}.toml")
                spot = re.search(r"(?m)^spot = (\S+)", block).group(1)
                self.write("scenario.toml", 'name = "fitted"\n' + REST.format(spot=spot) + block)
                checked = self.run_program("check", "scenario.toml")
                ran = self.run_program("run", "scenario.toml", "-o", f"{model}.h5", "-q")
                if "rows refuses this market" in " ".join(out.split()):
                    self.assertEqual((model, ran.returncode), ("hawkes", USAGE))
                    self.assertIn("take more rebalance steps", checked.stderr)
                else:
                    self.assertEqual(ran.returncode, DONE, ran.stderr)

    def test_no_estimate_is_without_its_error(self):
        self.write("prices.csv", hours(3000))
        for arguments in (("garch", "--innovations", "student_t"), ("regime", "--states", "3"), ("merton",)):
            found = json.loads(self.expect(DONE, "prices.csv", "--model", *arguments, "--format", "json"))
            for estimate in found["estimates"]:
                self.assertIsInstance(estimate["value"], float)
                self.assertIn("se", estimate)
            lacking = [e["name"] for e in found["estimates"] if e["se"] is None]
            if lacking:  # then a note says why
                self.assertRegex(" ".join(found["notes"]), "bound|not determined|no proper maximum")
            table = self.expect(DONE, "prices.csv", "--model", *arguments)
            for estimate in found["estimates"]:
                self.assertRegex(table, rf"(?m)^{re.escape(estimate['name'])} .*±")
            for line in found["block"].splitlines():
                if re.match(r"(?!spot|period)\w+ = -?[\d.]", line):
                    self.assertRegex(line, r"# ± |# estimated: .* ± ")

    def test_json_says_what_the_table_says(self):
        self.write("prices.csv", hours(2000))
        found = json.loads(self.expect(DONE, "prices.csv", "--model", "merton", "--format", "json"))
        self.assertEqual(found["model"], "merton")
        self.assertEqual(found["history"]["returns"], 1999)
        self.assertEqual(found["history"]["spacing_hours"], 1.0)
        self.assertEqual(found["history"]["time_column"], "time")
        self.assertEqual(found["history"]["price_column"], "close")
        fit = found["fit"]
        self.assertAlmostEqual(fit["aic"], 10 - 2 * fit["log_likelihood"], places=6)
        self.assertAlmostEqual(fit["bic"], 5 * math.log(1999) - 2 * fit["log_likelihood"], places=6)
        self.assertEqual(found["block"], self.expect(DONE, "prices.csv", "--model", "merton", "--format",
                                                     "toml"))

    def test_options_of_the_history(self):
        self.write("prices.csv", hours(2000))
        gbm = ("prices.csv", "--model", "gbm", "--format", "json")
        whole = json.loads(self.expect(DONE, *gbm))
        part = json.loads(self.expect(DONE, *gbm, "--from", "2020-01-10", "--to", "2020-01-20T12:00"))
        self.assertEqual(part["history"]["first"], "2020-01-10T00:00:00Z")
        self.assertEqual(part["history"]["last"], "2020-01-20T12:00:00Z")
        self.assertEqual(part["history"]["returns"], 252)
        opened = json.loads(self.expect(DONE, *gbm, "--price-column", "open"))
        self.assertEqual(opened["history"]["price_column"], "open")
        self.assertNotEqual(opened["history"]["last_price"], whole["history"]["last_price"])
        self.assertIn('drift = "risk_neutral"', whole["block"])
        self.assertRegex(json.loads(self.expect(DONE, *gbm, "--drift", "estimated"))["block"],
                         r"(?m)^drift = -?\d")
        model = json.loads(self.expect(DONE, *gbm, "--errors", "information"))
        se = model["estimates"][1]["value"] / math.sqrt(2 * 1999)
        self.assertAlmostEqual(model["estimates"][1]["se"] / se, 1.0, places=3)
        self.assertNotAlmostEqual(whole["estimates"][1]["se"] / se, 1.0, places=1)

    def test_gaps_are_told(self):
        lines = hours(1000).splitlines()
        self.write("prices.csv", "\n".join(lines[:300] + lines[305:]) + "\n")
        self.assertIn("1 gap, 5 rows missing", self.expect(DONE, "prices.csv", "--model", "gbm"))
        found = [json.loads(self.expect(DONE, "prices.csv", "--model", "gbm", "--format", "json", "--gaps",
                                        gaps))["history"]["returns"] for gaps in ("drop", "join")]
        self.assertEqual(found, [993, 994])

    def test_a_block_is_never_written_over_what_is_none(self):
        self.write("prices.csv", hours(500))
        gbm = ("prices.csv", "--model", "gbm", "-o")
        self.expect(DONE, *gbm, "m.toml")
        self.expect(FILE, *gbm, "m.toml", says="exists already (--force replaces it)")
        self.expect(DONE, *gbm, "m.toml", "--force")
        self.write("precious.toml", "[market]\nspot = 1.0\n")
        self.expect(FILE, *gbm, "precious.toml", "--force",
                    says="exists, and is no fitted market block (--force replaces a fitted market block alone)")
        self.assertEqual(self.read("precious.toml"), "[market]\nspot = 1.0\n")
        self.expect(FILE, *gbm, "nowhere/m.toml", says="its folder does not exist")
        self.expect(FILE, *gbm, "prices.csv", "--force", says="is no fitted market block")
        self.assertEqual(sorted(os.listdir(self.folder)), ["m.toml", "precious.toml", "prices.csv"])

    def test_what_is_wrong_is_said(self):
        self.write("prices.csv", hours(100))
        self.expect(USAGE, says="prices is required")
        self.expect(USAGE, "prices.csv", says="--model is required")
        self.expect(USAGE, "prices.csv", "--model", "nonsense", says="nonsense not in {gbm,merton,kou")
        self.expect(USAGE, "prices.csv", "--model", "gbm", "--states", "3", says="--states goes with")
        self.expect(USAGE, "prices.csv", "--model", "regime", "--states", "9", says="--states")
        self.expect(USAGE, "prices.csv", "--model", "kou", "--innovations", "student_t",
                    says="--innovations goes with --model garch")
        self.expect(USAGE, "prices.csv", "--model", "heston", "--errors", "information",
                    says="heston has none")
        self.expect(USAGE, "prices.csv", "--model", "gbm", "--force", says="--force")
        self.expect(USAGE, "prices.csv", "--model", "gbm", "--from", "soon", says="--from soon is no time")
        self.expect(USAGE, "prices.csv", "--model", "gbm", "--fromm", "x", says='did you mean "--from"?')
        self.expect(USAGE, "prices.csv", "--model", "gbm", "--price-column", "closed",
                    says='did you mean "close"?')
        self.expect(USAGE, "prices.csv", "--model", "heston", says="12 blocks of 8 returns are too few")
        self.expect(USAGE, "prices.csv", "--model", "regime", "--states", "4",
                    says="99 returns are too few for 17 parameters")
        self.expect(FILE, "nothing.csv", "--model", "gbm", says="nothing.csv")
        self.write("bad.csv", "time,close\n2020-01-01,1\n2020-01-02,-1\n2020-01-03,nan\n")
        self.expect(USAGE, "bad.csv", "--model", "gbm", "-o", "m.toml", says="bad.csv:3:12: close: is \"-1\"")
        self.assertEqual(sorted(os.listdir(self.folder)), ["bad.csv", "prices.csv"])

    def test_an_interrupt_leaves_nothing(self):
        self.write("prices.csv", hours(60000))
        with subprocess.Popen([PROGRAM, "calibrate", "prices.csv", "--model", "regime", "--states", "4", "-o",
                               "m.toml"], cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as running:
            until_it_heeds(running)
            time.sleep(0.5)
            running.send_signal(signal.SIGINT)
            out, errors = running.communicate(timeout=60 * PATIENCE)
        self.assertEqual(running.returncode, INTERRUPTED)
        self.assertEqual(out, b"")
        self.assertIn(b"interrupted; nothing was written", errors)
        self.assertEqual(os.listdir(self.folder), ["prices.csv"])


if __name__ == "__main__":
    unittest.main()
