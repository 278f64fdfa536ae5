"""Samples a second count all steps, slow ones too, and nothing else."""

import time

import numpy as np
import pytest

from tui_dl.engine.threads.timer import RECENT, StepTimer
from tui_dl.engine.train.session import train
from tui_dl.protocol.commands import AnyCommand, Continue, Pause
from tui_dl.protocol.events import Ended, EpochEnded, Paused
from tui_dl.spec.toml.reading import read

EXPERIMENT = read("first-network", ["train.epochs=3"])
SAMPLES = 3 * 1259
ASLEEP = 0.02  # seconds, thousand times a step


def test_the_median_is_that_of_single_steps() -> None:
    timer = StepTimer()
    assert timer.median_step_ms is None
    timer.add([0.001] * 6 + [0.5] * 5)  # recorded together, and disturbed
    assert timer.median_step_ms == 1
    timer.add([0.002] * RECENT)
    assert timer.median_step_ms == 2


def test_the_median_is_that_of_the_step_records() -> None:
    seconds: list[float] = []
    for output in train(EXPERIMENT, 1):
        if isinstance(output, np.ndarray):
            seconds += output["seconds"].tolist()
            time.sleep(ASLEEP)  # as a disturbed machine between two steps
    assert isinstance(output, Ended)
    assert output.median_step_ms == np.median(seconds) * 1e3


@pytest.mark.usefixtures("one_by_one")
def test_slow_steps_count_in_samples_a_second_and_not_in_the_median() -> None:
    asked = 0

    def slow() -> list[AnyCommand]:
        nonlocal asked
        asked += 1
        if asked % 4 == 0:
            time.sleep(ASLEEP)
        return []

    *_, ended = train(EXPERIMENT, 1, slow)
    assert isinstance(ended, Ended)
    assert ended.median_step_ms is not None
    assert ended.samples_per_second is not None
    assert 0 < ended.median_step_ms < ASLEEP * 1_000
    assert ended.samples_per_second < SAMPLES / (ASLEEP * (asked // 4 - 1))


def test_what_is_between_steps_does_not_count() -> None:
    plan: list[list[AnyCommand]] = [[Continue()], [], [], [Pause()], []]
    began, apart = time.perf_counter(), 0.0
    for output in train(EXPERIMENT, 1, lambda: plan.pop() if plan else []):
        if isinstance(output, EpochEnded | Paused):
            time.sleep(10 * ASLEEP)
            apart += 10 * ASLEEP
    took = time.perf_counter() - began
    assert isinstance(output, Ended)
    assert output.samples_per_second is not None
    assert apart == pytest.approx(40 * ASLEEP)
    assert SAMPLES / output.samples_per_second < took - apart
