# SPDX-License-Identifier: Apache-2.0
"""`hedgestorm preview` in the hands of people: pictures of shipped scenarios, numbers, and garbage."""
import csv
import os
import shutil
import struct
import unittest
import xml.etree.ElementTree
import zlib

from require import skip_or_fail
from test_command_line import DONE, FILE, SCENARIO, SCENARIOS, TEXTBOOK, CommandLine

UNDRAWN = 6
SVG = "{http://www.w3.org/2000/svg}"


def scenario(name):
    return os.path.join(SCENARIOS, name + ".toml")


def texts(path):
    """What is written on an SVG picture, which must be well formed."""
    root = xml.etree.ElementTree.parse(path).getroot()
    assert root.tag == SVG + "svg"
    return ["".join(text.itertext()) for text in root.iter(SVG + "text")]


def colours_of_png(path):
    """Width, height and the set of colours of a picture with 8 bits a channel."""
    with open(path, "rb") as file:
        content = file.read()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, header = 8, b"", None
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at:at + 8])
        part = content[at + 8:at + 8 + size]
        assert zlib.crc32(kind + part) == struct.unpack(">I", content[at + 8 + size:at + 12 + size])[0]
        if kind == b"IHDR":
            header = struct.unpack(">IIBB", part[:10])
        if kind == b"IDAT":
            data += part
        at += 12 + size
    return header, len(set(zlib.decompress(data)))


class Preview(CommandLine):
    def setUp(self):
        super().setUp()
        if not shutil.which("gnuplot"):
            skip_or_fail(self, "gnuplot", "not installed")

    def test_every_kind_of_market_has_its_panels(self):
        always = {"Price", "Half-spread, basis points"}
        volatility, realised = "Volatility in force, % per year", "Volatility realised in 24 hours, % per year"
        implied = "Multiplier of implied volatilities, times"
        for name, panels in (
                ("textbook-short-call", {volatility}),
                ("black-thursday-2020", {volatility, realised, implied}),
                ("gap-over-the-weekend", {volatility, realised, implied}),
                ("calm", {volatility, realised}), ("liquidity-freeze", {volatility, realised, implied})):
            with self.subTest(name):
                out = self.expect(DONE, "preview", scenario(name), "--paths", "500")
                picture = self.path(name + "-market.svg")
                self.assertIn(f"written to {name}-market.svg", out)
                written = texts(picture)
                self.assertEqual({t for t in written if t in always | {volatility, realised, implied}},
                                 always | panels)
                self.assertIn("median", written)
                self.assertTrue(any(t.startswith("500 paths of ") for t in written))
                self.assertLess(os.path.getsize(picture), 600_000)
        self.assertIn("second leg", texts(self.path("black-thursday-2020-market.svg")))
        self.assertIn("closed", texts(self.path("gap-over-the-weekend-market.svg")))

    def test_every_shipped_scenario_in_one_go(self):
        names = [name[:-5] for name in os.listdir(SCENARIOS) if name.endswith(".toml")]
        self.expect(DONE, "preview", *map(scenario, names), "-o", "pictures/", "--paths", "100", "-q")
        self.assertEqual(sorted(os.listdir(self.path("pictures"))),
                         sorted(name + "-market.svg" for name in names))
        for name in names:
            self.assertIn("Price", texts(self.path("pictures", name + "-market.svg")))

    def test_png(self):
        self.expect(DONE, "preview", scenario("black-thursday-2020"), "-o", "b.png", "--paths", "100")
        header, colours = colours_of_png(self.path("b.png"))
        self.assertEqual(header[:3], (1200, 900, 8))
        self.assertGreater(colours, 50)
        self.expect(DONE, "preview", TEXTBOOK, "--format", "png", "--paths", "100")
        self.nothing_left("b.png", "textbook-short-call-market.png")

    def test_numbers_tell_what_the_table_tells(self):
        out = self.expect(DONE, "preview", TEXTBOOK, "-o", "t.csv", "--samples", "2")
        with open(self.path("t.csv"), newline="", encoding="utf8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({row["quantity"] for row in rows},
                         {"spot", "volatility", "half_spread"})
        prices = [row for row in rows if row["quantity"] == "spot"]
        end = [row for row in prices if row["time_days"] == prices[-1]["time_days"]]
        self.assertEqual([row["series"] for row in end][:7],
                         ["1 %", "5 %", "25 %", "50 %", "75 %", "95 %", "99 %"])
        values = [float(row["value"]) for row in end[:7]]
        self.assertEqual(values, sorted(values))
        for row in end[:7]:
            self.assertLess(float(row["low"]), float(row["value"]))
            self.assertGreater(float(row["high"]), float(row["value"]))
        self.assertEqual(len(end), 10)  # two samples and the lowest
        for row in end[7:]:
            self.assertRegex(row["series"], r"^path \d+$")
            self.assertEqual((row["low"], row["high"]), ("", ""))
        line, = [line for line in out.splitlines() if line.startswith("price ")][:1]
        self.assertIn("[", line)
        self.assertAlmostEqual(float(line.split()[1].replace(",", "")), values[0], delta=0.01)

    def test_the_same_picture_each_time_and_another_for_another_seed(self):
        pictures = []
        for name, seed in (("a", 1), ("b", 1), ("c", 2)):
            self.expect(DONE, "preview", TEXTBOOK, "-o", name + ".svg", "--paths", "200", "-q",
                        "--set", f"simulation.seed={seed}")
            with open(self.path(name + ".svg"), "rb") as file:
                pictures.append(file.read())
        self.assertEqual(pictures[0], pictures[1])
        self.assertNotEqual(pictures[0], pictures[2])

    def test_names_are_text_and_nothing_else(self):
        name = "`touch made` \"; system('touch made') # <b> {/Bold x} %d \\n"
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        self.expect(DONE, "preview", TEXTBOOK, "-o", "n.svg", "--paths", "100", "--set", f'name="{quoted}"')
        self.assertIn(name, texts(self.path("n.svg")))
        odd = self.path("o`touch made`'\"$(touch made).svg")
        self.expect(DONE, "preview", TEXTBOOK, "-o", odd, "--paths", "100")
        self.nothing_left("n.svg", os.path.basename(odd))


