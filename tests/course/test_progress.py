"""A preset is done once the user's own runs have shown all of its claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fake_run import SMALL, ended, epoch, started
from tui_dl.course.lesson_text import how_many_hold
from tui_dl.course.progress import Progress, own_runs, progress
from tui_dl.protocol.events import Failed
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run, create
from tui_dl.runs.of_preset import results
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.toml.variants import variants

COURSE = """
[[variant]]
name = "fast"
set = { "train.optimizer.learning_rate" = 0.1 }
[[claim]]
says = "it learns"
test = "validation_loss < 0.8"
[[claim]]
says = "fast ends lower"
test = "fast.validation_loss < validation_loss"
"""
PRESET = parse(SMALL + COURSE, "small.toml")


def run_of(
    home: Path, experiment: Experiment, loss: float, over: bool = True, reason: str = "finished"
) -> Run:
    run = create(home, "small", experiment)
    log = EventLog(run.events)
    log.append(started())
    log.append(epoch(1, loss, 1))
    if over:
        log.append(ended(stop_reason=reason))
    log.close()
    run.lock.touch()
    return run


def shown(runs: list[Run]) -> Progress:
    """Of runs, newest first."""
    found = own_runs(PRESET, results(runs, PRESET), lambda it: it)
    return progress(PRESET, found)


@pytest.mark.parametrize(
    ("loss", "fast", "expected"),
    [
        (0.7, None, Progress(claims=2, tested=1, held=1)),
        (0.9, None, Progress(claims=2, tested=1, held=0)),
        (0.7, 0.5, Progress(claims=2, tested=2, held=2)),
        (0.7, 0.8, Progress(claims=2, tested=2, held=1)),
        (None, 0.5, Progress(claims=2, tested=0, held=0)),
    ],
)
def test_claims_are_tested_with_the_runs_that_are_there(
    loss: float | None, fast: float | None, expected: Progress, home: Path
) -> None:
    runs = [] if loss is None else [run_of(home, PRESET, loss)]
    runs += [] if fast is None else [run_of(home, variants(PRESET)["fast"], fast)]
    assert shown(runs)[:3] == expected[:3]
    names = {"": loss, "fast": fast}
    assert shown(runs).missing == {name for name, it in names.items() if it is None}
    assert shown(runs).is_complete is (expected.held == 2)


def test_the_newest_run_of_the_preset_as_it_is_counts(home: Path) -> None:
    other = parse(SMALL + COURSE, "small.toml", ["train.seed=7"])
    newest_first = [
        run_of(home, other, 0.1),
        run_of(home, PRESET, 0.9),
        run_of(home, PRESET, 0.5),
    ]
    assert shown(newest_first)[:3] == (2, 1, 0)


def test_a_run_that_was_stopped_or_killed_takes_nothing_away(home: Path) -> None:
    whole = [run_of(home, PRESET, 0.5), run_of(home, variants(PRESET)["fast"], 0.3)]
    stopped = run_of(home, PRESET, 0.9, reason="stopped")
    killed = run_of(home, PRESET, 0.9, over=False)
    assert shown([killed, stopped, *whole]).is_complete
    assert shown([stopped]) == Progress(2, tested=0, held=0, missing=frozenset({"", "fast"}))


def test_a_run_that_fails_by_itself_is_whole(home: Path) -> None:
    failing = SMALL + COURSE.replace('"fast.validation_loss < validation_loss"', '"epochs <= 1"')
    preset = parse(failing, "small.toml")
    run = run_of(home, preset, 0.5, over=False)
    log = EventLog(run.events)
    log.append(Failed(reason="it diverged"))
    log.close()
    found = own_runs(preset, results([run], preset), lambda it: it)
    assert progress(preset, found).held == 2


@pytest.mark.parametrize(
    ("held", "claims", "words"),
    [
        (0, 1, "0 of 1 claims hold"),
        (1, 1, "1 of 1 claims holds"),
        (1, 2, "1 of 2 claims holds"),
        (2, 2, "2 of 2 claims hold"),
    ],
)
def test_how_many_claims_hold_is_said_of_one_and_of_several(
    held: int, claims: int, words: str
) -> None:
    assert how_many_hold(held, claims) == words
