"""Which networks can be seen in a plane: of two inputs, or with a layer of two units."""

from __future__ import annotations

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.products import Dense


def classifies(experiment: Experiment) -> bool:
    """Whether each sample has one class."""
    target = experiment.target
    return target.vocab_size >= 2 and not target.shape and not experiment.data.gives_rewards


def has_two_inputs(experiment: Experiment) -> bool:
    """Whether samples that are classified are points of a plane."""
    given = experiment.data_spec.input
    return classifies(experiment) and given.shape == (2,) and not given.vocab_size


def begins_with_lines(experiment: Experiment) -> bool:
    """Whether two classes of points are told apart, and the first units are lines among them."""
    first = experiment.nodes[0].layer
    is_two = has_two_inputs(experiment) and experiment.target.vocab_size == 2
    return is_two and isinstance(first, Dense)


def layer_of_two_units(experiment: Experiment) -> int | None:
    """The index of the last hidden layer that makes two numbers of a sample; None without one."""
    if not classifies(experiment):
        return None
    trained = [index for index, node in enumerate(experiment.nodes) if node.parameters]
    if not trained:
        return None
    hidden = experiment.nodes[trained[0] : trained[-1]]
    found = [trained[0] + at for at, node in enumerate(hidden) if node.output.shape == (2,)]
    return found[-1] if found else None
