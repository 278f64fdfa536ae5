"""The command line from outside: what it prints, and how every wrong request is refused."""

import json
import os
import signal
import subprocess
import sys
from argparse import _SubParsersAction
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.fake_run import diagnosed, ended, epoch, finished_run, run_folder, started
from tests.parsers import subparsers
from tests.runs.test_status import KEYS
from tests.shell import ROOT, TUI_DL, on_terminal, tui_dl
from tui_dl import __version__, presets
from tui_dl.runs import lock
from tui_dl.runs.event_log import EventLog

BAD_FILES = {
    "not.toml": "title = ",
    "empty.toml": "",
    "latin.toml": "title = 'caf\xe9'",
    "big_kernel.toml": """
        title = "an image smaller than its filter"
        data = { source = "digits" }
        network = [{ kind = "conv2d", filters = 2, kernel = 9 }]
        """,
    "pooled_away.toml": """
        title = "nothing is left"
        data = { source = "digits" }
        network = [{ kind = "max_pool2d", size = 8 }, { kind = "max_pool2d", size = 2 }]
        """,
    "labels.toml": """
        title = "ten classes, nine outputs"
        data = { source = "digits" }
        network = [{ kind = "flatten" }, { kind = "dense", units = 9 }]
        """,
}

WRONG: list[tuple[list[str], str]] = [
    ([], "needs a terminal"),
    (["trian"], "trian: no such command; did you mean 'train'?"),
    (["zzz"], "zzz: no such command; see `tui-dl --help`"),
    (["runs", "--jsn"], "unrecognized arguments: --jsn"),
    (["train"], "required: PRESET|FILE; see `tui-dl train --help`"),
    (["train", "lenet"], "lenet: no such preset or file; did you mean 'lenet5'?"),
    (["train", "LENET5"], "LENET5: no such preset or file; did you mean 'lenet5'?"),
    (["train", "no/such.toml"], "no/such.toml: no such preset or file; see `tui-dl presets`"),
    (["train", ""], "argument PRESET|FILE: is empty"),
    (["check", " "], "argument PRESET|FILE: is empty"),
    (["show", ""], "argument RUN: is empty"),
    (["presets", ""], "argument NAME: is empty"),
    (["train", "not.toml"], "not.toml: not a TOML file"),
    (
        ["train", "empty.toml"],
        "empty.toml: is empty: start one with `tui-dl presets lenet5 > mine.toml`",
    ),
    (
        ["train", "latin.toml"],
        "latin.toml: not an experiment file, for it is not UTF-8 text: start one",
    ),
    (["train", "."], ".: a folder: name an experiment file in it"),
    (["train", "big_kernel.toml"], "network[0] (conv2d): kernel 9 is larger than its input"),
    (["check", "big_kernel.toml"], "network[0] (conv2d): kernel 9 is larger than its input"),
    (["train", "pooled_away.toml"], "network[1] (max_pool2d): a window of 2 is larger"),
    (["train", "labels.toml"], "end with a dense row of units = 10"),
    (
        ["train", "lenet5", "--set", "train.epoch=3"],
        "--set train.epoch=3: unknown key; did you mean 'epochs'?",
    ),
    (
        ["train", "lenet5", "--set", "train.epochs=many"],
        "--set train.epochs=many: expected a whole number",
    ),
    (["train", "lenet5", "--set", "train.epochs"], "write KEY=VALUE"),
    (["train", "lenet5", "--set", "network[99].units=3"], "no row [99]: network has rows 0 to 11"),
    (["train", "lenet5", "--set"], "--set: expected one argument"),
    (["train", "lenet5", "--seed", "x"], "--seed: 'x' is not a whole number from 0 to"),
    (["train", "lenet5", "--seed", "-1"], "--seed: '-1' is not a whole number from 0"),
    (["train", "lenet5", "--threads", "0"], "'0' is not a whole number from 1 to 256"),
    (["train", "lenet5", "--threads", "-2"], "'-2' is not a whole number from 1 to 256"),
    (["train", "lenet5", "--threads", "two"], "'two' is not a whole number from 1 to 256"),
    (["train", "lenet5", "--threads", "99999999999"], "is not a whole number from 1 to 256"),
    (["train", "lenet5", "--name", "../up"], "--name '../up'"),
    (["train", "lenet5", "--name", "last"], "--name 'last'"),
    (["train", "lenet5", "--name", ""], "--name ''"),
    (["train", "lenet5", "--name", "two\nlines"], "--name"),
    (["train", "lenet5", "--name", "한" * 65], "is up to 64 letters, digits"),
    (["train", "lenet5", "--name", "\U00020000" * 64], "in at most 192 bytes"),
    (["check", "lenet5", "--set", " train . epoch = 3 "], "unknown key; did you mean 'epochs'?"),
    (["train", "lenet5", "--detach", "--headless"], "not allowed with argument --detach"),
    (["train", "lenet5", "--runs", "not.toml"], "runs cannot be kept here"),
    (["train", "lenet5", "--runs", "not.toml/below"], "runs cannot be kept here"),
    (["--runs", "/proc/nowhere", "train", "lenet5"], "/proc/nowhere: runs cannot be kept here"),
    (
        ["runs", "--runs", "not.toml"],
        "not.toml: runs cannot be listed: Not a directory: choose another folder",
    ),
    (["runs", "and", "more"], "unrecognized arguments: and more"),
    (["show"], "required: RUN"),
    (["show", "last"], "no runs here yet"),
    (["attach"], "no runs here yet"),
    (["stop", "lenet5"], "no runs here yet"),
    (["presets", "lenet"], "lenet: no such preset; did you mean 'lenet5'?"),
    (["check", "lenet"], "did you mean 'lenet5'?"),
    (["check", "lenet5", "--set", "train.epoch=3"], "--set train.epoch=3: unknown key; did you me"),
    (["check", "lenet5", "--sett", "x"], "arguments: --sett x; see `tui-dl check --help`"),
    (["check", "lenet5", "--set", "data.validation=0.0001"], "0.0001 of 1,797 samples is none"),
    (["train", "lenet5", "--set", "data.validation=0.0001"], "0.0001 of 1,797 samples is none"),
    (["train", "translate-dates", "--set", "network[2].cell=transformer"], "unknown cell"),
    (["train", "translate-dates", "--set", "network[2].units=9"], "use units = 128"),
    (["warmup", "lenet"], "lenet: no such preset or file; did you mean 'lenet5'?"),
    (["warmup", "lenet5", "no/such.toml"], "no/such.toml: no such preset or file"),
    (["warmup", "big_kernel.toml"], "network[0] (conv2d): kernel 9 is larger than its input"),
]


