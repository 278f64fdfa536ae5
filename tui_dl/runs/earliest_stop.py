"""When early stopping may end a run."""

from __future__ import annotations

from tui_dl.protocol.events import EpochEnded
from tui_dl.spec.train.config import EarlyStopping


def earliest_stop(
    rule: EarlyStopping | None, newest: EpochEnded | None, epochs: int | None
) -> int | None:
    """The first epoch after which early stopping may end a run; None where all end before.

    Args:
        rule: of the run; without one nothing ends it early.
        newest: its last epoch that ended; before the first one is over, nothing is said.
        epochs: of the whole run; likewise before they are known.
    """
    if rule is None or newest is None or epochs is None:
        return None
    earliest = newest.epoch + rule.patience - min(newest.waited, rule.patience)
    return earliest if earliest <= epochs else None
