"""A runs home may hold anything: what is no run is passed over, what cannot be read says so."""

import json
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.fake_run import FIELDS, epoch, finished_run, run_folder, started
from tests.faults.damage import REPLACEMENTS, remove
from tests.shell import tui_dl
from tui_dl.process import launch
from tui_dl.protocol.commands import LOOK_EVERY, Save
from tui_dl.protocol.events import Refused, Started
from tui_dl.runs import checkpoint, files
from tui_dl.runs.death import log_tail
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.mailbox import Mailbox, send
from tui_dl.runs.status import DAMAGED, State
from tui_dl.runs.summary import summary
from tui_dl.runs.view_follower import RunFollower
from tui_dl.support.errors import UserError

NEWLINE = b"\n"
NOBODY = 65534
WORDS = {
    "folder": "a folder",
    "pipe": "a pipe",
    "socket_file": "a socket",
    "dangling_link": "a link",
    "cyclic_link": "a link",
    "link_to_a_device": "a link",
    "link_to_a_terminal": "a link",
}
FILES = ["experiment.toml", "events.jsonl", "steps.bin", "worker.lock", "worker.log",
         "checkpoints/last.safetensors", "checkpoints/best.safetensors"]  # fmt: skip


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    return done.stderr


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """This process, without a superuser's rights."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_stands_in_the_place_of_a_file_is_named(home: Path) -> None:
    run = finished_run(home)
    for name in FILES:
        path = run.path / name
        kept = path.read_bytes() if path.is_file() else None
        for put in REPLACEMENTS:
            if put.__name__ not in WORDS:
                continue
            remove(path)
            put(path, None)  # type: ignore[arg-type]  # nothing here is left to chance
            assert State(run).faults == [f"{name} is {WORDS[put.__name__]}, not a file"]
        remove(path)
        if kept is not None:
            path.write_bytes(kept)
    assert State(run).faults == []


@pytest.mark.parametrize("name", ["checkpoints", "control"])
def test_what_stands_in_the_place_of_a_folder_is_named(name: str, home: Path) -> None:
    run = finished_run(home)
    (run.path / name).rmdir()
    (run.path / name).symlink_to(home)
    assert State(run).faults == [f"{name} is a link, not a folder"]
    remove(run.path / name)
    os.mkfifo(run.path / name)
    assert State(run).faults == [f"{name} is a pipe, not a folder"]


def test_the_others_are_listed(home: Path) -> None:
    healthy = finished_run(home, "healthy")
    pipe, dark, gone, damaged = (finished_run(home, it) for it in ("pipe", "dark", "gone", "bits"))
    pipe.events.unlink()
    os.mkfifo(pipe.events)
    dark.events.unlink()
    dark.events.symlink_to(dark.events.name)
    gone.events.unlink()
    first, rest = damaged.events.read_bytes().split(b"\n", 1)
    damaged.events.write_bytes(first.replace(b"<f4", b"<g4", 1) + b"\n" + rest)
    for name in ("a\x1b[2Jb", "a\nb", os.fsdecode(b"a\xffb")):
        (home / f"20260101-000000-{name}-0000").mkdir()
    (home / "20260101-000000-circle-0001").symlink_to("20260101-000000-circle-0001")
    (home / "20260101-000000-nowhere-0002").symlink_to("nowhere")
    (home / "20260101-000000-file-0003").touch()
    os.mkfifo(home / "20260101-000000-pipe-0004")
    (home / "20260101-000000-empty-0005").mkdir()
    done = tui_dl("runs")
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split()[0].split("-")[2]: line for line in done.stdout.splitlines()[1:7]}
    assert "finished" in lines["healthy"]
    assert "unreadable" in lines["pipe"]
    assert lines["pipe"].endswith("events.jsonl is a pipe, not a file")
    assert lines["dark"].endswith("events.jsonl is a link, not a file")
    assert "events.jsonl is missing" in lines["gone"]
    assert lines["bits"].endswith("part of its record is damaged")
    assert "experiment.toml is missing" in lines["empty"]
    objects = [json.loads(line) for line in tui_dl("runs", "--json").stdout.splitlines()]
    assert [it["status"] for it in objects if it["run"] == healthy.id] == ["finished"]
    says = f"tui-dl: {pipe.path}: cannot be read: events.jsonl is a pipe, not a file\n"
    for command in ("show", "attach", "resume", "stop", "pause"):
        assert refused(tui_dl(command, "pipe")) == says


def test_another_users_run_is_a_line() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        theirs, ours = finished_run(home, "theirs"), finished_run(home, "ours")
        home.chmod(0o755)
        ours.path.chmod(0o755)
        ours.events.chmod(0o644)
        ours.lock.chmod(0o400)
        theirs.path.chmod(0o700 if os.geteuid() == 0 else 0)
        with as_somebody_else():
            states = {run.name: State(run) for run in all_runs(home)}
            assert states["ours"].status == "unreadable"  # its experiment is private
            assert states["theirs"].status == "unreadable"
            says = f"{theirs.path}: cannot be read: Permission denied"
            assert states["theirs"].failure == says
            assert summary(states["theirs"])["failure"] == says
            with pytest.raises(UserError, match="cannot be read: Permission denied"):
                _ = theirs.experiment
            with pytest.raises(UserError, match=r"experiment\.toml: cannot be read: Permission"):
                launch.resume(ours)
        theirs.path.chmod(0o700)


def test_nothing_is_read_without_bound(home: Path) -> None:
    run = finished_run(home)
    whole = run.events.read_bytes()
    for _ in range(2):
        run.events.write_bytes(whole)
        os.truncate(run.events, 1 << 40)  # a terabyte of zeros behind the last line
        state = State(run)
        assert state.status == "finished"
        assert state.damage == f"{DAMAGED}: line {whole.count(NEWLINE) + 1} of events.jsonl"
        assert state.update() == []
    run.events.write_bytes(b"nonsense\n" * 300_000 + whole)
    state = State(run)
    assert state.damage == f"{DAMAGED}: line 1 and 29,126 more of events.jsonl"
    assert state.events == []
    for path in (run.file, run.last, run.log, run.control / "1.json"):
        path.touch()
        os.truncate(path, 1 << 40)
    with pytest.raises(UserError, match="more than 4,194,304 bytes"):
        _ = Run(run.path).experiment
    with pytest.raises(UserError, match="it is damaged: delete it"):
        checkpoint.read(run.last)
    assert log_tail(state.run) == ["\0" * (1 << 16)]
    (it,) = Mailbox(run.control).take()
    assert isinstance(it, Refused)
    assert it.reason == "it has more than 4,096 bytes"


@pytest.mark.parametrize("put", REPLACEMENTS, ids=lambda put: str(put.__name__))
def test_what_is_no_command_is_told_once_and_ends_nothing(
    put: Callable[..., None], home: Path
) -> None:
    control = run_folder(home).control
    send(control, Save())
    put(control / "1.json", random.Random(1))
    (control / "2.json").write_bytes(b"\xff\xfe")
    (control / "3\x1b.json").write_bytes(b"[" * 4000)
    for name in ("note.txt", ".4.json.77"):
        (control / name).touch()
    mailbox = Mailbox(control)
    *refused, last = mailbox.take()
    assert last == Save()
    assert len(refused) == (2 if put.__name__ == "nothing" else 3)
    assert all(isinstance(it, Refused) and it.file.isprintable() for it in refused)
    left = {path.name for path in control.iterdir()} - {"note.txt", ".4.json.77"}
    assert left == ({"1.json"} if put.__name__ == "folder" else set())
    time.sleep(LOOK_EVERY)
    assert list(mailbox.take()) == []


def test_an_event_whose_fields_are_not_what_they_should_be_is_damage(home: Path) -> None:
    run = run_folder(home)
    wrong: Any
    for wrong in (
        {"step_fields": [["step", "<i9", []]]},
        {"step_fields": [*FIELDS, ["huge", "<f4", [10**9]]]},
        {"step_fields": FIELDS[1:]},
        {"step_fields": [*FIELDS, FIELDS[0]]},
        {"layers": []},
        {"samples": {"train": 1}},
        {"steps_per_epoch": 0},
        {"epochs": -3},
        {"time": 1e300},
    ):
        line = msgspec.to_builtins(started()) | wrong
        run.events.write_bytes(msgspec.json.encode(line) + b"\n")
        log = EventLog(run.events)
        log.append(epoch(1, 0.5, 1))
        log.close()
        state = State(run)
        assert state.damage.startswith(f"{DAMAGED}: line 1 of events.jsonl")
        assert len(state.epochs) == 1
    line = msgspec.to_builtins(started()) | {"step_fields": [*FIELDS, ["new", "<f8", [2]]]}
    run.events.write_bytes(msgspec.json.encode(line) + b"\n")
    assert State(run).last(Started) is not None


def test_a_link_is_not_followed_nor_a_pipe_waited_for(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("secret")
    (tmp_path / "link").symlink_to(target)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        for flags in (os.O_RDONLY, os.O_WRONLY | os.O_APPEND | os.O_CREAT, os.O_RDWR):
            with pytest.raises(OSError, match=rf"not a file: '{tmp_path}/{name}'"):
                files.open_file(tmp_path / name, flags)
    with pytest.raises(OSError, match="more than 5 bytes"):
        files.read(target, 5)
    assert files.read(target, 6) == b"secret"
    assert files.tail(target, 3) == b"ret"


def test_a_run_that_is_deleted_while_it_is_watched_stays_on_the_screen(home: Path) -> None:
    run = finished_run(home)
    follower = RunFollower(run)
    before = follower.at(None, 80)
    shutil.rmtree(run.path)
    time.sleep(1)  # damage is looked for once a second
    after = follower.at(None, 80)
    assert after.curves == before.curves
    assert len(after.curves.loss[0]) > 0
    assert (after.step, after.damage) == (60, f"the run's folder is gone: {run.path}")
    assert follower.at(25, 80).step == 25
