"""Which epochs are observed, and which artifacts are removed: a function of the epoch alone.

Observed are epoch 1, all multiples of a spacing, and the last epoch. The spacing is the least power
of two with which at most `MOST` multiples have passed, so it doubles as a run gets longer; then
those that are no multiples of it anymore are removed, and what is left covers the run evenly.

No clock decides, so any number of threads, and a run that was interrupted, give the same
artifacts. The budgets hold all the same:

- Space: of a kind there are at most `MOST` + 3 artifacts, that of the final weights among them, and
  each has at most `LARGEST` bytes.
- Time: a run of n epochs is observed at most `MOST` (1 + log2(n / `MOST`) / 2) + 3 times, and
  observers look at a fixed number of samples and of numbers. So the cost hardly grows with a run,
  and in a short one it stays below half a second. `python -m bench observers` measures it.
"""

from __future__ import annotations

from typing import NamedTuple

MOST = 24  # an even number; with 32, observers of a tiny network took over half a second
LARGEST = 36_000  # bytes of an artifact
SPACE = 20_000_000  # bytes of all artifacts of a run


class Moment(NamedTuple):
    """The end of an epoch.

    Attributes:
        epoch: its number, from 1.
        step: its last step.
        is_last: whether no epoch follows, as the run was planned or its patience has run out.
    """

    epoch: int
    step: int
    is_last: bool


def spacing(epoch: int) -> int:
    """Epochs between two moments after `epoch` epochs."""
    return 1 << (-(-epoch // MOST) - 1).bit_length()


def is_due(moment: Moment) -> bool:
    """Whether the end of this epoch is observed."""
    epoch = moment.epoch
    return epoch == 1 or moment.is_last or epoch % spacing(epoch) == 0


def superseded(epoch: int) -> range:
    """The epochs whose artifacts are removed once those of `epoch` are written.

    There are some only where `epoch` is the first one of a spacing.
    """
    now = spacing(epoch)
    if now == 1 or epoch != (MOST // 2 + 1) * now:
        return range(0)
    before = now // 2
    return range(3 if before == 1 else before, epoch, now)  # epoch 1 stays
