"""Where a network goes through time step by step."""

from __future__ import annotations

from tui_dl.spec.experiment import Experiment

LEAST_STEPS = 4  # of a sequence through which a gradient can be followed


def first_recurrent(experiment: Experiment) -> int | None:
    """The index of the first recurrent layer over a sequence that is not short; None without one.

    A decoder is not meant: it reads the target.
    """
    found = (index for index, it in enumerate(experiment.nodes) if it.layer.is_recurrent)
    index = next(found, None)
    if index is None or experiment.nodes[index].input.shape[0] < LEAST_STEPS:
        return None
    return index
