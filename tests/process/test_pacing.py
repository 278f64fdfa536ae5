"""Pacing: epochs begin at most so often, also after a pause."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tui_dl.process import pacing
from tui_dl.process.pacing import Pacing


class Clock:
    """Seconds that pass only in waits, and where a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pacing, "monotonic", clock.monotonic)
    monkeypatch.setattr(pacing, "sleep", clock.sleep)
    return clock


def test_after_a_pause_an_epoch_is_waited_for_as_before_it(clock: Clock) -> None:
    paced = Pacing(0.5, lambda: False)
    begun = []
    for epoch in range(6):
        if epoch == 3:
            clock.now += 100  # the pause
            paced.restart()
        begun.append(clock.now)
        clock.now += 0.1  # the epoch
        paced.wait()
    waits = [after - before for before, after in pairwise(begun)]
    assert all(1.9 < it < 2.2 for it in waits[:2] + waits[3:])
