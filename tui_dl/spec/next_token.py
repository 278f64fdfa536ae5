"""Whether a network predicts at every place of a sequence the token that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_dl.spec.experiment import Experiment


def predicts_next_token(experiment: Experiment) -> bool:
    """Whether input and target are of the same tokens, a place each, and no decoder writes them."""
    spec, target = experiment.data_spec, experiment.target
    return (
        experiment.train.target == "data"
        and bool(spec.token_names)
        and spec.token_names == spec.class_names
        and target == spec.input
        and not any(node.layer.reads_target for node in experiment.nodes)
    )
