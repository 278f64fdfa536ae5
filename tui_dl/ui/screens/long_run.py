"""What is said before training that is more than one short run."""

from __future__ import annotations

from tui_dl.support.formatting import duration
from tui_dl.support.translations import tr

LONG = 60.0  # seconds from which on it is asked before a run is started
ITSELF = "as it is"  # the experiment without a variant's changes


def says_if_long(seconds: float | None) -> str:
    """How long a run takes, if that is long; empty else."""
    if seconds is None or seconds < LONG:
        return ""
    return tr("It takes up to {time} here.", time=duration(seconds))


def says_of_one(seconds: float | None) -> str:
    """How long one of several runs takes; empty where that is not known."""
    if seconds is None:
        return ""
    return tr("One took {time} here.", time=duration(seconds))
