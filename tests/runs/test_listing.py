"""What a list says comes from a summary, and from the events wherever that is not theirs."""

import os
from pathlib import Path

import pytest

from tests.fake_run import diagnosed, ended, epoch, finished_run, records, run_folder, started
from tui_dl import __version__
from tui_dl.runs import lock
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run
from tui_dl.runs.listing import keep, listed
from tui_dl.runs.step_log import StepLog


def summary(run: Run) -> Path:
    return run.path / "summary.json"


def test_a_run_that_is_over_is_read_once(home: Path) -> None:
    run = finished_run(home)
    EventLog(run.events).append(diagnosed())
    made = listed(run)
    assert (made.status, made.epochs, made.best_validation_loss) == ("finished", 3, 0.5)
    assert (made.test_accuracy, made.remarks) == (0.75, ["vanishing gradient"])
    content = run.events.read_bytes()
    before = run.events.stat()
    run.events.write_bytes(b"x" * len(content))  # it is not looked into again
    os.utime(run.events, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert listed(run) == made


@pytest.mark.parametrize(
    "change",
    ["longer", "newer", "steps", "nonsense", "no UTF-8", "nested", "folder", "gone", "fifo"],
)
def test_a_summary_that_is_not_of_these_events_is_made_again(change: str, home: Path) -> None:
    run = finished_run(home)
    made = listed(run)
    match change:
        case "longer":
            EventLog(run.events).append(ended(test_accuracy=0.9))
        case "newer":
            run.events.write_bytes(run.events.read_bytes().replace(b"0.75", b"0.95"))
        case "steps":
            StepLog(run.steps).append(records(1))
        case "nonsense":
            summary(run).write_bytes(b'{"events": 1')
        case "no UTF-8":
            text = summary(run).read_bytes().replace(b'":"', b'":"\xed', 1)
            summary(run).write_bytes(text)
        case "nested":
            summary(run).write_bytes(b'{"other": ' + b"[" * 100_000)
        case "folder" | "gone" | "fifo":
            summary(run).unlink()
            if change != "gone":
                (os.mkfifo if change == "fifo" else os.mkdir)(summary(run))
    again = listed(run)
    assert again.test_accuracy == {"longer": 0.9, "newer": 0.95}.get(change, made.test_accuracy)
    assert again == keep(run)


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("change", ["torn", "newer"])
def test_an_experiment_that_cannot_be_read_is_said(change: str, kept: bool, home: Path) -> None:
    run = finished_run(home)
    if kept:
        keep(run)
    text = run.file.read_text()
    run.file.write_text(text[:150] if change == "torn" else text.replace("= 1\n", "= 9\n", 1))
    found = listed(Run(run.path))
    assert (found.status, found.can_resume) == ("unreadable", False)
    (remark,) = found.remarks
    assert remark.startswith("experiment.toml: ")
    assert ("format 9" in remark) == (change == "newer")


def test_a_summary_of_another_release_is_made_again(home: Path) -> None:
    run = finished_run(home)
    made = keep(run)
    old = summary(run).read_bytes().replace(b'"title":"small"', b'"title":"as it was"')
    summary(run).write_bytes(old)
    assert listed(run).details.title == "as it was"
    mark = f'"version":"{__version__}"'.encode()
    for version in (b'"version":"0.0.1"', b'"other":1'):
        summary(run).write_bytes(old.replace(mark, version))
        assert listed(run) == made


def test_a_folder_that_was_renamed_has_its_own_title(home: Path) -> None:
    run = finished_run(home)
    keep(run)
    moved = Run(run.path.rename(run.path.with_name(run.id.replace("small", "large"))))
    assert listed(moved).details.title == "large"


def test_a_run_without_its_events_cannot_be_resumed(home: Path) -> None:
    run = finished_run(home)
    keep(run)
    run.events.unlink()
    found = listed(run)
    assert (found.status, found.can_resume) == ("unreadable", False)
    assert found.remarks == ["events.jsonl is missing"]


def test_of_a_run_that_goes_on_no_summary_is_kept(home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    log.append(started())
    held = lock.hold(run.lock)
    assert listed(run).status == "starting"
    assert not summary(run).exists()
    log.append(epoch(1, 0.5, 1))
    assert listed(run).epochs == 1
    os.close(held)
    assert listed(run).status == "failed"  # the worker is gone without a word
    assert summary(run).exists()
    held = lock.hold(run.lock)  # resumed, and nothing is written yet
    assert listed(run).status != "failed"
    os.close(held)


def test_a_summary_that_cannot_be_written_is_no_matter(home: Path) -> None:
    run = finished_run(home)
    summary(run).mkdir()
    assert listed(run).status == "finished"
    assert summary(run).is_dir()
