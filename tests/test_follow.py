"""Progress lines: each fits a terminal of 80 columns."""

from pathlib import Path

import pytest

from tests.runs.make import ended, epoch, run_folder, started
from tui_dl.commands.follow import describe
from tui_dl.commands.output import LINE
from tui_dl.events import EarlyStopped, Evaluated
from tui_dl.runs.log import EventLog
from tui_dl.runs.status import State


@pytest.mark.parametrize("epochs", [1, 60, 1_000_000])
@pytest.mark.parametrize("loss", [0.5, 123_456.0])
def test_every_line_fits(epochs: int, loss: float, home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    events = [
        started(epochs=epochs, steps_per_epoch=epochs, parameters=100_000_000_000, time=0),
        epoch(1, loss, 1, train_loss=loss, train_accuracy=1.0, time=1.0),
        EarlyStopped(epoch=epochs, best_epoch=epochs, patience=100_000, restored=True),
        Evaluated(split="test", loss=loss, accuracy=1.0),
        ended(epochs=epochs, seconds=1_000_000.0),
    ]
    for event in events:
        log.append(event)
    state = State(run)
    for event in state.events:
        said = describe(event, state)
        assert said
        assert all(len(line) <= LINE for line in said.splitlines()), said


def test_what_does_not_fit_is_left_out(home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    log.append(started(epochs=60, time=0, steps_per_epoch=1))
    log.append(epoch(1, 0.5, 1, step=1, time=1.0))
    state = State(run)
    head, line = (describe(event, state) for event in state.events)
    assert head == (f"{run.id}\n650 parameters, 1,257 training samples, 1 step an epoch, 2 threads")
    assert line == ("epoch  1/60  train 1.0000  50.0 %  val 0.5000  60.0 % *  ETA 0:59  0.00 ms")
