# SPDX-License-Identifier: Apache-2.0
"""The program in the hands of people: what they ask for, mistype, feed it, and interrupt."""
import json
import os
import pty
import resource
import signal
import subprocess
import tempfile
import time
import unittest

from patience import PATIENCE
from require import skip_or_fail

PROGRAM = os.environ.get("HEDGESTORM", "hedgestorm")
ROOT = os.environ.get("HEDGESTORM_SOURCE_DIR") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..")
SCENARIOS = os.path.join(ROOT, "scenarios")
TEXTBOOK = os.path.join(SCENARIOS, "textbook-short-call.toml")
FEW = ("--set", "simulation.paths=2000", "--quiet")

DONE, SCENARIO, CAPACITY, ENGINE, FILE, INTERRUPTED = 0, 2, 3, 4, 5, 130


def program(*arguments, **how):
    how.setdefault("capture_output", "stdout" not in how)
    how.setdefault("timeout", 60 * PATIENCE)
    return subprocess.run([PROGRAM, *arguments], **how)


def built_with(*names):
    """True where the program holds one of the names."""
    with open(PROGRAM, "rb") as binary:
        content = binary.read()
    return any(name in content for name in names)


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, *name):
        return os.path.join(self.folder, *name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def expect(self, code, *arguments, says="", **how):
        """Runs the program, checks its exit code and what it says, and that errors are sentences."""
        how.setdefault("cwd", self.folder)
        done = program(*arguments, **how)
        errors = (done.stderr or b"").decode(errors="replace")
        self.assertEqual(done.returncode, code, (arguments, errors))
        self.assertIn(says, errors)
        if done.stderr is not None and code not in (DONE, ENGINE):
            self.assertTrue(errors.startswith("hedgestorm: "), errors)
            self.assertNotIn("a bug", errors)
            self.assertNotIn("\x1b", errors)
        return (done.stdout or b"").decode(errors="replace")

    def nothing_left(self, *but):
        self.assertEqual(sorted(os.listdir(self.folder)), sorted(but))


class Help(CommandLine):
    def test_every_help_fits_80_columns(self):
        for command in ([], ["run"], ["preview"], ["check"], ["list"], ["calibrate"], ["sweep"], ["reverse"],
                        ["tune"], ["show"], ["engines"], ["schema"], ["version"]):
            text = self.expect(DONE, *command, "--help")
            self.assertIn("Usage: hedgestorm", text)
            for line in text.splitlines():
                self.assertLessEqual(len(line), 80, line)
        for word in ("run", "preview", "check", "list", "calibrate", "sweep", "reverse", "tune", "show",
                     "engines", "schema", "version", "Exit codes"):
            self.assertIn(word, self.expect(DONE, "--help"))

    def test_version_engines_and_schema(self):
        self.assertRegex(self.expect(DONE, "--version"), r"^hedgestorm \d+\.\d+\.\d+\n$")
        self.assertIn("commit", self.expect(DONE, "version"))
        engines = self.expect(DONE, "engines")
        self.assertRegex(engines, r"(?m)^scalar +available")
        self.assertEqual(engines.count("(auto)"), 1)
        schema = json.loads(self.expect(DONE, "schema"))
        self.assertIn("$schema", schema)


class Mistyped(CommandLine):
    def test_a_command(self):
        self.expect(SCENARIO, says="name a command: run, preview, check")
        self.expect(SCENARIO, "rnu", says='did you mean "run"?')
        self.expect(SCENARIO, "chekc", "x.toml", says='did you mean "check"?')
        self.expect(SCENARIO, "", says="no command is called")
        self.expect(SCENARIO, "\x1b[31mred", says="\\x1b[31mred")
        self.expect(SCENARIO, "--wrong")
        for asked in (("chekc", "--help"), ("--help", "chekc"), ("chekc", "-h"), ("chekc", "--version")):
            out = self.expect(SCENARIO, *asked, says='no command is called chekc (did you mean "check"?)')
            self.assertEqual(out, "")
        self.expect(SCENARIO, "bench", "--help", says="no command is called bench")

    def test_an_option(self):
        self.expect(SCENARIO, "run", TEXTBOOK, "--thread", "3", says='did you mean "--threads"?')
        self.expect(SCENARIO, "show", "--fromat=json", "r.h5", says='did you mean "--format"?')
        self.expect(SCENARIO, "run", TEXTBOOK, "--zzz", says="there is no option --zzz")
        self.expect(SCENARIO, "engines", "--threads", "3", says="there is no option --threads")
        self.expect(SCENARIO, "engines", "more", says="not expected")
        self.expect(SCENARIO, "run", says="scenarios is required")
        self.expect(SCENARIO, "show", says="result is required")
        self.expect(SCENARIO, "show", "r.h5", "--format", "xml", says="table,json,csv")
        self.nothing_left()

    def test_threads(self):
        for threads in ("-1", "4097", "99999", "1e99", "two", ""):
            self.expect(SCENARIO, "run", TEXTBOOK, *FEW, "-o", "r.h5", "--threads", threads,
                        says="--threads")
        self.nothing_left()
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5", "--threads", "0")
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5", "--threads", "16", "--force")

    def test_an_engine(self):
        self.expect(SCENARIO, "run", TEXTBOOK, *FEW, "-o", "r.h5", "--engine", "nonsense",
                    says="no engine is called \"nonsense\"")
        self.expect(SCENARIO, "run", TEXTBOOK, *FEW, "-o", "r.h5", "--engine", "", says="no engine")
        self.nothing_left()
        offers = self.expect(DONE, "engines")
        for name in ("scalar", "avx2", "avx512", "cuda"):
            line, = [line for line in offers.splitlines() if line.startswith(name)][:1]
            if "not available" in line:
                self.expect(ENGINE, "run", TEXTBOOK, *FEW, "-o", name, "--engine", name,
                            says=f"engine {name} is not available: ")
                self.nothing_left()

    def test_a_key_to_set(self):
        for setting, says in (
                ("garbage", "not key=value"), ("=", "not key=value"), ("=3", "not key=value"),
                ("simulation.paths=", "not key=value"), ("policy[0", "not key=value"),
                ("simulation.paths=abc", "must be a whole number"),
                ("simulation.paths=0", "must be from 1"), ("simulation.paths=-5", "must be from 1"),
                ("simulation.paths=1e99", "must be from 1"), ("simulation.paths=2.5", "whole number"),
                ("simulation.paths=nan", "must be finite"), ("market.spot=inf", "must be finite"),
                ("market.volatility=-0.2", "must be"), ("market.volatility=[1", "neither TOML"),
                ("simulation.path=5", 'did you mean "paths"?'), ("a.b.c=1", "unknown key"),
                ("policy[9].half_width=1", "there are 2 of them"),
                ("policy[99999999999999999999].half_width=1", "none so named"),
                ('policy["nix"].half_width=1', "none so named"),
                ("policy[0].every=2", "goes with rule"), ("market.spot=\x1b[2J", "\\x1b[2J"),
                ("policy=[]", "policy")):
            with self.subTest(setting):
                self.expect(SCENARIO, "run", TEXTBOOK, "-o", "r.h5", "--set", setting, says=says)
        self.nothing_left()


class Files(CommandLine):
    def test_a_scenario_that_cannot_be_read(self):
        self.expect(FILE, "run", "nix.toml", says="nix.toml (No such file or directory)")
        self.expect(FILE, "check", self.folder, says="it is a folder")
        self.expect(FILE, "check", "x/" * 3000 + "s.toml", says="cannot read")
        self.expect(FILE, "check", "s" * 300 + ".toml", says="cannot read")
        self.expect(SCENARIO, "check", "/dev/null", says="empty")
        self.expect(SCENARIO, "check", "/dev/zero", says="larger than 64 MB")
        secret = self.write("secret.toml", "")
        os.chmod(secret, 0)
        if not os.access(secret, os.R_OK):
            self.expect(FILE, "check", secret, says="Permission denied")

    def test_a_file_that_is_no_scenario(self):
        for name, content in (("empty.toml", b""), ("binary.toml", bytes(range(256)) * 40),
                              ("elf.toml", b"\x7fELF" + bytes(1000)), ("cut.toml", b"[market"),
                              ("latin.toml", b'name = "\xe9"'), ("nul.toml", b"schema = 1\n\0")):
            with self.subTest(name):
                self.expect(SCENARIO, "check", self.write(name, content), says=name)

    def test_every_file_s_problems_come_at_once(self):
        broken = self.write("broken.toml", "schema = 1\n[market]\nspott = 1\n")
        out = self.expect(SCENARIO, "check", "nix.toml", broken, TEXTBOOK, says="nix.toml")
        self.assertIn("textbook-short-call.toml: ok", out)
        self.expect(SCENARIO, "run", broken, "nix.toml", says='did you mean "spot"?')
        self.expect(FILE, "check", "nix.toml", TEXTBOOK, "nox.toml", says="nox.toml")
        self.nothing_left("broken.toml")

    def test_a_scenario_from_a_pipe_and_under_odd_names(self):
        with open(TEXTBOOK, "rb") as file:
            text = file.read()
        self.expect(DONE, "check", "/dev/stdin", input=text)
        for name in (b"\xc3\xbcn\xc3\xaf \xf0\x9f\x98\x80.toml", b"bad\xff.toml", b"esc\x1b[31m.toml",
                     b"-dash.toml", b"two\nlines.toml"):
            with open(os.path.join(self.folder.encode(), name), "wb") as file:
                file.write(text)
            done = program(b"run", b"--set", b"simulation.paths=100", b"./" + name, cwd=self.folder)
            self.assertEqual(done.returncode, DONE, (name, done.stderr))
            made = os.path.join(self.folder.encode(), b"results", name[:-5] + b".h5")
            self.assertTrue(os.path.exists(made), name)
            self.assertNotIn(b"\x1b", done.stdout)

    def test_untrusted_names_reach_no_terminal(self):
        name = '--set=name="\\u001b]0;gone\\u0007"'
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5", name)
        for form in ("table", "json", "csv"):
            self.assertNotIn("\x1b", self.expect(DONE, "show", "r.h5", "--format", form))

    def test_where_a_result_may_go(self):
        self.expect(FILE, "run", TEXTBOOK, *FEW, "-o", "no/r.h5", says="its folder does not exist")
        self.expect(SCENARIO, "run", TEXTBOOK, *FEW, "-o", "", says="a path is missing")
        self.expect(FILE, "run", TEXTBOOK, *FEW, "-o", "r" * 300 + ".h5", says="too long")
        self.expect(FILE, "run", TEXTBOOK, *FEW, "-o", "/dev/null", "--force", says="ordinary file")
        self.nothing_left()
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5")
        with open(self.path("r.h5"), "rb") as file:
            before = file.read()
        self.expect(FILE, "run", TEXTBOOK, *FEW, "-o", "r.h5", says="--force replaces it")
        with open(self.path("r.h5"), "rb") as file:
            self.assertEqual(file.read(), before)
        self.expect(FILE, "run", TEXTBOOK, *FEW, "-o", "r.h5/x.h5", says="its folder is a file")
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5", "--force")
        with open(TEXTBOOK, "rb") as file, open(self.path("own.toml"), "wb") as copy:
            copy.write(file.read())
        self.expect(FILE, "run", self.path("own.toml"), *FEW, "-o", "own.toml", "--force", says="is no result")
        self.expect(DONE, "check", self.path("own.toml"))
        os.remove(self.path("own.toml"))
        os.symlink("nowhere", self.path("link.h5"))
        self.expect(FILE, "run", TEXTBOOK, *FEW, "-o", "link.h5", says="exists already")
        self.nothing_left("link.h5", "r.h5")

    def test_several_scenarios_need_a_folder(self):
        with open(TEXTBOOK, "rb") as file:
            text = file.read()
        for folder in ("a", "b"):
            os.mkdir(self.path(folder))
            self.write(f"{folder}/same.toml", text)
        first, second = "a/same.toml", "b/same.toml"
        self.expect(SCENARIO, "run", first, second, *FEW, "-o", "out/", says="would both be written")
        self.expect(SCENARIO, "run", first, TEXTBOOK, *FEW, "-o", "r.h5", says="need a folder")
        self.nothing_left("a", "b")
        self.expect(DONE, "run", first, TEXTBOOK, *FEW, "-o", "out")
        self.assertEqual(sorted(os.listdir(self.path("out"))), ["same.h5", "textbook-short-call.h5"])
        self.expect(DONE, "run", first, *FEW, "-o", "new/")
        self.assertEqual(os.listdir(self.path("new")), ["same.h5"])
        self.expect(DONE, "run", first, *FEW)
        self.assertEqual(os.listdir(self.path("results")), ["same.h5"])

    def test_what_show_will_not_read(self):
        self.expect(FILE, "show", "nix.h5", says="there is no such file")
        self.expect(FILE, "show", self.folder, says="is a folder")
        self.expect(FILE, "show", "/dev/null", says="not an ordinary file")
        self.expect(FILE, "show", TEXTBOOK, says="is not an HDF5 file")
        self.expect(FILE, "show", self.write("empty.h5", b""), says="empty.h5")
        self.expect(FILE, "show", self.write("b.h5", b"\x89HDF\r\n\x1a\n" + bytes(500)), says="b.h5")
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5")
        with open(self.path("r.h5"), "rb") as file:
            content = bytearray(file.read())
        content[len(content) // 3] ^= 1
        self.expect(FILE, "show", self.write("bit.h5", bytes(content)), says="damaged")


class Surroundings(CommandLine):
    def test_full_disk_for_what_is_printed(self):
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5")
        for command in (["version"], ["--help"], ["schema"], ["check", TEXTBOOK], ["show", "r.h5"],
                        ["show", "r.h5", "--format", "json"]):
            with open("/dev/full", "wb") as full:
                self.expect(FILE, *command, stdout=full, stderr=subprocess.PIPE,
                            says="could not be written in full")

    def test_a_reader_that_goes_away(self):
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5")
        for ignored, code in ((False, -signal.SIGPIPE), (True, FILE)):
            reading, writing = os.pipe()
            os.close(reading)
            done = subprocess.run(
                [PROGRAM, "show", self.path("r.h5"), "--format", "csv"], stdout=writing,
                stderr=subprocess.PIPE, restore_signals=not ignored, timeout=60 * PATIENCE)
            os.close(writing)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertNotIn(b"a bug", done.stderr)

    def test_a_message_nobody_can_read_does_not_change_the_outcome(self):
        with open("/dev/full", "wb") as full:
            done = program("run", TEXTBOOK, "--set", "simulation.paths=1", "-o", self.path("r.h5"),
                           "--quiet", stdout=subprocess.DEVNULL, stderr=full)
        self.assertEqual(done.returncode, ENGINE)
        self.assertTrue(os.path.exists(self.path("r.h5")))

    def test_a_result_that_does_not_fit_leaves_nothing(self):
        if built_with(b"__gcov_"):
            self.skipTest("counts of lines do not fit either")
        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
        self.expect(FILE, "run", TEXTBOOK, *FEW, "-o", "r.h5", preexec_fn=small_files,
                    says="nothing was left there")
        self.nothing_left()

    def test_a_full_file_system_leaves_nothing(self):
        tiny = self.path("tiny")
        os.mkdir(tiny)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", tiny],
                                 capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("may not mount a file system here")
        try:
            self.expect(FILE, "run", TEXTBOOK, *FEW, "-o", "tiny/r.h5", says="No space left")
            self.assertEqual(os.listdir(tiny), [])
        finally:
            subprocess.run(["umount", tiny], check=True)

    def test_little_memory_is_said_in_words(self):
        if built_with(b"__asan_init", b"__tsan_init"):
            self.skipTest("a sanitizer needs more address space than this leaves")
        def little_memory():
            resource.setrlimit(resource.RLIMIT_AS, (40 << 20, 40 << 20))
        done = program("run", TEXTBOOK, *FEW, "-o", self.path("r.h5"), preexec_fn=little_memory)
        self.assertIn(done.returncode, (CAPACITY, ENGINE, 127), done.stderr)  # 127: no libraries
        self.nothing_left()


class Progress(CommandLine):
    def on_terminal(self, *arguments):
        """Exit code, and what a terminal in place of the standard error gets to see."""
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            skip_or_fail(self, "terminal", str(error))
        with subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, stderr=theirs,
                              stdout=subprocess.DEVNULL) as run:
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

    def test_a_terminal_gets_one_line_that_is_gone_in_the_end(self):
        code, seen = self.on_terminal("run", TEXTBOOK, "--set", "simulation.steps=3000", "--set",
                                      "simulation.paths=150_000", "--threads", "1", "-o", "r.h5")
        self.assertEqual(code, DONE, seen)
        self.assertRegex(seen, r"^\r\S.*: +\d+ %  \S+ of 1.5e\+05 paths  ETA [-\d]+:[-\d]+")
        self.assertRegex(seen, r"ES 0\.99 \S+ \[\S+, \S+\]")
        self.assertNotIn("\n", seen)
        self.assertTrue(seen.endswith("\r\x1b[K"), seen)

    def test_quiet_tells_a_terminal_nothing(self):
        self.assertEqual(self.on_terminal("run", TEXTBOOK, *FEW, "-o", "r.h5"), (DONE, ""))


class Interrupted(CommandLine):
    def start(self, *more):
        return subprocess.Popen(
            [PROGRAM, "run", TEXTBOOK, "--set", "simulation.paths=1e11", "-o", "r.h5", *more],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def test_a_signal_ends_a_long_run_cleanly(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.start() as run:
                time.sleep(1.0)
                run.send_signal(number)
                out, errors = run.communicate(timeout=30 * PATIENCE)
            self.assertEqual(run.returncode, INTERRUPTED, errors)
            self.assertIn(b"interrupted; nothing was written", errors)
            self.assertEqual(out, b"")
            self.nothing_left()

    def test_an_earlier_result_survives_an_interruption(self):
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5")
        with open(self.path("r.h5"), "rb") as file:
            before = file.read()
        with self.start("--force") as run:
            time.sleep(0.7)
            run.send_signal(signal.SIGINT)
            run.communicate(timeout=30 * PATIENCE)
        with open(self.path("r.h5"), "rb") as file:
            self.assertEqual(file.read(), before)
        self.nothing_left("r.h5")


class Promises(CommandLine):
    def test_quiet_is_silent_and_the_summary_is_what_show_prints(self):
        done = program("run", TEXTBOOK, *FEW, "-o", self.path("q.h5"))
        self.assertEqual((done.returncode, done.stdout, done.stderr), (DONE, b"", b""))
        told = self.expect(DONE, "run", TEXTBOOK, "--set", "simulation.paths=2000", "-o", "t.h5")
        shown = self.expect(DONE, "show", "t.h5")
        self.assertEqual(told, shown + "\nwritten to t.h5\n")

    def test_show_ends_as_the_run_did_whose_figures_are_missing(self):
        """One path has no error bars, and so no value at risk."""
        missing = "hedgestorm: some figures are not available; the notes of the result say why"
        self.expect(ENGINE, "run", TEXTBOOK, "--set", "simulation.paths=1", "--quiet", "-o", "r.h5",
                    says=missing)
        for form in ("table", "json", "csv"):
            shown = self.expect(ENGINE, "show", "r.h5", "--format", form, says=missing)
            self.assertIn("pnl" if form != "table" else "mean P&L", shown)

    def test_one_path_is_shown_as_it_is(self):
        self.expect(ENGINE, "run", TEXTBOOK, "--set", "simulation.paths=1", "--quiet", "-o", "r.h5")
        shown = json.loads(self.expect(ENGINE, "show", "r.h5", "--format", "json"))
        table = self.expect(ENGINE, "show", "r.h5")
        for policy in shown["policies"]:
            for outcome in policy["outcomes"].values():
                value = outcome["min"]
                self.assertEqual((outcome["mean"], outcome["max"]),
                                 ({"value": value, "se": None, "low": None, "high": None}, value))
            row, = [line for line in table.split("\n\n")[1].splitlines()
                    if line.startswith(policy["name"])]
            self.assertRegex(row, r"  -?\d\S* ± n/a  ")

    def test_no_estimate_without_its_error(self):
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5")
        shown = json.loads(self.expect(DONE, "show", "r.h5", "--format", "json"))
        for policy in shown["policies"]:
            for name, outcome in policy["outcomes"].items():
                figures = [outcome["mean"], outcome["sd"], *outcome["var"].values(),
                           *outcome["es"].values(), *outcome["quantiles"].values()]
                for figure in figures:
                    self.assertEqual(list(figure), ["value", "se", "low", "high"])
                    if figure["value"] is not None:
                        self.assertIsNotNone(figure["se"], name)
                        self.assertLessEqual(figure["low"], figure["value"], name)
                        self.assertGreaterEqual(figure["high"], figure["value"], name)

    def test_the_same_figures_on_every_engine_and_number_of_threads(self):
        offers = self.expect(DONE, "engines").splitlines()
        engines = [line.split()[0] for line in offers if "not available" not in line]
        figures = {}
        for engine in engines:
            for threads in ("1", "3"):
                self.expect(DONE, "run", TEXTBOOK, "--set", "simulation.paths=30000", "--quiet", "-o",
                            "r.h5", "--force", "--engine", engine, "--threads", threads)
                shown = json.loads(self.expect(DONE, "show", "r.h5", "--format", "json"))
                self.assertEqual(shown["engine"], engine)
                del shown["engine"], shown["provenance"]
                figures[engine, threads] = shown
        for figure in figures.values():
            self.assertEqual(figure, figures["scalar", "1"])

    def test_a_result_carries_a_scenario_that_gives_it_again(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("h5py is not installed")
        self.expect(DONE, "run", TEXTBOOK, *FEW, "-o", "r.h5")
        with h5py.File(self.path("r.h5"), "r") as file:
            resolved = self.write("resolved.toml", bytes(file["scenario/resolved"][:]))
            named = file["scenario"].attrs["sha256"]
        self.expect(DONE, "run", resolved, "--quiet", "-o", "again.h5")
        first, again = (json.loads(self.expect(DONE, "show", name, "--format", "json"))
                        for name in ("r.h5", "again.h5"))
        self.assertEqual(first["policies"], again["policies"])
        self.assertEqual(again["provenance"]["sha256"], named)

    def test_every_shipped_scenario_is_in_order(self):
        shipped = [os.path.join(SCENARIOS, name) for name in sorted(os.listdir(SCENARIOS))
                   if name.endswith(".toml")]
        self.assertEqual(self.expect(DONE, "check", *shipped).count(": ok: "), len(shipped))
        bases = os.path.join(SCENARIOS, "bases")
        for base in os.listdir(bases):
            self.expect(SCENARIO, "check", os.path.join(bases, base), says="simulation")


if __name__ == "__main__":
    unittest.main()
