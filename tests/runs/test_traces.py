"""Runs read together, and the playhead over their epochs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fake_run import epoch
from tests.ui.fabricate import STEP_SECONDS, STEPS_PER_EPOCH, Worker
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.status import Status
from tui_dl.runs.traces import Trace, Traces, present

MOST = 100  # epochs
WATCHED = Playhead(0.0, playing=True, watching=True, clock=0.0)


def trace(epochs: int, seconds: float, status: Status = "running") -> Trace:
    done = tuple(epoch(it, 0.5, 1) for it in range(1, epochs + 1))
    return Trace("one", status, done, MOST, seconds=seconds)


def seen(per_epoch: float) -> Playhead:
    """The playhead after ten seconds beside two runs, one of which waits meanwhile."""
    playhead = WATCHED
    waiting = trace(0, 0.0, "waiting")
    for tenth in range(1, 101):
        done = min(int(tenth / 10 / per_epoch), MOST)
        playhead = playhead.advance(tenth / 10, present([trace(done, done * per_epoch), waiting]))
    return playhead


def test_runs_that_were_live_are_not_played_again_when_they_end() -> None:
    slow = seen(per_epoch=0.5)
    assert slow.at(present([trace(20, 10.0)])) is None
    stopped = present([trace(22, 11.0, "stopped"), trace(0, 0.0, "stopped")])
    assert slow.advance(10.1, stopped).at(stopped) is None


def test_runs_that_train_fast_are_played() -> None:
    fast = seen(per_epoch=0.01)
    over = present([trace(MOST, 1.0, "finished")])
    assert fast.advance(10.1, over).at(over) == pytest.approx(MOST * 10 / 15, abs=2)


def test_what_a_run_has_recorded(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2).train(3)
    (found,) = Traces({"it": worker.run}).update()
    assert [it.epoch for it in found.epochs] == [1, 2, 3]
    assert found.seconds == pytest.approx(3 * STEPS_PER_EPOCH * STEP_SECONDS, rel=0.5)
    assert present([found]).most_steps == found.most == 30
    worker.end("stopped", best=3)
    assert present(Traces({"it": worker.run}).update()).most_steps == 3
