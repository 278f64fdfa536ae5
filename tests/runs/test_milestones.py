"""Which steps of a run one can jump to."""

from __future__ import annotations

from pathlib import Path

from tests.fake_run import diagnosed, epoch, run_folder, started
from tui_dl.protocol.events import EarlyStopped, LearningRateChanged
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.milestones import Milestone, milestones
from tui_dl.runs.status import State


def test_decisions_are_milestones(tmp_path: Path) -> None:
    run = run_folder(tmp_path)
    log = EventLog(run.events)
    log.append(started())
    assert milestones(State(run)) == ()
    log.append(LearningRateChanged(step=7, learning_rate=0.1))
    log.append(epoch(1, 0.5, 1))
    assert milestones(State(run)) == (Milestone(7, "learning_rate"),)  # a first epoch is no best
    log.append(diagnosed(step=40))
    log.append(epoch(2, 0.4, 2))
    log.append(epoch(3, 0.6, 2))
    log.append(EarlyStopped(epoch=3, best_epoch=2, patience=1, restored=True))
    assert milestones(State(run)) == (
        Milestone(7, "learning_rate"),
        Milestone(40, "best"),
        Milestone(40, "diagnosis"),
        Milestone(60, "early_stop"),
    )


def test_a_rate_that_changes_epoch_after_epoch_is_no_milestone(tmp_path: Path) -> None:
    run = run_folder(tmp_path)
    log = EventLog(run.events)
    log.append(started())
    for step in (20, 40, 60, 80, 140, 200, 220):
        log.append(LearningRateChanged(step=step, learning_rate=1 / step, scheduled=True))
    assert milestones(State(run)) == (Milestone(140, "learning_rate"),)
