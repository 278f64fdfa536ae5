"""What a figure of a run was measured with: two figures can be compared where that is the same."""

from __future__ import annotations

from typing import Any

import msgspec

from tui_dl.runs.entries import BEST
from tui_dl.spec.experiment import Experiment

MEASURED = ("test_", "validation_", "train_", BEST)  # other figures, such as seconds, are counts


def measured_with(experiment: Experiment, figure: str) -> tuple[Any, ...]:
    """The samples and targets that a figure is of, and of a loss its kind; nothing of a count.

    The seed is not among it: runs of several seeds are put together on purpose. Keys that change
    what is learned from, or what the network receives of the same samples, are not either.
    """
    if not figure.startswith(MEASURED):
        return ()
    data, train, spec = experiment.data, experiment.train, experiment.data_spec
    ignored = {*data.learning_keys, *data.column_keys}
    if figure.startswith("test_"):  # which samples test is decided before validation takes its own
        ignored.add("validation")
    if spec.fingerprint:  # the same file may be in two places
        ignored.add("path")
    fields = (it.name for it in msgspec.structs.fields(data) if it.name not in ignored)
    of_columns = [getattr(data, key) for key in data.column_keys]
    if train.target == "data":  # of the other columns nothing is predicted
        of_columns = [it.get(spec.target_name) for it in of_columns]
    samples = [(name, getattr(data, name)) for name in fields]
    loss = train.loss if figure.endswith("loss") else None
    return type(data), samples, spec.fingerprint, train.target, of_columns, spec.target, loss
