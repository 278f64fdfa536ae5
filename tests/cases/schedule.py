"""What cases of schedules are made of; a run has EPOCHS epochs of STEPS steps each."""

from typing import NamedTuple

from tui_dl.spec.train.schedules.base import Schedule

EPOCHS, STEPS = 12, 7
TOTAL = EPOCHS * STEPS


class Case(NamedTuple):
    """Shares of the optimizer's learning rate, by the updates and the plateaus before."""

    schedule: Schedule
    shares: dict[tuple[int, int], float]
