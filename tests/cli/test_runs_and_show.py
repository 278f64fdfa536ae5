"""What `runs` and `show` print of runs, sound and damaged ones."""

import json
import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.fake_run import diagnosed, ended, epoch, finished_run, run_folder, started
from tests.runs.test_status import KEYS
from tests.shell import on_terminal, tui_dl
from tui_dl.runs import lock
from tui_dl.runs.event_log import EventLog


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
    korean = finished_run(home, "한글" * 5)
    head, *lines = on_terminal(columns, 24, "runs").stdout.splitlines()[:3]
    assert all(cell_len(line) <= columns for line in (head, *lines)), lines
    assert ("AGE" in head) == (columns == 120)
    assert [line.split()[0] for line in lines] == [korean.id, run.id]  # whole, to be copied
    assert "STATUS" in head
    assert ("REMARK" in head) == (columns > 60)
    assert lines[1].endswith("…") == (columns > 60)
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
    assert set(facts) == KEYS | {"title", "findings"}
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
