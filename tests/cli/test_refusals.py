"""Every wrong request is refused in one line."""

import subprocess
from pathlib import Path

import pytest

from tests.fake_run import finished_run, run_folder
from tests.shell import in_process, on_terminal, tui_dl

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
    (["no/such.toml"], "no/such.toml: no such file, and no command"),
    (["mine.csv"], "mine.csv: no such file, and no command"),
    (["zzz"], "zzz: no such command; see `tui-dl --help`"),
    (["lenet5"], "lenet5: no such command: to train it, use `tui-dl train lenet5`"),
    (["not.toml"], "the dashboard needs a terminal, and there is none"),
    (["runs", "--jsn"], "unrecognized arguments: --jsn"),
    (["train"], "train needs a preset or a file, or else --from RUN: give one of them"),
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
    (["train", "."], ".: a folder without images: name a file in it"),
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
    (["train", "lenet5", "--set", "network[99].units=3"], "the network has layers 0 to 11"),
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
    assert_refused(in_process(*arguments, cwd=here), says)
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
    assert_refused(tui_dl("stop", runs[0].id), "nothing to `stop`: the run is over (finished)")
    assert_refused(tui_dl("attach", runs[0].id), "needs a terminal")


def test_a_damaged_run_is_refused_by_name(home: Path) -> None:
    run = run_folder(home)
    (run.path / "experiment.toml").write_text("title = ")
    for done in (tui_dl("show", "last"), on_terminal(100, 30, "attach")):
        assert done.returncode == 2
        assert done.stderr.startswith(f"tui-dl: {run.path}/experiment.toml: not a TOML file")
        assert done.stderr.count("\n") == 1
    assert f"{run.id}  unreadable" in tui_dl("runs").stdout
    (run.path / "experiment.toml").unlink()
    lost = tui_dl("show", "last")
    assert_refused(lost, f"{run.path}: cannot be read: experiment.toml is missing")
    assert lost.stderr.count(str(run.path)) == 1


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("/dev/zero", "/dev/zero is a device: give a file"),
        ("/dev/null", "/dev/null is a device: give a file"),
        ("large.toml", "large.toml: not an experiment file, for it is larger than 1 MB"),
    ],
)
def test_no_file_is_read_without_end(what: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "large.toml").write_text("x = 1\n" * 200_000, encoding="utf-8")
    assert_refused(tui_dl("check", what, cwd=tmp_path), says)


def test_a_terminal_said_to_be_dumb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert_refused(tui_dl(), "TERM=dumb: ")
