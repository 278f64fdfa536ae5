"""Progress lines: each fits the terminal, or 80 columns without one."""

from pathlib import Path

import pytest

from tests.fake_run import diagnosed, ended, epoch, records, run_folder, started
from tests.shell import tui_dl
from tui_dl.cli import line
from tui_dl.cli.progress_lines import describe
from tui_dl.protocol.events import Compiled, EarlyStopped, Evaluated, Metrics
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.status import State
from tui_dl.runs.step_log import StepLog


@pytest.mark.parametrize("epochs", [1, 60, 1_000_000])
@pytest.mark.parametrize("loss", [0.5, 9.3e18])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_every_line_fits(
    epochs: int, loss: float, columns: int, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "WITHOUT_TERMINAL", columns)
    run = run_folder(home)
    log = EventLog(run.events)
    events = [
        started(epochs=epochs, steps_per_epoch=epochs, parameters=100_000_000_000, time=0),
        epoch(1, loss, 1, train_loss=loss, train_accuracy=1.0, time=1.0),
        Compiled(seconds=12.0, kernels=17, cache="compiled kernels cannot be kept: " * 5),
        diagnosed(),
        diagnosed(message="of a layer with a name that is long" * 3),
        diagnosed(change=["network[1].layers[0].initializer=he"] * 3, advice="change it" * 10),
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
        assert all(len(it) <= columns for it in said.splitlines()), said


def test_the_figures_of_the_end_are_there_on_a_narrow_terminal(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "WITHOUT_TERMINAL", 60)
    state = State(run_folder(home))
    test = Evaluated(split="test", loss=123.5, accuracy=0.95)
    assert describe(test, state) == "test samples: loss 123.50, accuracy 95.0 %"
    last = ended(epochs=60, seconds=3723.0, samples_per_second=1_234_567.0)
    said = str(describe(last, state)).splitlines()[0]
    assert said.endswith(" after 60 epochs, 1:02:03, 1.5 ms/step")


def test_what_does_not_fit_is_left_out(home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    log.append(started(epochs=60, time=0, steps_per_epoch=1))
    log.append(epoch(1, 0.5, 1, step=1, time=1.0))
    state = State(run)
    head, line = (describe(event, state) for event in state.events)
    assert head == (
        f"{run.id}\n650 parameters, 1,257 training samples, 1 step per epoch, 2 threads"
    )
    assert line == ("epoch  1/60  train 1.0000  50.0 %  val 0.5000  60.0 % *  ETA 0:59  0 µs")


def test_a_clock_set_back_leaves_the_time_to_go(home: Path) -> None:
    run = run_folder(home)
    log, steps = EventLog(run.events), StepLog(run.steps)
    log.append(started(epochs=61, time=3600.0))
    steps.append(records(20))  # of 1.5 ms
    log.append(epoch(1, 0.5, 1, time=1.0))
    state = State(run)
    assert "  ETA 0:01  1.5 ms" in str(describe(state.events[-1], state))


def test_a_run_that_the_disk_cannot_hold_is_warned_of(home: Path) -> None:
    run = run_folder(home)
    endless = started(steps_per_epoch=10**9, epochs=10**6)
    *_, warning = str(describe(endless, State(run))).splitlines()
    assert warning.startswith("warning: up to 68,000,000.0 GB to write and ")
    assert warning.endswith(" free: lower train.epochs")
    huge = started(parameters=10**15)
    assert "warning: up to 24,000,000.0 GB" in str(describe(huge, State(run)))
    assert "warning" not in str(describe(started(), State(run)))


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        (["network[1].kind=relu"], "--set 'network[1].kind=relu'  (lesson vanishing-gradient)"),
        (["train.l2=0.001"], "--set train.l2=0.001  (lesson vanishing-gradient)"),
        ([], "put relu in place of sigmoid  (lesson vanishing-gradient)"),
        (["network[1].layers[0].initializer=he"] * 3, "put relu in place of sigmoid"),
    ],
)
def test_a_diagnosis_comes_with_what_to_type(change: list[str], remedy: str, home: Path) -> None:
    said = describe(diagnosed(change=change), State(run_folder(home)))
    assert said == (
        f"vanishing gradient: dense_1 gets 9e-10 of the last layer's gradient\n  try: {remedy}"
    )


@pytest.mark.parametrize(("final", "says"), [(375.25, "375.25"), (None, "not finite"), (1.5, None)])
def test_a_run_that_diverged_without_a_nan_says_so_in_the_end(
    final: float | None, says: str | None, home: Path
) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    change = ["train.optimizer.learning_rate=0.9"]
    evidence = {"first_loss": 2.3}
    log.append(diagnosed(kind="learning_rate_too_high", change=change, evidence=evidence))
    log.append(ended(train_loss=final))
    said = describe(ended(train_loss=final), State(run)) or ""
    told = f"it diverged: the training loss was 2.3000 at first and {says} at the end"
    assert said.endswith(f"\n{told}") == (says is not None)  # the remedy was told in its epoch
    assert ("diverged" in said) == (says is not None)
    shown = tui_dl("show", "last").stdout
    assert (told in shown) == (says is not None)
    assert shown.count("--set") == 1


def test_metrics_of_the_test_samples_are_told(home: Path) -> None:
    metrics: Metrics = {"accuracy": 0.9, "exact_match": 0.4326, "confusion_matrix": [[1.0]]}
    event = Evaluated(split="test", loss=0.5, accuracy=0.9, metrics=metrics)
    said = describe(event, State(run_folder(home))) or ""
    assert said.splitlines() == [
        "final weights on the test samples: loss 0.5000, accuracy 90.0 %",
        "  exact match 0.4326",
    ]


def test_no_lesson_is_named_where_there_is_none(home: Path) -> None:
    said = describe(diagnosed(lesson=""), State(run_folder(home))) or ""
    assert said.endswith("try: --set 'network[1].kind=relu'")
