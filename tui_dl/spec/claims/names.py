"""The figures that a run of an experiment has, by the names that claims use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui_dl.spec.by_hand import is_computed_by_hand
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.learned_filters import learns_fixed_filters
from tui_dl.spec.plane import (
    begins_with_lines,
    code_of_two_units,
    has_two_labels_to_judge,
)
from tui_dl.spec.recurrence import first_recurrent
from tui_dl.spec.train.metrics import METRICS

STEPWISE = ("learning_rate", "gradient_norm")  # of step records: the median over an epoch
BY_LAYER = {  # likewise, of each trained layer; the fields of a step's record
    "grad_norm": "layer_gradient_norm",
    "update_ratio": "layer_update_ratio",
    "weight_norm": "layer_weight_norm",
}
DEVIATION = "loss_deviation"  # of the steps' losses within an epoch
ACTIVATION = {  # of each activation layer, by array of the artifact
    "activation_mean": "mean",
    "activation_deviation": "deviation",
    "idle": "idle",
    "saturated": "saturated",
}
ERROR_FIGURES = ("error_auc", "detected", "false_alarms", "threshold")
OBSERVED = {  # numbers of artifacts, by the kind of artifact
    "gradient_error": "backprop",
    "in_key": "notes",
    "gradient_reach": "gradient_by_time",
    "line_error": "decision_boundary",
    "neighbours": "code_space",
    "policy_entropy": "returns",
    **dict.fromkeys(ERROR_FIGURES, "error_histogram"),
    "filter_correlation": "filters",
}
SHAPE = ("output_side", "output_size")  # of each layer's output, known without training
BASELINES = ("linear", "constant")
NEXT_TOKEN_BASELINES = ("order_2_counts", "constant")
DIAGNOSES = (
    "dead_relu", "exploding_gradient", "learning_rate_too_high", "learning_rate_too_low",
    "overfitting", "plateau", "saturation", "underfitting", "vanishing_gradient",
)  # fmt: skip


class Names(NamedTuple):
    """What a claim can name.

    Attributes:
        series: one number an epoch.
        figures: one number a run.
        keys: of the names that take a key in brackets, those that there are.
    """

    series: frozenset[str]
    figures: frozenset[str]
    keys: dict[str, Sequence[str]]

    @property
    def all(self) -> list[str]:
        """Every name, in alphabetical order."""
        return sorted(self.series | self.figures)


def names(experiment: Experiment) -> Names:
    """The names of the figures that a run of `experiment` has."""
    numbers = [it for it in experiment.metrics if METRICS[it].is_number]
    measured = [it for it in numbers if not METRICS[it].is_observed]
    layers = [node.name for node in experiment.nodes if node.parameters]
    reads_target = any(node.layer.reads_target for node in experiment.nodes)
    active = [node.name for node in experiment.nodes if _is_probed(node.layer)]
    series = {"train_loss", "validation_loss", *STEPWISE, *BY_LAYER, DEVIATION}
    series |= {f"validation_{it}" for it in measured}
    series |= {f"train_{experiment.metric}"} if experiment.metric != "r2" else set()
    final = ("final_train", "final_validation", "test")
    figures = {f"{split}_{it}" for split in final for it in ("loss", *numbers)}
    figures |= {"epochs", "best_epoch", "steps", "parameters", "flops", "diagnosed", *SHAPE}
    keys: dict[str, Sequence[str]] = dict.fromkeys(BY_LAYER, layers)
    every = [node.name for node in experiment.nodes]
    keys |= dict.fromkeys(SHAPE, every)
    keys["diagnosed"] = DIAGNOSES
    if experiment.data.gives_rewards:
        series.add("policy_entropy")
    else:
        figures.add("baseline")
        if experiment.task == "complete":
            keys["baseline"] = NEXT_TOKEN_BASELINES
        else:
            data = experiment.data
            further = {"rules": data.has_rules, "seasonal_naive": data.season > 0}
            keys["baseline"] = (*BASELINES, *(name for name, there in further.items() if there))
    if active and not experiment.data.gives_rewards:
        series |= set(ACTIVATION)
        keys |= dict.fromkeys(ACTIVATION, active)
    if begins_with_lines(experiment):
        series.add("line_error")
    if first_recurrent(experiment) is not None and not experiment.data.gives_rewards:
        series.add("gradient_reach")
    if experiment.data.composes and reads_target:
        series.add("in_key")
    if is_computed_by_hand(experiment):
        series.add("gradient_error")
    if code_of_two_units(experiment) is not None:
        series.add("neighbours")
    if has_two_labels_to_judge(experiment):
        series |= set(ERROR_FIGURES)
    if learns_fixed_filters(experiment):
        series.add("filter_correlation")
    return Names(frozenset(series), frozenset(figures), keys)


def _is_probed(layer: object) -> bool:
    return bool(getattr(layer, "can_die", False) or getattr(layer, "saturates", False))
