"""The tuner finds the fastest number of threads; the numbers of a training stay the same."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest

from tui_dl import data
from tui_dl.engine.threads import tuner as module
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.assemble import assemble
from tui_dl.spec.toml.reading import read

pytestmark = pytest.mark.usefixtures("one_by_one")


def works(tuner: ThreadTuner, seconds: Callable[[int], float], lasts: float) -> list[int]:
    """The threads of every step, each taking `seconds`, until `lasts` seconds passed."""
    threads, passed = [], 0.0
    while passed < lasts:
        took = seconds(tuner.threads)
        threads.append(tuner.threads)
        passed += took
        tuner.note(64, took)
    return threads


def test_pools_are_of_one_two_four_and_all_threads() -> None:
    assert list(ThreadTuner(6).seconds_per_sample) == [6, 4, 2, 1]
    assert list(ThreadTuner(1).seconds_per_sample) == [1]


@pytest.mark.parametrize("best", [1, 2, 4, 8])
def test_the_fastest_pool_is_used(best: int) -> None:
    threads = works(ThreadTuner(8), lambda threads: 1e-3 if threads == best else 2e-3, 20)
    assert threads.count(best) > 0.9 * len(threads)


def test_another_takes_over_when_the_machine_is_busy_and_gives_back() -> None:
    tuner = ThreadTuner(2)

    def free(threads: int) -> float:
        return 1e-3 / threads

    def busy(threads: int) -> float:
        return 1e-3 if threads == 1 else 5e-3

    works(tuner, free, 5)
    threads = works(tuner, busy, 1)
    assert threads.count(2) < 0.05 * len(threads)
    works(tuner, free, 10)
    assert works(tuner, free, 5).count(2) > 5 / free(2) * 0.9


def test_a_single_stop_changes_nothing() -> None:
    tuner, made = ThreadTuner(2), 0

    def seconds(threads: int) -> float:
        nonlocal made
        made += 1
        return 1e-3 / threads + 15e-3 * (made % 100 == 0)

    works(tuner, seconds, 1)
    threads = works(tuner, seconds, 5)
    assert threads.count(2) > 0.9 * len(threads)


def test_after_a_burst_of_other_work_the_fastest_is_soon_used_again() -> None:
    tuner = ThreadTuner(2)
    works(tuner, lambda threads: 1.2e-3 / threads, 0.1)
    works(tuner, lambda threads: 1.2e-3 if threads == 1 else 5e-3, 0.05)
    works(tuner, lambda threads: 1.2e-3 / threads, 0.9)
    assert works(tuner, lambda threads: 1.2e-3 / threads, 0.1).count(1) < 10


def test_long_steps_are_seldom_tried_with_others() -> None:
    threads = works(ThreadTuner(2), lambda threads: 0.4 / threads, 400)
    assert threads.count(1) < 0.03 * len(threads)


def test_numbers_are_the_same_bits_for_any_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    for seconds in ("WINDOW", "RETRIAL", "RETRY_EVERY", "SHARE"):
        monkeypatch.setattr(module, seconds, 1e-9 if seconds != "SHARE" else 1e9)
    experiment = read("lenet5")
    dataset, losses, sizes = data.load(experiment.data, 0), [], set()
    for pool in (ThreadPool(1), ThreadTuner(3)):
        with pool:
            trainer = assemble(experiment, dataset, pool)
            trainer.stepper.pack()
            steps = (step for step in trainer.train() if isinstance(step, np.ndarray))
            records = []
            for record in islice(steps, 60):
                records.append((record["loss"].item(), record["gradient_norm"].item()))
                sizes.add(pool.threads)
        losses.append(records)
    assert losses[0] == losses[1]
    assert sizes == {1, 2, 3}
