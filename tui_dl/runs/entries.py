"""The runs of a home with what a list says of each, in any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.listing import Listed, listed
from tui_dl.spec.train.metrics import METRICS, lower_is_better

BEST = "best_validation_loss"  # of all epochs; the others are of the end of the run
SPLITS = ("test_", "validation_")  # of which a figure without a split is, the first that is known


class Entry(NamedTuple):
    """A run, and what a list says of it."""

    run: Run
    listed: Listed

    @property
    def title(self) -> str:
        """The preset and what differs from it."""
        return self.listed.details.title

    @property
    def metric(self) -> float | None:
        """What the run is judged by: the metric of the test samples, or of the validation ones."""
        name = self.listed.details.metric
        return figure_of(self.listed, name) if name in METRICS else None


def entries(home: Path) -> list[Entry]:
    """All runs, the newest first; raises UserError where the home cannot be listed."""
    return [Entry(run, listed(run)) for run in all_runs(home)]


def figure_of(listed: Listed, name: str) -> float | None:
    """A figure of a run; of accuracy and its like that of the test, or else of the validation."""
    if name == BEST:
        return listed.best_validation_loss
    figures = listed.details.figures
    if name in figures:
        return figures[name]
    found = (figures[split + name] for split in SPLITS if split + name in figures)
    return next(found, None)


# The columns that a list can be sorted by, and those whose largest value comes first.
ORDERS: dict[str, Callable[[Entry], float | str | None]] = {
    "age": lambda it: it.run.began,
    "run": lambda it: it.title.casefold(),
    "status": lambda it: it.listed.status,
    "epochs": lambda it: it.listed.epochs,
    "best loss": lambda it: it.listed.best_validation_loss,
    "test": lambda it: _lower_first(it),
    "time": lambda it: it.listed.details.figures.get("seconds"),
}
LARGEST_FIRST = ("age", "epochs")


def sort(found: Sequence[Entry], column: str, turned: bool = False) -> list[Entry]:
    """Entries in the order of a column, or `turned` round; those without a figure are the last."""
    order = ORDERS[column]
    known = [(key, it) for it in found if (key := order(it)) is not None]
    falls = (column in LARGEST_FIRST) != turned
    ordered = [it for _, it in sorted(known, key=lambda pair: pair[0], reverse=falls)]
    return ordered + [it for it in found if order(it) is None]


def _lower_first(entry: Entry) -> float | None:
    """The metric, with the sign that makes lower values better."""
    value, name = entry.metric, entry.listed.details.metric
    return value if value is None or lower_is_better(name) else -value
