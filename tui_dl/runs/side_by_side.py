"""Runs side by side: the settings and the results in which they differ, against a baseline.

Runs that differ in their seed only are one column, with the mean and the spread of each result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite, sqrt
from typing import NamedTuple

from tui_dl.runs.comparable import measured_with
from tui_dl.runs.entries import BEST, SPLITS, Entry, figure_of
from tui_dl.spec.compared_settings import Values, compared_settings, settings_of
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.metrics import METRICS, VALIDATION_LOSS, lower_is_better
from tui_dl.support.errors import UserError

SEED = "train.seed"
SETTINGS = ("seed", "learning_rate")  # among the figures of a run


class Result(NamedTuple):
    """A figure of one column: the mean over its runs, and how far they are spread.

    Attributes:
        mean: of the runs that have the figure.
        spread: their sample standard deviation; None of fewer than two.
    """

    mean: float
    spread: float | None


class Column(NamedTuple):
    """Runs of one experiment, from one seed or several.

    Attributes:
        entries: the runs.
        settings: keys of the experiment and their values, as text.
    """

    entries: tuple[Entry, ...]
    settings: Mapping[str, str]

    @property
    def experiment(self) -> Experiment:
        """That of its runs."""
        return self.entries[0].run.experiment

    @property
    def seeds(self) -> set[int]:
        """Those of its runs."""
        return {it.run.experiment.train.seed for it in self.entries}

    @property
    def name(self) -> str:
        """What it is called: the runs' title, and how many seeds there are of more than one."""
        title = self.entries[0].title
        count, several = len(self.entries), len(self.seeds) > 1
        return title if count == 1 else f"{title} ({count} {'seeds' if several else 'runs'})"

    def result(self, name: str) -> Result | None:
        """A figure; None where no run has it."""
        found = [figure_of(it.listed, name) for it in self.entries]
        values = [it for it in found if it is not None and isfinite(it)]
        if not values:
            return None
        mean = sum(values) / len(values)
        squares = sum((it - mean) ** 2 for it in values)
        return Result(mean, sqrt(squares / (len(values) - 1)) if len(values) > 1 else None)


class SideBySide(NamedTuple):
    """Columns of runs; the first one is the baseline.

    Attributes:
        columns: in the order in which they were named.
        settings: keys that differ, with the value of each column; None where it has none.
        results: names of figures that differ, with that of each column.
        metric: that the runs are judged by; the validation loss where theirs differ.
        pinned: whether the first one was chosen to be the baseline.
    """

    columns: tuple[Column, ...]
    settings: dict[str, Values]
    results: dict[str, tuple[Result | None, ...]]
    metric: str
    pinned: bool = False

    @property
    def best(self) -> int | None:
        """The place of the column with the best metric; None where none has it, or `unranked`."""
        sign = 1 if lower_is_better(self.metric) else -1
        found = [(sign * it.mean, place) for place, it in enumerate(self.judged) if it is not None]
        return min(found)[1] if found and not self.unranked else None

    @property
    def unranked(self) -> str:
        """Why none can be the best, in English; empty where one can, or where none has a figure."""
        having = [place for place, it in enumerate(self.judged) if it is not None]
        if all(self.comparable(self.ranked_by, place, having[0]) for place in having):
            return ""
        if self.metric == VALIDATION_LOSS:
            return "they have no metric in common"
        return "they were not measured on the same samples"

    def comparable(self, name: str, place: int, other: int = 0) -> bool:
        """Whether a figure means the same in two columns: it is of the same samples and loss."""
        both = (self.columns[it].experiment for it in (place, other))
        one, two = (measured_with(it, name) for it in both)
        return one == two

    @property
    def ranked_by(self) -> str:
        """The name of the figure that the columns are judged by, on a split that all have."""
        whole = (f"{split}{self.metric}" for split in SPLITS)
        known = [it for it in self.columns if it.result(self.metric)]
        return next((it for it in whole if all(of.result(it) for of in known)), self.metric)

    @property
    def judged(self) -> list[Result | None]:
        """What each column is judged by."""
        return [it.result(self.ranked_by) for it in self.columns]


def side_by_side(entries: Sequence[Entry], baseline: Entry | None = None) -> SideBySide:
    """Compare runs with the `baseline`, which is one of them; by default it is the first.

    Raises:
        UserError: the experiment of one is damaged.
    """
    columns = tuple(_columns(entries))
    if baseline is not None:  # to the front; the others keep their order
        columns = tuple(sorted(columns, key=lambda it: baseline not in it.entries))
    settings = compared_settings([it.experiment for it in columns])
    names = {
        name: None for it in entries for name in it.listed.details.figures if name not in SETTINGS
    }
    names[BEST] = None
    results = {name: tuple(it.result(name) for it in columns) for name in names}
    metrics = {it.listed.details.metric for it in entries}
    metric = metrics.pop() if len(metrics) == 1 else ""
    return SideBySide(
        columns,
        {key: of for key, of in settings.items() if key != SEED or SEED in columns[0].settings},
        {name: of for name, of in results.items() if _differ(of)},
        metric if metric in METRICS else VALIDATION_LOSS,
        baseline is not None,
    )


def _differ(results: Sequence[Result | None]) -> bool:
    """Whether a result is not the same everywhere."""
    return len({it and it.mean for it in results}) > 1 or any(it and it.spread for it in results)


def _columns(entries: Sequence[Entry]) -> Iterator[Column]:
    """Runs put together where nothing but the seed differs."""
    found: dict[tuple[tuple[str, str], ...], list[Entry]] = {}
    settings: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for entry in entries:
        every = settings_of(entry.run.experiment)
        alike = tuple(it for it in every.items() if it[0] != SEED)
        found.setdefault(alike, []).append(entry)
        settings[alike] = every
    seeds = all(len(runs) == 1 for runs in found.values())  # else there is no one seed to name
    for alike, runs in found.items():
        yield Column(tuple(runs), settings[alike] if seeds else dict(alike))


def need_two(entries: Sequence[Entry]) -> None:
    """Raise UserError unless there is something to compare."""
    if len({it.run for it in entries}) < 2:
        raise UserError("compare needs two runs or more: name them, or mark them in the dashboard")
