# SPDX-License-Identifier: Apache-2.0
"""`hedgestorm check` passes every shipped scenario and reports all that is wrong with a broken one, exit code 2."""
import glob
import os
import subprocess
import tempfile
import unittest

from patience import PATIENCE

PROGRAM = os.environ.get("HEDGESTORM", "hedgestorm")
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def hedgestorm(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=100 * PATIENCE)


class Check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(text)
        return path

    def refused(self, *arguments):
        done = hedgestorm(*arguments)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_passes_every_shipped_scenario(self):
        done = hedgestorm("check", *sorted(glob.glob(os.path.join(ROOT, "scenarios", "*.toml"))))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_notes_what_no_friction_reads(self):
        with open(os.path.join(ROOT, "scenarios", "textbook-short-call.toml"), "rb") as file:
            text = file.read()
        path = self.write("s.toml", text + b"\n[[stress]]\nat_days = 1\nduration_hours = 3\noutage = true\n")
        done = hedgestorm("check", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("ok:", done.stdout)
        self.assertIn("note: outage of stress[0] is carried with the market, but nothing", done.stdout)
        self.assertNotIn("depth_multiplier", done.stdout)

    def test_reports_everything_at_once_with_its_place(self):
        path = self.write("s.toml", b"[market]\nspot = -1\nvolatilty = 0.2\n[simulation]\npaths = 0\n")
        said = self.refused("check", path)
        self.assertIn(path + ":2:1: market.spot: is -1, must be above 0", said)
        self.assertIn('market.volatilty: unknown key (did you mean "volatility"?)', said)
        self.assertIn(path + ":5:1: simulation.paths: is 0", said)
        self.assertIn("book: is missing", said)

    def test_tells_what_only_the_grid_of_times_shows(self):
        with open(os.path.join(ROOT, "scenarios", "textbook-short-call.toml"), "rb") as file:
            text = file.read()
        line = text.count(b"\n") + 4
        path = self.write("s.toml", text + b'\n[[policy]]\nname = "dear"\nrule = "leland"\nevery = 1\n'
                                           b'assumed_cost_bps = 500\n[[book.option]]\nname = "long"\nkind = "put"\n'
                                           b'strike = 90\nexpiry_years = 0.25\nimplied_volatility = 0.2\nquantity = 1\n')
        said = self.refused("check", path)
        self.assertIn(f'{path}:{line}:1: policy["dear"].rule: is "leland"', said)
        self.assertIn("nothing is left", said)
        said = self.refused("check", path, "--set", 'policy["dear"].rule=leland')
        self.assertIn("--set", said)

    def test_refuses_files_that_are_no_scenarios(self):
        for name, text in {
            "empty": b"",
            "binary": bytes(range(256)) * 10,
            "deep": b"a = " + b"[" * 1_000_000,
            "text": b"Dear reader,\n",
            "nothing": b"# nothing\n",
        }.items():
            with self.subTest(name):
                self.assertIn(name, self.refused("check", self.write(name, text)))

    def test_a_broken_scenario_leaves_no_result(self):
        path = self.write("s.toml", b"[market]\nspot = nan\n")
        output = os.path.join(self.folder, "r.h5")
        self.refused("run", path, "-o", output, "--quiet")
        self.assertEqual(os.listdir(self.folder), ["s.toml"])

    def test_a_wrong_override_is_a_problem_of_its_own(self):
        scenario = os.path.join(ROOT, "scenarios", "textbook-short-call.toml")
        output = os.path.join(self.folder, "r.h5")
        said = self.refused("run", scenario, "-o", output, "--quiet", "--set", "simulation.pahts=4e6")
        self.assertIn('--set simulation.pahts=4e6: simulation.pahts: unknown key (did you mean "paths"?)', said)

    def test_a_file_that_is_not_there_is_a_file_error(self):
        done = hedgestorm("check", os.path.join(self.folder, "none.toml"))
        self.assertEqual(done.returncode, 5, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
