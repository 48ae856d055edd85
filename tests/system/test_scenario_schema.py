# SPDX-License-Identifier: Apache-2.0
"""The published schema takes every shipped scenario, and what it gives with its bases; it refuses what check does."""
import copy
import glob
import json
import os
import subprocess
import tomllib
import unittest

from patience import PATIENCE
from require import skip_or_fail

try:
    import jsonschema
except ImportError:
    jsonschema = None

PROGRAM = os.environ.get("HEDGESTORM", "hedgestorm")
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


class ScenarioSchema(unittest.TestCase):
    def setUp(self):
        if jsonschema is None:
            skip_or_fail(self, "jsonschema", "python3-jsonschema is not installed")
        made = subprocess.run([PROGRAM, "schema"], capture_output=True, text=True, timeout=100 * PATIENCE)
        self.assertEqual(made.returncode, 0, made.stderr)
        schema = json.loads(made.stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        self.validator = jsonschema.Draft202012Validator(schema)
        with open(os.path.join(ROOT, "scenarios", "gap-over-the-weekend.toml"), "rb") as file:
            self.scenario = tomllib.load(file)

    def errors(self, scenario):
        return [error.message for error in self.validator.iter_errors(scenario)]

    def changed(self, change):
        scenario = copy.deepcopy(self.scenario)
        change(scenario)
        return self.errors(scenario)

    def test_takes_every_shipped_scenario(self):
        files = glob.glob(os.path.join(ROOT, "scenarios", "*.toml"))
        self.assertGreaterEqual(len(files), 4)
        for path in files:
            with open(path, "rb") as file:
                self.assertEqual(self.errors(tomllib.load(file)), [], path)

    def test_refuses_unknown_keys_at_every_depth(self):
        self.assertTrue(self.changed(lambda s: s.update(stres=[])))
        self.assertTrue(self.changed(lambda s: s["market"].update(vol=0.2)))
        self.assertTrue(self.changed(lambda s: s["policy"][0].update(halfwidth=1)))
        self.assertTrue(self.changed(lambda s: s["book"]["option"][0].update(strik=1)))

    def test_refuses_wrong_values(self):
        self.assertTrue(self.changed(lambda s: s["market"].update(volatility=-0.2)))
        self.assertTrue(self.changed(lambda s: s["market"].update(spot="hundred")))
        self.assertTrue(self.changed(lambda s: s["simulation"].update(paths=0)))
        self.assertTrue(self.changed(lambda s: s["policy"][0].update(rule="bnad")))
        self.assertTrue(self.changed(lambda s: s["simulation"].update(seed="abc")))

    def test_refuses_missing_keys_and_two_units_of_a_time(self):
        self.assertTrue(self.changed(lambda s: s.pop("market")))
        self.assertTrue(self.changed(lambda s: s["simulation"].pop("horizon_days")))
        self.assertTrue(self.changed(lambda s: s["simulation"].update(horizon_hours=216)))
        self.assertTrue(self.changed(lambda s: s["stress"][0].update(half_life_days=1)))

    def test_knows_what_stress_does_to_the_market(self):
        def stressed(**keys):
            return self.changed(lambda s: s["stress"].append({"at_days": 1, "duration_hours": 2, **keys}))
        self.assertEqual(stressed(collateral_peg=[[0, 1], [6.5, 0.9]], outage=True, ramp_minutes=5,
                                  depth_multiplier=0.1, venue_failure={"recovery": 0.4}), [])
        self.assertTrue(stressed(collateral_peg=[[0, 1, 2]]))
        self.assertTrue(stressed(collateral_peg=[0, 1]))
        self.assertTrue(stressed(collateral_peg=[]))
        self.assertTrue(stressed(depth_multiplier=0))
        self.assertTrue(stressed(venue_failure={"recovery": 2}))
        self.assertTrue(stressed(venue_failure={}))
        self.assertTrue(stressed(auto_deleverage=1.5))

    def test_takes_overlays_that_say_only_what_differs(self):
        self.assertEqual(self.errors({"extends": "a.toml", "market": {"spot": 5}}), [])
        self.assertEqual(
            self.errors({"extends": "a.toml", "policy": [{"name": "x", "remove": True}]}), [])
        self.assertTrue(self.errors({"extends": "a.toml", "market": {"spots": 5}}))

    def test_takes_a_seed_of_64_bits(self):
        self.assertEqual(self.changed(lambda s: s["simulation"].update(seed="18446744073709551615")), [])
        self.assertEqual(self.changed(lambda s: s["simulation"].update(paths=4e6)), [])


if __name__ == "__main__":
    unittest.main()
