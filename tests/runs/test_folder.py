"""Run folders: made whole or not at all, found by what a user writes."""

import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.fake_run import experiment, run_folder
from tui_dl.protocol.commands import Set, Stop
from tui_dl.protocol.events import Refused
from tui_dl.runs import folder
from tui_dl.runs.atomic import replace
from tui_dl.runs.folder import Run, is_name, name_of
from tui_dl.runs.home import all_runs, find, runs_home
from tui_dl.runs.mailbox import Mailbox, send
from tui_dl.support.errors import UserError


def test_a_new_folder_is_complete_and_private(home: Path) -> None:
    run = run_folder(home, "my-net")
    assert re.fullmatch(r"\d{8}-\d{6}-my-net-[0-9a-f]{8}", run.id)
    assert run.name == "my-net"
    assert run.experiment == experiment()
    names = {entry.name for entry in run.path.iterdir()}
    assert names == {"checkpoints", "control", "events.jsonl", "experiment.toml"}
    assert stat.S_IMODE(run.path.stat().st_mode) == 0o700
    assert [entry.name for entry in home.iterdir()] == [run.id]


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nowhere"])
def test_a_home_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="choose another folder with --runs"):
        run_folder(tmp_path / place)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_the_home_is_the_option_or_the_variable_or_the_platforms(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TUI_DL_RUNS", str(tmp_path / "variable"))
    assert runs_home("some/where") == Path.cwd() / "some/where"
    assert runs_home() == tmp_path / "variable"
    monkeypatch.delenv("TUI_DL_RUNS")
    assert runs_home().parts[-2:] == ("tui-dl", "runs")


def test_finding_a_run(home: Path) -> None:
    ids = [
        "20260101-000000-lenet5-aaaa",
        "20260102-000000-lenet5-bbbb",
        "20260103-000000-memory-cccc",
    ]
    for name in [*ids, "not-a-run", ".20260104-000000-building-dddd"]:
        (home / name).mkdir(parents=True)
    (home / "20260105-000000-file-eeee").touch()
    assert [run.id for run in all_runs(home)] == ids[::-1]
    assert find(home, "last").id == ids[2]
    assert find(home, ids[0]).id == ids[0]
    assert find(home, "20260102").id == ids[1]
    assert find(home, "memory").id == ids[2]
    with pytest.raises(UserError, match="lenet5: 2 runs match: write an id"):
        find(home, "lenet5")
    with pytest.raises(UserError, match="lenet: no such run: see `tui-dl runs`"):
        find(home, "lenet")
    with pytest.raises(UserError, match=r"\.\./elsewhere: no such run"):
        find(home, "../elsewhere")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("한글 실험.toml", "한글-실험"),
        ("हिन्दी.toml", "हिन्दी"),
        ("cafe\u0301.toml", "café"),
        ("a/b--c .toml", "b--c"),
        ("🎉.toml", "run"),
        ("zero\u200bwidth\u3164.toml", "zero-width"),
        ("한" * 65, "한" * 64),
        ("\U00020000" * 64, "\U00020000" * 48),
    ],
)
def test_what_is_left_of_a_files_name_is_found_again(file: str, name: str, home: Path) -> None:
    assert name_of(file) == name
    assert is_name(name)
    run = run_folder(home, name)
    assert run.name == name
    for wanted in (name, normalize("NFD", name), normalize("NFD", run.id)):
        assert find(home, wanted) == run


@pytest.mark.parametrize(
    "name", ["", "last", ".a", "-a", "a b", "a\n", "a\u200b", "한" * 65, "a/b"]
)
def test_what_can_be_no_name(name: str) -> None:
    assert not is_name(name)


def test_runs_of_one_second_are_in_the_order_they_were_made(home: Path) -> None:
    made = [run_folder(home, name).id for name in ("b", "c", "a", "b")]
    assert [run.id for run in all_runs(home)] == made[::-1]
    assert find(home, "last").id == made[-1]


def test_no_runs_yet(home: Path) -> None:
    assert all_runs(home) == []
    with pytest.raises(UserError, match="no runs here yet"):
        find(home, "last")


def test_a_damaged_experiment_is_named(home: Path) -> None:
    run = run_folder(home)
    (run.path / "experiment.toml").write_text("title = ")
    with pytest.raises(UserError, match=r"experiment\.toml: not a TOML file"):
        _ = Run(run.path).experiment


def test_replacing_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace(path, b"old")
    replace(path, b"new")
    assert path.read_bytes() == b"new"
    there = tmp_path / "folder"
    there.mkdir()
    with pytest.raises(IsADirectoryError):
        replace(there, b"new")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder"]


def test_commands_are_taken_once_and_in_order(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    send(tmp_path, Stop())
    send(tmp_path, Set(learning_rate=0.5))
    (tmp_path / "1.json").write_bytes(b'{"command": "dance"}')
    (tmp_path / "2.json").write_bytes(b'{"command": "set", "learning_rate": -1}')
    (tmp_path / "3.json").write_bytes(b'{"command": "stop", "a": ' + b"[" * 4_000)
    one, two, three, *commands = mailbox.take()
    for refused, name in ((one, "1.json"), (two, "2.json"), (three, "3.json")):
        assert isinstance(refused, Refused)
        assert refused.file == f"{tmp_path.name}/{name}"
        assert refused.reason == "it is no command"
    assert commands == [Stop(), Set(learning_rate=0.5)]
    assert not list(tmp_path.iterdir())
    assert list(mailbox.take()) == []


def test_runs_that_start_at_once_all_have_an_id_of_their_own(home: Path) -> None:
    program = "import sys; from tests.fake_run import run_folder; from pathlib import Path\n"
    program += "for _ in range(15): run_folder(Path(sys.argv[1]), 'same')"
    command = [sys.executable, "-c", program, str(home)]
    workers = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(4)]
    assert [worker.wait() for worker in workers] == [0] * 4
    assert len(all_runs(home)) == 60
    with ThreadPoolExecutor(30) as pool:
        made = list(pool.map(lambda _: run_folder(home, "thread"), range(60)))
    assert len({run.id for run in made}) == 60
    assert len(all_runs(home)) == 120
    assert not [entry for entry in home.iterdir() if entry.name.startswith(".")]


def test_an_id_that_is_taken_is_not_used_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = iter(["20260101-000000-same-00000000"] * 3 + ["20260101-000000-same-00000001"])
    monkeypatch.setattr(folder, "_new_id", lambda name: next(ids))
    assert run_folder(home, "same").id.endswith("0")
    assert run_folder(home, "same").id.endswith("1")


def test_ids_of_format_0_sort_among_the_others(home: Path) -> None:
    for name in ("a-8000", "b-7fffffff", "c-80001fff", "d-8001"):
        (home / f"20260101-000000-{name}").mkdir(parents=True)
    assert [run.name for run in all_runs(home)] == ["d", "c", "a", "b"]
    assert find(home, "a").id == "20260101-000000-a-8000"


def test_a_device_is_not_replaced() -> None:
    with pytest.raises(OSError, match="it is a device: give a file"):
        replace(Path("/dev/null"), b"")
    assert Path("/dev/null").is_char_device()
