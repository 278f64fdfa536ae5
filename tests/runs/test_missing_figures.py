"""Figures that are missing: why, in one plain line, in every place that shows them."""

import json
import re
from pathlib import Path

import pytest

from tests.fake_run import ended, epoch, experiment, started
from tests.shell import tui_dl
from tui_dl.cli.progress_lines import describe
from tui_dl.protocol.events import EarlyStopped, EpochEnded, Evaluated
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run, create
from tui_dl.runs.status import State
from tui_dl.runs.view import RunView
from tui_dl.spec.toml.reading import parse
from tui_dl.ui.panels.run.early_stopping import best_row, weights_row

NOT_FINITE = "no epoch is the best: the validation loss is not finite"
ONE_CLASS = "no epoch is the best: roc auc is undefined: the samples are all of one class"


def run_of(home: Path, last: EpochEnded, over: bool, metric: str) -> Run:
    rule = f"train.early_stopping={{patience=3,metric='{metric}'}}"
    metrics = "train.metrics=['accuracy','roc_auc']"
    run = create(home, "small", parse(experiment().to_toml(), "it", [metrics, rule]))
    log = EventLog(run.events)
    log.append(started())
    log.append(last)
    if over:
        log.append(EarlyStopped(epoch=3, best_epoch=0, patience=3, restored=False))
        of = {"accuracy": 0.6, "roc_auc": last.metrics["roc_auc"]}
        for split in ("validation", "test"):
            log.append(Evaluated(split=split, loss=last.validation_loss, accuracy=0.6, metrics=of))
        loss = last.validation_loss
        log.append(ended(best_epoch=None, validation_loss=loss, test_loss=loss))
    run.lock.touch()
    return run


CASES = [
    (None, 0.5, "validation_loss", NOT_FINITE),
    (None, None, "roc_auc", NOT_FINITE),
    (0.5, None, "roc_auc", ONE_CLASS),
]


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize(("loss", "area", "metric", "says"), CASES)
def test_no_best_epoch_is_explained_everywhere(
    home: Path, loss: float | None, area: float | None, metric: str, says: str, over: bool
) -> None:
    metrics = {"accuracy": 0.6, "roc_auc": area}
    last = epoch(3, loss, 0, metrics=metrics)
    run = run_of(home, last, over, metric)
    shown = tui_dl("show", "last").stdout
    assert re.search(f"note  +{re.escape(says)}\n", shown)
    assert "the best was 0" not in shown
    assert "none was the best" in shown
    facts = json.loads(tui_dl("show", "last", "--json").stdout)
    assert facts["best_epoch"] is None
    assert says in facts["notes"]
    assert says in tui_dl("runs").stdout
    if over:
        assert "test" in shown
        of = "not finite" if loss is None else "undefined: the samples are all of one class"
        assert any(note.startswith("test ") and note.endswith(of) for note in facts["notes"])
        state = State(run)
        stopped = describe(EarlyStopped(epoch=3, best_epoch=0, patience=3, restored=False), state)
        why = says.partition(": ")[2]
        assert stopped == f"stopped early: 3 epochs, and none was the best\n  {why}"
        assert says in (describe(ended(best_epoch=None), state) or "")
    rule = run.experiment.train.early_stopping
    view = RunView("running", epochs=[last])
    assert best_row(rule, view)[0][0] == f"no best: {says.partition(': ')[2]}"
    assert weights_row(rule, view)[0][0] == "will keep the last epoch"


def test_an_epoch_whose_losses_are_not_finite_says_so(home: Path) -> None:
    last = epoch(3, 0.5, 0, train_loss=None, metrics={"return": None})
    run = run_of(home, epoch(3, 0.5, 3, metrics={"roc_auc": 0.5}), False, "validation_loss")
    line = describe(last, State(run)) or ""
    assert "train not finite" in line
    assert "\n" not in line
    assert len(line) <= 79
