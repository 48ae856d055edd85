# SPDX-License-Identifier: Apache-2.0
"""A result file opens elsewhere as labelled tables: in h5py and with both xarray engines."""
import csv
import json
import os
import subprocess
import tempfile
import unittest

from patience import PATIENCE
from require import skip_or_fail

PROGRAM = os.environ.get("HEDGESTORM", "hedgestorm")
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SCENARIO = os.path.join(ROOT, "scenarios", "textbook-short-call.toml")
POLICY = "band 0.05"


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=100 * PATIENCE)


class ResultFile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "r.h5")
        made = run("run", SCENARIO, "--set", "simulation.paths=20000", "-o", cls.path, "--quiet")
        if made.returncode != 0:
            raise AssertionError(made.stderr)
        shown = run("show", cls.path, "--format", "json")
        if shown.returncode != 0:
            raise AssertionError(shown.stderr)
        cls.shown = json.loads(shown.stdout)
        cls.policy = {policy["name"]: policy for policy in cls.shown["policies"]}[POLICY]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def module(self, name):
        try:
            return __import__(name)
        except ImportError as missing:
            skip_or_fail(self, name, str(missing))

    def check_tables(self, engine, module):
        self.module(module)
        xarray = self.module("xarray")
        with xarray.open_dataset(self.path, engine=engine) as ds:
            self.assertEqual(list(ds.statistic.values), ["value", "se", "low", "high"])
            at = {"policy": POLICY, "outcome": "pnl"}
            pnl = self.policy["outcomes"]["pnl"]
            for statistic in ("value", "se", "low", "high"):
                self.assertEqual(float(ds["mean"].sel(statistic=statistic, **at)),
                                 pnl["mean"][statistic])
                self.assertEqual(float(ds["es"].sel(level=0.99, statistic=statistic, **at)),
                                 pnl["es"]["0.99"][statistic])
            self.assertEqual(float(ds["quantiles"].sel(quantile=0.01, statistic="value", **at)),
                             pnl["quantiles"]["0.01"]["value"])
            self.assertEqual(int(ds.attrs["schema_version"]), 1)
            self.assertEqual(ds.attrs["seed"], self.shown["seed"])
            for name, array in ds.variables.items():
                self.assertIn("long_name", array.attrs, name)
                self.assertIn("units", array.attrs, name)
        with xarray.open_dataset(self.path, engine=engine, group="paired") as paired:
            self.assertEqual(float(paired["es"].sel(policy=POLICY, level=0.99, statistic="se")),
                             self.shown["paired"][0]["es"]["0.99"]["se"])
        with xarray.open_dataset(self.path, engine=engine, group="worst") as worst:
            pnl = worst["pnl"].sel(policy=POLICY).values
            self.assertTrue((pnl[1:] >= pnl[:-1]).all())
            self.assertEqual(float(worst["pnl"].sel(policy=POLICY, rank=1)),
                             self.policy["outcomes"]["pnl"]["min"])
            self.assertEqual(worst["path"].dtype.kind, "u")
        for group in ("path", "book", "tally", "scenario"):
            with xarray.open_dataset(self.path, engine=engine, group=group) as part:
                part.load()

    def test_opens_in_xarray_with_h5netcdf(self):
        self.check_tables("h5netcdf", "h5netcdf")

    def test_opens_in_xarray_with_netcdf4(self):
        self.check_tables("netcdf4", "netCDF4")

    def test_opens_in_h5py_with_named_dimensions(self):
        h5py = self.module("h5py")
        with h5py.File(self.path, "r") as file:
            labels = [list(dimension.keys()) for dimension in file["es"].dims]
            self.assertEqual(labels, [["policy"], ["outcome"], ["level"], ["statistic"]])
            self.assertTrue(file["es"].fletcher32)
            self.assertEqual(file["es"].compression, "gzip")
            self.assertEqual(file.attrs["program"], "hedgestorm")
            with open(SCENARIO, "rb") as source:
                self.assertEqual(bytes(file["scenario/source"][:]), source.read())

    def test_histograms_hold_every_path_and_give_the_mean_again(self):
        h5py = self.module("h5py")
        with h5py.File(self.path, "r") as file:
            tally = file["tally"]
            flagged = int(file.attrs["flagged"])
            columns = list(zip(tally["policy"][:], tally["outcome"].asstr()[:]))
            column = columns.index((0, "pnl"))
            first, bins = int(tally["first_bin"][column]), int(tally["bins"][column])
            counts = tally["count"][first:first + bins]
            total = tally["sum"][first:first + bins].sum()
            self.assertEqual(int(counts.sum()), 20000 - flagged)
            mean = self.shown["policies"][0]["outcomes"]["pnl"]["mean"]["value"]
            self.assertAlmostEqual(total / counts.sum(), mean, places=9)

    def test_an_outcome_that_is_zero_on_every_path_is_there_as_zero(self):
        """The textbook has neither interest nor dividends nor fixed charges."""
        zero = {"value": 0, "se": 0, "low": 0, "high": 0}
        for policy in self.shown["policies"]:
            self.assertNotEqual(policy["outcomes"]["spread_cost"]["max"], 0, policy["name"])
            for name in ("interest", "dividends", "fixed_cost", "funding_cost"):
                outcome = policy["outcomes"][name]
                self.assertEqual((outcome["mean"], outcome["sd"]), (zero, zero), name)
                self.assertEqual((outcome["min"], outcome["max"]), (0, 0), name)
                self.assertEqual([*outcome["es"].values(), *outcome["quantiles"].values()],
                                 [zero] * (len(outcome["es"]) + 15), name)
        self.assertEqual(self.shown["path"]["unhedged_interest"]["mean"], zero)
        shown = run("show", self.path, "--format", "csv").stdout.splitlines()
        self.assertIn(f"{POLICY},fixed_cost,mean,,0,0,0,0", shown)
        self.assertIn(f"{POLICY},interest,var,0.99,0,0,0,0", shown)
        h5py = self.module("h5py")
        with h5py.File(self.path, "r") as file:
            tally = file["tally"]
            columns = list(zip(tally["policy"][:], tally["outcome"].asstr()[:]))
            column = columns.index((0, "fixed_cost"))
            self.assertEqual((tally["mantissa_bits"][column], tally["bins"][column]), (0, 0))

    def test_outcomes_without_quantiles_keep_their_moments(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "r.h5")
            made = run("run", SCENARIO, "--set", "simulation.paths=20000", "-o", path,
                       "--set", "risk.quantiles=columns", "--set", 'risk.columns=["trades"]')
            self.assertEqual(made.returncode, 0, made.stderr)
            self.assertRegex(made.stdout, r"\(unhedged\) .* n/a +n/a")
            shown = json.loads(run("show", path, "--format", "json").stdout)
            policy = {policy["name"]: policy for policy in shown["policies"]}[POLICY]
            for name, outcome in policy["outcomes"].items():
                before = self.policy["outcomes"][name]
                for figure in ("mean", "sd", "min", "max"):
                    self.assertEqual(outcome[figure], before[figure], name)
                self.assertEqual(outcome["skew"]["value"], before["skew"]["value"], name)
                zero = ("interest", "dividends", "fixed_cost", "funding_cost")  # on every path: nothing to bin
                gone = name not in ("pnl", "trades", *zero)
                figures = [*outcome["quantiles"].values(), *outcome["es"].values()]
                self.assertEqual([figure["value"] is None for figure in figures],
                                 [gone] * len(figures), name)
            csv_lines = run("show", path, "--format", "csv").stdout.splitlines()
            self.assertIn(f"{POLICY},turnover,es,0.99,,,,", csv_lines)
            with self.module("h5py").File(path, "r") as file:
                tally = file["tally"]
                columns = list(zip(tally["policy"][:], tally["outcome"].asstr()[:]))
                column = columns.index((0, "turnover"))
                self.assertEqual((tally["mantissa_bits"][column], tally["bins"][column]), (255, 0))
                self.assertEqual(list(tally["order"][:]), list(range(1, 9)))

    def test_a_result_is_replaced_only_when_asked(self):
        arguments = ["run", SCENARIO, "--set", "simulation.paths=2000", "-o", self.path, "--quiet"]
        refused = run(*arguments)
        self.assertEqual(refused.returncode, 5, refused.stderr)
        self.assertIn("--force", refused.stderr)
        self.assertEqual(os.listdir(self.folder.name), ["r.h5"])

    def test_a_damaged_file_is_an_error_in_words(self):
        with open(self.path, "rb") as file:
            content = file.read()
        with tempfile.TemporaryDirectory() as folder:
            damaged = os.path.join(folder, "damaged.h5")
            for cut in (0, 7, 100, len(content) // 2, len(content) - 40, len(content) - 1):
                with open(damaged, "wb") as file:
                    file.write(content[:cut])
                shown = run("show", damaged)
                self.assertEqual(shown.returncode, 5, (cut, shown.stderr))
                self.assertIn("damaged.h5", shown.stderr)

    def test_csv_is_a_long_table_of_the_same_figures(self):
        shown = run("show", self.path, "--format", "csv")
        rows = list(csv.DictReader(shown.stdout.splitlines()))
        wanted = {"policy": POLICY, "outcome": "pnl", "statistic": "mean"}
        mean, = [row for row in rows if wanted.items() <= row.items()]
        self.assertEqual(float(mean["value"]), self.policy["outcomes"]["pnl"]["mean"]["value"])


if __name__ == "__main__":
    unittest.main()
