"""The change of an experiment that a run proposes: its newest diagnosis's, or its lesson's."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from tui_dl.process.read_experiment import describe
from tui_dl.runs.view import RunView
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse

CODE = re.compile(r"`([^`]*)`")
OPTION = "--set"


def proposed(view: RunView, experiment: Experiment) -> Experiment | None:
    """The experiment with the first proposal that changes it; None where there is none.

    Raises:
        UserError: it cannot be trained with the proposal.
    """
    base = experiment.with_train(replace(experiment.train, change=[]))
    for overrides in proposals(view, experiment):
        changed = parse(base.to_toml(), "the experiment", overrides, of_run=True, describe=describe)
        if differences(base, changed):
            return changed
    return None


def proposals(view: RunView, experiment: Experiment) -> Iterator[list[str]]:
    """Overrides that are proposed: of the newest diagnoses first, then of the lesson."""
    yield from (it.change for it in reversed(view.diagnoses) if it.change)
    if experiment.lesson:
        yield from overrides_in(experiment.lesson.en.try_)


def overrides_in(markdown: str) -> Iterator[list[str]]:
    """The overrides of each piece of code in a text that has any: those after ``--set``."""
    for code in CODE.findall(markdown):
        try:
            words = shlex.split(code)
        except ValueError:  # a quotation mark that is not closed: no command
            continue
        found = [value for option, value in pairwise(words) if option == OPTION]
        if found:
            yield found
