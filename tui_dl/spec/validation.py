"""Checks of an experiment that concern more than one key: data, network and training config.

Every check raises ConfigError with the key that is best changed. They need no data: a source knows
how many samples it has.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import TYPE_CHECKING

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data import SOURCES
from tui_dl.spec.layers.base import TensorSpec, kind
from tui_dl.spec.train.metrics import check_metrics, check_single
from tui_dl.spec.train.pairs import check_train
from tui_dl.support.terminal_text import is_printable

if TYPE_CHECKING:
    from tui_dl.spec.experiment import Experiment
    from tui_dl.spec.shape_inference import LayerNode

LONGEST = 200  # characters of a title


def check(experiment: Experiment) -> None:
    """Raise ConfigError unless the experiment can be trained, as far as can be known before."""
    for one in CHECKS:
        one(experiment)


def _check_titles(experiment: Experiment) -> None:
    """What is printed as one line is one."""
    if not experiment.title.strip():
        raise ConfigError("title", "is empty: say in a few words what the experiment shows")
    for key in ("title", "chapter"):
        text = getattr(experiment, key)
        if not is_printable(text) or len(text) > LONGEST:
            raise ConfigError(key, f"is more than one line of {LONGEST} characters: shorten it")


def _check_lesson(experiment: Experiment) -> None:
    if experiment.lesson:
        experiment.lesson.check()


def _check_data(experiment: Experiment) -> None:
    experiment.data.check(experiment.data_spec)


def _check_learning(experiment: Experiment) -> None:
    """Rewards go with the loss for them, and samples with the others."""
    train, source = experiment.train, kind(experiment.data)
    rewards = experiment.data.gives_rewards
    if rewards and not train.loss.needs_rewards:
        raise ConfigError(
            "train.loss",
            f"{kind(train.loss)} compares with a target, and {source} has only "
            "rewards: use policy_gradient",
        )
    if not rewards and train.loss.needs_rewards:
        environments = sorted(name for name, it in SOURCES.items() if it.gives_rewards)
        raise ConfigError(
            "train.loss",
            f"{kind(train.loss)} needs an environment that rewards, and {source} has "
            f"samples: use cross_entropy, or data.source = {' or '.join(environments)}",
        )
    if rewards and train.target != "data":
        raise ConfigError(
            "train.target", "'input' needs samples, and an environment has none: use \"data\""
        )


def _check_end(experiment: Experiment) -> None:
    """The network ends in what the loss compares with the target."""
    last, target, loss = experiment.nodes[-1], experiment.target, kind(experiment.train.loss)
    expected = TensorSpec(experiment.train.loss.output(target))
    flat = TensorSpec((expected.size,))
    if last.output == expected or (not target.vocab_size and last.output == flat):
        return
    of = f"the {target.vocab_size} classes" if target.vocab_size else "the real numbers"
    of += " of its data" if experiment.train.target == "data" else " of its input"
    flatten = "a flatten row and " if len(last.output.shape) > 1 else ""
    units = f": end with {flatten}a dense row of units = {expected.size}"
    if len(expected.shape) > 1 and target.vocab_size:  # a class a place
        places = last.output.shape[:-1] == expected.shape[:-1]
        units = f": end with a dense row of units = {target.vocab_size}" if places else ""
    raise ConfigError(
        last.key,
        f"the network ends in {last.output}, but {loss} over {of} needs {expected}{units}",
    )


def _check_logits(experiment: Experiment) -> None:
    """What a loss does itself was not done before it."""
    loss = experiment.train.loss
    changing = (node for node in reversed(experiment.nodes) if not node.layer.is_identity)
    last = next(changing, None)
    if loss.own_activation and last and last.layer.gives_probabilities:
        raise ConfigError(
            last.key,
            f"{kind(loss)} takes logits, which may be any "
            f"numbers, and has its own {loss.own_activation}: remove this row",
            kind=kind(last.layer),
        )


def _check_batches(experiment: Experiment) -> None:
    """Mini-batches can grow where they are to, and are large enough to have a deviation."""
    size, grow = experiment.data.batch_size, experiment.train.batch_schedule
    if grow and size == "all":
        raise ConfigError(
            "train.batch_schedule", "data.batch_size is all from the start: remove one"
        )
    if grow and size != "all" and size >= grow.max:
        raise ConfigError(
            "train.batch_schedule.max",
            f"mini-batches grow up to {grow.max}, but data.batch_size "
            f"is {size} already: make it larger",
        )
    for row in _of_single_numbers(experiment):
        where, of = row.key, kind(row.layer)
        says = "one number has no deviation, and"
        if size == 1:
            says += " data.batch_size is 1: make it larger, or use layer_norm"
            raise ConfigError(where, says, of)
        if (train := experiment.data_spec.splits[0]) == 1:
            says += f" validation and test leave {train} training sample: make them smaller, or "
            raise ConfigError(where, says + "use layer_norm", of)


def _of_single_numbers(experiment: Experiment) -> list[LayerNode]:
    """Layers with statistics of the mini-batch that get one number a channel of each sample."""
    return [
        node
        for node in experiment.nodes
        if node.layer.uses_batch_statistics and prod(node.input.shape[1:]) == 1
    ]


def notes(experiment: Experiment) -> list[str]:
    """What is good to know of an experiment that is fine, a line each."""
    train = experiment.data_spec.splits[0]
    if experiment.data.batch(train) == train:
        return []
    return [
        f"{row.name}: a last mini-batch of one sample has no deviation: it is normalised by the "
        "running averages and does not change them"
        for row in _of_single_numbers(experiment)
    ]


def _check_layers(experiment: Experiment) -> None:
    """No layer's own keys contradict each other."""
    for node in experiment.nodes:
        try:
            node.layer.check()
        except ConfigError as error:
            raise error.at(node.key, kind(node.layer)) from None


def _check_decoder(experiment: Experiment) -> None:
    """No layer after a decoder mixes time steps: later ones are what it has to predict."""
    reads = False
    for node in experiment.nodes:
        reads = reads or node.layer.reads_target
        if reads and node.layer.mixes_time:
            raise ConfigError(
                node.key,
                "after a decoder it would see the tokens that "
                "are to be predicted: remove it, or put it before",
                kind=kind(node.layer),
            )


def _check_next_token(experiment: Experiment) -> None:
    """No layer mixes time steps where each has to predict the next one."""
    if experiment.task != "complete":
        return
    for node in experiment.nodes:
        if node.layer.mixes_time:
            raise ConfigError(
                node.key,
                "every place has to predict the next token, which this layer would see: remove it, "
                "or bidirectional",
                kind=kind(node.layer),
            )


def _check_metrics(experiment: Experiment) -> None:
    """Metrics suit the target, and early stopping follows one of them."""
    train, names = experiment.train, experiment.data_spec.class_names
    check_metrics(experiment.metrics, experiment.target, train.loss, names)
    if rule := train.early_stopping:
        check_single(rule.metric, rule.min_delta, experiment.metrics)


def _check_parameters(experiment: Experiment) -> None:
    """There is something to train; whether it fits into memory is for `memory` to say."""
    if not experiment.parameter_count:
        raise ConfigError("network", "nothing to train: add a dense row")


def _check_train(experiment: Experiment) -> None:
    check_train(experiment.train)


CHECKS: list[Callable[[Experiment], None]] = [
    _check_titles,
    _check_lesson,
    _check_data,
    _check_train,
    _check_learning,
    _check_end,
    _check_logits,
    _check_batches,
    _check_layers,
    _check_decoder,
    _check_next_token,
    _check_metrics,
    _check_parameters,
]
