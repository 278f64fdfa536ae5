"""Which experiments are so small that every gradient is compared with finite differences."""

from __future__ import annotations

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.products import Dense

WEIGHTS, SAMPLES = 40, 4  # at most
LOSSES = "binary_cross_entropy", "cross_entropy", "mean_squared_error"


def is_computed_by_hand(experiment: Experiment) -> bool:
    """Whether it has few weights and samples, and only dense and activation layers."""
    layers = [node.layer for node in experiment.nodes]
    return (
        experiment.data_spec.splits[0] <= SAMPLES
        and experiment.parameter_count <= WEIGHTS
        and experiment.data_spec.input.shape[1:] == ()
        and not experiment.data_spec.input.vocab_size
        and experiment.data_spec.target.shape == ()
        and experiment.train.target == "data"
        and experiment.train.loss.__struct_config__.tag in LOSSES
        and all(isinstance(it, Dense) or it.is_activation for it in layers)
    )
