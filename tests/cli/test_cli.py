"""The command line from outside: presets, check, doctor, help, and output that meets trouble."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fake_run import finished_run
from tests.parsers import parsers
from tests.shell import ROOT, TUI_DL, in_process, tui_dl
from tui_dl import __version__, presets
from tui_dl.cli import registry
from tui_dl.cli.terminal_findings import settings_findings, terminal_findings
from tui_dl.support.settings import settings_path


def test_presets_and_check(tmp_path: Path) -> None:
    listed = tui_dl("presets").stdout.splitlines()
    assert [line.split()[0] for line in listed[1:]] == list(presets.COURSE)
    objects = [json.loads(line) for line in tui_dl("presets", "--json").stdout.splitlines()]
    assert [it["preset"] for it in objects] == list(presets.COURSE)
    assert json.loads(tui_dl("presets", "lenet5", "--json").stdout)["train"]["optimizer"]
    mine = tmp_path / "mine.toml"
    mine.write_text(tui_dl("presets", "lenet5").stdout)
    checked = tui_dl("check", str(mine))
    assert checked.returncode == 0
    assert "6 × 28 × 28" in checked.stdout
    assert "61,706" in checked.stdout
    assert "mine.toml is valid" in checked.stdout
    wider = tui_dl("check", "lenet5", "--set", "network[0].filters=8")
    assert "8 × 28 × 28" in wider.stdout


@pytest.mark.parametrize(
    "change",
    [
        " network[0] . filters = 8 ",
        "'network[0].filters=8'",
        '"network"[ 0 ]."filters" = 8',
        "network[0].filters =\t8",
    ],
)
def test_blanks_and_quotes_around_a_change_do_no_harm(change: str) -> None:
    done = tui_dl("check", "lenet5", "--set", change)
    assert "8 × 28 × 28" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("text", "says", "complaint"),
    [
        (None, "tui-dl, the default: the menu (ctrl+p) changes it", ""),
        ('theme = "nord"', "nord, set by the settings: the menu (ctrl+p) changes it", ""),
        ('theme = "norb"', "tui-dl, the default", ":1: 'norb' is no theme; did you mean 'nord'?"),
        ('theme = "\\u001b[31m"', "tui-dl, the default", ":1: '\\x1b[31m' is no theme"),
    ],
)
def test_doctor_says_which_theme_there_is(text: str | None, says: str, complaint: str) -> None:
    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    if text is not None:
        path.write_text(text)
    found = {what: (well, said) for what, well, said in settings_findings("en")}
    assert found["theme"][0]
    assert found["theme"][1].startswith(says)
    assert found["settings"][0] == (not complaint)
    assert complaint in found["settings"][1]


@pytest.mark.parametrize(
    ("term", "colours", "characters", "right"),
    [
        ("xterm-256color", "256 colours", "UTF-8", True),
        ("screen", "16 colours, TERM=screen: for 256, `set -g default-terminal", "UTF-8", False),
        ("vt100", "where the terminal shows more, set TERM=xterm-256color", "UTF-8", False),
        ("linux", "16 colours, TERM=linux", "ASCII only: the font of the Linux console", True),
    ],
)
def test_doctor_advises_what_a_terminal_can_do(
    term: str, colours: str, characters: str, right: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "COLORTERM", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", term)
    found = {what: (is_right, says) for what, is_right, says in terminal_findings()}
    assert colours in found["colours"][1]
    assert characters in found["characters"][1]
    assert (found["colours"][0], found["characters"][0]) == (right, True)


def test_doctor(home: Path) -> None:
    assert str(home) in tui_dl("doctor").stdout
    findings = {it["what"]: it for it in json.loads(tui_dl("doctor", "--json").stdout)}
    assert findings["runs"]["ok"]
    assert not findings["terminal"]["ok"]
    lost = json.loads(tui_dl("doctor", "--json", "--runs", "/proc/nowhere").stdout)
    assert not next(it for it in lost if it["what"] == "runs")["ok"]
    assert not home.exists()


def test_version() -> None:
    assert tui_dl("--version").stdout == f"tui-dl {__version__}\n"


@pytest.mark.parametrize("command", [*parsers()])
def test_help_says_what_the_parser_does(command: str) -> None:
    """Each option with its value and its meaning, and for the whole program each command."""
    said = " ".join(in_process(*filter(None, [command]), "--help").stdout.split())
    for action in parsers()[command]._actions:
        for option in action.option_strings:
            value = f" {action.metavar}" if action.metavar else ""
            if action.nargs == "?":
                value = f" [{action.metavar}]"
            assert f"{option}{value}" in said, option
        if action.help:
            assert action.help in said
    if not command:
        for name in registry.names():
            assert f"{name} {registry.load(name).HELP}" in said


@pytest.mark.parametrize("arguments", [["runs"], ["runs", "--json"], ["presets"]])
def test_a_reader_that_leaves_is_no_error(arguments: list[str], home: Path) -> None:
    finished_run(home)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*TUI_DL, *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    os.close(writing)
    assert done.stderr == ""
    assert done.returncode == 141


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["runs"], ["runs", "--json"], ["check", "lenet5"]])
def test_output_that_cannot_be_written_is_said(
    arguments: list[str], unbuffered: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    finished_run(home)
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*TUI_DL, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
    says = "tui-dl: standard output: cannot be written: No space left on device\n"
    assert done.stderr == says
    assert done.returncode == 1


INTERRUPTED_WHILE_LOADING = """
import os, signal, sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == "tui_dl.cli.main":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupt())
from tui_dl.__main__ import main
main()
"""
INTERRUPTED_BEFORE = """
import os, signal
from tui_dl.__main__ import main
os.kill(os.getpid(), signal.SIGINT)
main()
"""
INTERRUPTED_BETWEEN = """
import os, signal, sys
import tui_dl.cli.main
from tui_dl.__main__ import main
tui_dl.cli.main.open_closed = lambda: os.kill(os.getpid(), signal.SIGINT)
sys.exit(main())
"""


@pytest.mark.parametrize(
    ("code", "status"),  # the kernel ends a process with minus the signal; a shell says 130
    [
        (INTERRUPTED_WHILE_LOADING, -signal.SIGINT),
        (INTERRUPTED_BEFORE, -signal.SIGINT),
        (INTERRUPTED_BETWEEN, 130),
    ],
)
def test_ctrl_c_while_the_program_loads_leaves_no_traceback(code: str, status: int) -> None:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == status
    assert (done.stdout, done.stderr) == ("", "")


def test_what_is_our_own_fault_is_one_line_too() -> None:
    def with_a_fault(*arguments: str) -> subprocess.CompletedProcess[str]:
        breaks = "doctor.run = lambda options: options.nothing"
        program = f"from tui_dl.cli import main; from tui_dl.cli.commands import doctor; {breaks}"
        command = [sys.executable, "-c", f"{program}; raise SystemExit(main.main())", "doctor"]
        return subprocess.run([*command, *arguments], capture_output=True, text=True, cwd=ROOT)

    done = with_a_fault()
    assert done.returncode == 1
    assert done.stderr.startswith("tui-dl: internal error: AttributeError: ")
    assert done.stderr.endswith("run again with --debug\n")
    assert done.stderr.count("\n") == 1
    assert "Traceback" in with_a_fault("--debug").stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_terminal_will_do(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    done = subprocess.run([*TUI_DL, "check", "lenet5"], capture_output=True, cwd=ROOT)
    assert done.returncode == 0
