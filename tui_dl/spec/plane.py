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
    """The index of a classifier's last hidden layer of two numbers; None without one."""
    return _hidden_of_two(experiment) if classifies(experiment) else None


def has_labels_to_judge(experiment: Experiment) -> bool:
    """Whether inputs are reconstructed, and each sample has a class that training does not use."""
    labels = experiment.data_spec.target
    return experiment.train.target == "input" and labels.vocab_size >= 2 and not labels.shape


def has_two_labels_to_judge(experiment: Experiment) -> bool:
    """Whether there are two such classes: the second is to be found by its reconstruction."""
    return has_labels_to_judge(experiment) and experiment.data_spec.target.vocab_size == 2


def code_of_two_units(experiment: Experiment) -> int | None:
    """The index of an autoencoder's last hidden layer of two numbers; None without one.

    There is none either where samples have no classes, by which codes are judged.
    """
    return _hidden_of_two(experiment) if has_labels_to_judge(experiment) else None


def _hidden_of_two(experiment: Experiment) -> int | None:
    """The index of the last layer between trained ones that makes two numbers of a sample."""
    trained = [index for index, node in enumerate(experiment.nodes) if node.parameters]
    if not trained:
        return None
    hidden = experiment.nodes[trained[0] : trained[-1]]
    found = [trained[0] + at for at, node in enumerate(hidden) if node.output.shape == (2,)]
    return found[-1] if found else None