class PreviewOfGarbage(CommandLine):
    def test_options(self):
        for arguments, says in (
                (["--paths", "0"], "--paths"), (["--paths", "1"], "--paths"),
                (["--paths", "99999999"], "--paths"), (["--paths", "many"], "--paths"),
                (["--samples", "-1"], "--samples"), (["--samples", "51"], "--samples"),
                (["--format", "pdf"], "--format"), (["-o", "p.pdf"], "ends in .svg, .png or .csv"),
                (["-o", "picture"], "ends in .svg"), (["-o", ".svg"], "ends in .svg"),
                (["-o", ""], "a path is missing"),
                (["-o", "p.png", "--format", "svg"], "do not agree"), (["--pahts", "5"], "did you mean")):
            with self.subTest(arguments):
                self.expect(SCENARIO, "preview", TEXTBOOK, *arguments, says=says)
        self.expect(SCENARIO, "preview", says="scenarios")
        self.nothing_left()

    def test_scenarios(self):
        broken = self.write("broken.toml", "schema = 1\n[market]\nspott = 1\n")
        self.expect(SCENARIO, "preview", broken, "nix.toml", says='did you mean "spot"?')
        self.expect(FILE, "preview", "nix.toml", says="nix.toml (No such file or directory)")
        self.expect(SCENARIO, "preview", TEXTBOOK, broken, "-o", "out/", says="spott")
        self.expect(SCENARIO, "preview", TEXTBOOK, scenario("calm"), "-o", "p.svg", says="need a folder")
        self.nothing_left("broken.toml")

    def test_where_a_picture_may_go(self):
        few = ("--paths", "100", "-q")
        self.expect(FILE, "preview", TEXTBOOK, *few, "-o", "no/p.csv", says="its folder does not exist")
        self.expect(DONE, "preview", TEXTBOOK, *few, "-o", "p.csv")
        self.expect(FILE, "preview", TEXTBOOK, *few, "-o", "p.csv", says="--force replaces it")
        self.expect(DONE, "preview", TEXTBOOK, *few, "-o", "p.csv", "--force")
        other = self.write("other.csv", "a,b\n1,2\n")
        self.expect(FILE, "preview", TEXTBOOK, *few, "-o", other, "--force", says="is no preview as CSV")
        with open(other, encoding="utf8") as file:
            self.assertEqual(file.read(), "a,b\n1,2\n")
        os.mkdir(self.path("closed"))
        os.chmod(self.path("closed"), 0o500)
        if not os.access(self.path("closed"), os.W_OK):
            self.expect(FILE, "preview", TEXTBOOK, *few, "-o", "closed/p.csv", says="Permission denied")
        os.chmod(self.path("closed"), 0o700)
        self.nothing_left("closed", "other.csv", "p.csv")

    def test_without_gnuplot_there_are_numbers(self):
        bare = {**os.environ, "PATH": self.path("nothing")}
        self.expect(UNDRAWN, "preview", TEXTBOOK, says="apt-get install gnuplot-nox", env=bare)
        self.nothing_left()
        self.expect(DONE, "preview", TEXTBOOK, "--format", "csv", "--paths", "100", env=bare)
        self.nothing_left("textbook-short-call-market.csv")

    def test_with_a_gnuplot_that_fails(self):
        os.mkdir(self.path("bin"))
        fake = self.write("bin/gnuplot", "#!/bin/sh\n"
                          "test \"$2\" = --version && echo gnuplot 5.4 && exit 0\n"
                          "echo 'out of \x1b[31mink' >&2\nexit 3\n")
        os.chmod(fake, 0o755)
        broken = {**os.environ, "PATH": self.path("bin") + ":" + os.environ["PATH"]}
        self.expect(UNDRAWN, "preview", TEXTBOOK, "--paths", "100", says="ink", env=broken)
        self.nothing_left("bin")


if __name__ == "__main__":
    unittest.main()