def assert_refused(done: subprocess.CompletedProcess[str], says: str) -> None:
    """One line, exit 2, nothing else."""
    assert done.returncode == 2
    assert not done.stdout
    assert done.stderr.startswith("tui-dl: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("\n")
    assert says in done.stderr


@pytest.mark.parametrize(("arguments", "says"), WRONG, ids=[" ".join(a) or "-" for a, _ in WRONG])
def test_a_wrong_request_is_one_line(
    arguments: list[str], says: str, tmp_path: Path, home: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name, text in BAD_FILES.items():
        (here / name).write_text(text, encoding="latin-1")
    assert_refused(tui_dl(*arguments, cwd=here), says)
    assert not home.exists()
    assert {entry.name for entry in here.iterdir()} == set(BAD_FILES)


@pytest.mark.parametrize("arguments", [[], ["train", "lenet5"], ["attach"]])
def test_a_terminal_that_is_too_small(arguments: list[str], home: Path) -> None:
    run = run_folder(home)
    done = on_terminal(59, 16, *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("tui-dl: the terminal has 59×16 cells and the dashboard needs")
    assert done.stderr.count("\n") == 1
    assert [entry.name for entry in home.iterdir()] == [run.id]


def test_a_run_that_is_none_or_several_or_over(home: Path) -> None:
    runs = [finished_run(home, "twin"), finished_run(home, "twin")]
    assert_refused(tui_dl("show", "triplet"), "triplet: no such run: see `tui-dl runs`")
    assert_refused(tui_dl("show", "twin"), "twin: 2 runs match: write an id, see `tui-dl runs`")
    assert_refused(tui_dl("stop", runs[0].id), "nothing to stop: the run is over (finished)")
    assert_refused(tui_dl("attach", runs[0].id), "needs a terminal")


def test_a_damaged_run_is_refused_by_name(home: Path) -> None:
    run = run_folder(home)
    (run.path / "experiment.toml").write_text("title = ")
    for done in (tui_dl("show", "last"), on_terminal(100, 30, "attach")):
        assert done.returncode == 2
        assert done.stderr.startswith(f"tui-dl: {run.path}/experiment.toml: not a TOML file")
        assert done.stderr.count("\n") == 1
    assert f"{run.id}  failed" in tui_dl("runs").stdout
    (run.path / "experiment.toml").unlink()
    lost = tui_dl("show", "last")
    assert_refused(lost, f"{run.path}/experiment.toml: cannot be read: No such file")
    assert lost.stderr.count(str(run.path)) == 1


def test_runs_are_listed_newest_first(home: Path) -> None:
    assert "Start one: tui-dl train" in tui_dl("runs").stdout
    run = finished_run(home)
    old = home / "20200101-000000-old-abcd"
    run_folder(home, "dead").path.rename(old)
    lines = tui_dl("runs").stdout.splitlines()
    assert lines[3:] == ["", f"Resume one: tui-dl resume {old.name}"]
    assert lines[1].split()[:5] == [run.id, "finished", "3", "0.5000", "75.0"]
    assert lines[2].split()[:3] == [old.name, "failed", "0"]
    listed = [json.loads(line) for line in tui_dl("runs", "--json").stdout.splitlines()]
    assert [it["run"] for it in listed] == [run.id, old.name]
    assert all(set(it) == KEYS for it in listed)


def test_wide_names_take_two_columns_a_letter(home: Path) -> None:
    finished_run(home, "한글")
    finished_run(home, "longer-name")
    lines = tui_dl("runs").stdout.splitlines()
    columns = [cell_len(line[: line.index(" finished")]) for line in lines[1:]]
    assert columns[0] == columns[1]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_listing_fits_the_terminal(columns: int, home: Path) -> None:
    run = run_folder(home, "vanishing-gradient")
    log = EventLog(run.events)
    log.append(epoch(1, 0.5, 1))
    for kind in ("vanishing_gradient", "learning_rate_too_high", "dead_relu"):
        log.append(diagnosed(kind=kind))
    finished_run(home, "한글" * 8)
    head, *lines = on_terminal(columns, 24, "runs").stdout.splitlines()[:3]
    assert all(cell_len(line) <= columns for line in (head, *lines)), lines
    assert ("AGE" in head) == (columns == 120)
    assert head.split()[-1] == "REMARK"
    assert lines[1].startswith(run.id[:36] if columns > 60 else run.id[:15])
    assert " can be " in lines[1]
    assert lines[1].endswith("…")
    assert "can be resumed, vanishing gradient, learning rate too high" in tui_dl("runs").stdout


def test_a_record_that_is_damaged_is_said_and_the_rest_is_shown(home: Path) -> None:
    run = finished_run(home)
    with run.steps.open("r+b") as steps:
        steps.truncate(run.steps.stat().st_size // 2 + 3)
    lines = run.events.read_bytes().splitlines(keepends=True)
    run.events.write_bytes(b"".join([lines[0], lines[1][:40] + b"\n", *lines[2:]]))
    where = "line 2 of events.jsonl, steps.bin ends at step 30 of 60"
    shown = tui_dl("show", "last").stdout
    assert f"warning     part of its record is damaged: {where}\n" in shown
    assert "75.0 %  (final weights)" in shown
    assert "  part of its record is damaged\n" in tui_dl("runs").stdout


def test_a_live_run_that_the_disk_cannot_hold_is_warned_of(home: Path) -> None:
    run = run_folder(home)
    held = lock.hold(run.lock)
    EventLog(run.events).append(started(steps_per_epoch=10**9, epochs=10**6))
    assert "warning  up to 68,000,000.0 GB to write and " in tui_dl("show", "last").stdout
    os.close(held)
    assert "to write" not in tui_dl("show", "last").stdout


def test_show(home: Path) -> None:
    run = finished_run(home)
    shown = tui_dl("show", "last")
    assert shown.returncode == 0
    assert run.id in shown.stdout
    assert "0.3000  (final weights)" in shown.stdout
    assert "75.0 %  (final weights)" in shown.stdout
    EventLog(run_folder(home, "alive").events).append(epoch(1, 0.5, 1))
    assert "1.0000  (last epoch)" in tui_dl("show", "alive").stdout
    facts = json.loads(tui_dl("show", "small", "--json").stdout)
    assert set(facts) == KEYS | {"title"}
    assert facts["title"] == "a small one"
    dead = run_folder(home, "dead")
    dead.log.write_text("MemoryError: too much\n")
    assert "MemoryError: too much" in tui_dl("show", "dead").stdout


def test_show_says_what_goes_wrong_and_what_to_change(home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    log.append(diagnosed())
    shown = tui_dl("show", "last").stdout
    assert "epoch 2  vanishing gradient: dense_1 gets 9e-10" in shown
    assert "try: --set 'network[1].kind=relu'  (lesson vanishing-gradient)" in shown
    log.append(diagnosed(kind="overfitting"))
    assert "can be resumed, vanishing gradient, overfitting\n" in tui_dl("runs").stdout
    log.append(ended())
    *_, listed = tui_dl("runs").stdout.splitlines()
    assert listed.endswith(" s  vanishing gradient, overfitting")
    said, _ = json.loads(tui_dl("show", "last", "--json").stdout)["diagnoses"]
    assert said["kind"] == "vanishing_gradient"
    assert said["evidence"] == {"ratio": 9e-10}


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


@pytest.mark.parametrize("command", [*subparsers()])
def test_help_says_what_the_parser_does(command: str) -> None:
    """Each option with its value and its meaning, and for the whole program each command."""
    said = " ".join(tui_dl(*filter(None, [command]), "--help").stdout.split())
    for action in subparsers()[command]._actions:
        for option in action.option_strings:
            value = f" {action.metavar}" if action.metavar else ""
            assert f"{option}{value}" in said, option
        if isinstance(action, _SubParsersAction):
            for choice in action._choices_actions:
                assert f"{choice.dest} {choice.help}" in said
        elif action.help:
            assert action.help in said


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
    says = "tui-dl: standard output cannot be written: No space left on device\n"
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


def test_ctrl_c_while_the_program_loads_leaves_no_traceback() -> None:
    command = [sys.executable, "-c", INTERRUPTED_WHILE_LOADING]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == -signal.SIGINT  # a shell says 130
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("what", ["/dev/zero", "large.toml"])
def test_no_file_is_read_without_end(what: str, tmp_path: Path) -> None:
    (tmp_path / "large.toml").write_text("x = 1\n" * 200_000, encoding="utf-8")
    says = f"{what}: not an experiment file, for it is larger than 1 MB"
    assert_refused(tui_dl("check", what, cwd=tmp_path), says)


def test_a_terminal_said_to_be_dumb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert_refused(tui_dl(), "TERM=dumb: ")


def test_what_is_our_own_fault_is_one_line_too() -> None:
    def with_a_fault(*arguments: str) -> subprocess.CompletedProcess[str]:
        breaks = "doctor.run = lambda options: options.nothing"
        program = f"from tui_dl.cli import doctor, main; {breaks}"
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
