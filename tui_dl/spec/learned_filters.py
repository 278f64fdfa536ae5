"""Which experiments learn filters that are known, for fixed filters make their targets."""

from __future__ import annotations

from tui_dl.spec.experiment import Experiment


def learns_fixed_filters(experiment: Experiment) -> bool:
    """Whether the network is one convolution, with a filter for each fixed filter of the data."""
    fixed, first = experiment.data.fixed_filters, experiment.nodes[0]
    shape = first.parameters.get("weight", ())
    is_alone = len(experiment.nodes) == 1 and experiment.train.target == "data"
    return is_alone and bool(fixed) and shape == (len(fixed), 1, 3, 3)
