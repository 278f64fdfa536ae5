"""Records of steps are yielded many at a time; events and records do not depend on how many."""

from typing import Any

import numpy as np
import pytest

from tests.engine.test_check_finite import diverging, until_it_fails
from tests.engine.test_resume import EXPERIMENTS, copied, facts, with_changes
from tui_dl.engine.train import trainer as module
from tui_dl.engine.train.session import train
from tui_dl.spec.train.config import Change

HISTORY = [
    Change(step=9, learning_rate=0.02),
    Change(step=10, learning_rate=0.01),
    Change(step=71, learning_rate=0.002),
    Change(step=100, stop=True),
]


def each(items: list[Any]) -> list[Any]:
    """Every step and every event, one by one, without the clock's part in it."""
    alone: list[Any] = []
    for h in items:
        alone += [h[at : at + 1] for at in range(len(h))] if isinstance(h, np.ndarray) else [h]
    return facts(alone)


@pytest.mark.parametrize("name", ["scheduled", "normal"])
def test_the_same_steps_and_events_in_the_same_order(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = with_changes(EXPERIMENTS[name], HISTORY)
    outputs = {}
    for most, seconds in ((1, 10.0), (7, 10.0), (1024, 10.0), (1024, 0.0), (1024, 1e-4)):
        monkeypatch.setattr(module, "MOST", most)
        monkeypatch.setattr(module, "YIELD_EVERY", seconds)
        outputs[most, seconds] = each(copied(train(experiment, 2)))
    first = outputs.pop((1, 10.0))
    assert sum(isinstance(fact, list) for fact in first) == 100
    assert all(other == first for other in outputs.values())


def test_all_steps_before_a_bad_one_are_yielded(monkeypatch: pytest.MonkeyPatch) -> None:
    together, why = until_it_fails(train(diverging(220.0), 1))
    monkeypatch.setattr(module, "YIELD_EVERY", 0.0)
    alone, also = until_it_fails(train(diverging(220.0), 1))
    assert str(each(together)) == str(each(alone))  # some are NaN
    assert why == also
