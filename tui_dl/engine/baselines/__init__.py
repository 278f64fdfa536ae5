"""Baselines: how well simple models predict what a network was trained to predict.

The constant answer (the largest class, or the mean) and a linear model learn from the same training
samples and are measured on the same split by the same metrics as the network. So are hand-written
rules, where the data comes with some, and the forecast that repeats the last season of a time
series. A network that is no better than its linear model has learned nothing that a linear model
does not know.

lbfgs.py      minimises a convex function
linear.py     softmax regression and least squares
features.py   the numbers that a linear model reads
context.py    counts of what follows in a sequence
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from tui_dl.data import Dataset, Samples, by_rules
from tui_dl.engine.baselines.context import NextTokenCounts
from tui_dl.engine.baselines.features import MOST_TOKENS, features_of
from tui_dl.engine.baselines.lbfgs import Doubles
from tui_dl.engine.baselines.linear import fit
from tui_dl.engine.metrics import measure
from tui_dl.protocol.events import Baseline, BaselinesEvaluated, Evaluated
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.losses.classification import CrossEntropy
from tui_dl.support.rng import stream

MOST_NUMBERS = 2_500_000  # that the features of all samples are: 20 MB
MOST_PRODUCTS = 12_500_000  # of a pass over them: 40 passes forward and back take about a second
MOST_AT_ONCE = 500_000  # numbers of the samples whose scores are computed at once

Scores = Callable[[Samples], Doubles]  # outputs as of a network, (samples, classes or 1)


def evaluate_baselines(
    experiment: Experiment, dataset: Dataset, network: Evaluated
) -> Iterator[BaselinesEvaluated]:
    """Yield the baselines on the split on which the network was `network`; none of some networks.

    They are of networks that predict one class, one number or a series from a sample, or the next
    token of a sequence. What they cost does not depend on the number of samples: of many, a seeded
    part is learned from.
    """
    samples = dataset.test if network.split == "test" else dataset.validation
    if counts_suit(experiment):
        yield next_token_baselines(experiment, dataset.train, samples, network)
    if not have_baselines(experiment):
        return
    part, spec = learned_from(experiment, dataset.train), experiment.data_spec
    metric = experiment.metric
    names = tuple(dict.fromkeys((metric, *experiment.metrics)))

    def baseline(scores: Scores, learned: int) -> Baseline:
        outputs = np.concatenate([scores(it) for it in _parts(samples)])
        metrics = measure(names, outputs, samples.targets, spec.class_names, spec.target_unit)
        return Baseline(metrics=metrics, samples=learned)

    classes = experiment.target.vocab_size
    yield BaselinesEvaluated(
        split=network.split,
        metric=metric,
        network=network.accuracy if classes else _number(network, metric),
        constant=baseline(constant_scores(dataset.train, classes), len(dataset.train)),
        linear=baseline(linear_scores(part, classes, spec.input.vocab_size), len(part)),
        rules=baseline(rule_scores(experiment), 0) if experiment.data.has_rules else None,
        others=(
            {"seasonal_naive": baseline(seasonal_scores(experiment), 0)}
            if experiment.data.season
            else {}
        ),
    )


def counts_suit(experiment: Experiment) -> bool:
    """Whether the network predicts the next token, and its loss is the cross-entropy of it."""
    return experiment.task == "complete" and experiment.train.loss == CrossEntropy()


def next_token_baselines(
    experiment: Experiment, train: Samples, samples: Samples, network: Evaluated
) -> BaselinesEvaluated:
    """The cross-entropy of counts after the two tokens before, and after none."""

    def baseline(order: int) -> Baseline:
        counts = NextTokenCounts(train, experiment.target.vocab_size, order)
        return Baseline(metrics={"loss": counts.loss(samples)}, samples=len(train))

    return BaselinesEvaluated(
        split=network.split,
        metric="loss",
        network=network.loss,
        constant=baseline(0),
        others={"order_2_counts": baseline(2)},
    )


def have_baselines(experiment: Experiment) -> bool:
    """Whether the network predicts one class, one number, or a series, that its data says."""
    target, is_series = experiment.target, experiment.data.season > 0
    one = target.shape == () if target.vocab_size else target.size == 1 or is_series
    return one and not experiment.data.gives_rewards and experiment.train.target == "data"


def learned_from(experiment: Experiment, train: Samples) -> Samples:
    """The training samples, or so many of them, chosen at random, as a linear model can take."""
    input, target = experiment.data_spec.input, experiment.target
    outputs = target.vocab_size or target.size
    width = min(input.vocab_size, MOST_TOKENS) or input.size
    most = max(min(MOST_NUMBERS // width, MOST_PRODUCTS // (width * outputs)), 1)
    if len(train) <= most:
        return train
    order = stream(experiment.train.seed, "baselines").permutation(len(train))
    return train.take(np.sort(order[:most]))


def constant_scores(train: Samples, classes: int) -> Scores:
    """Answers every sample alike: by the logarithms of the classes' shares, or the mean."""
    if classes:
        labels = train.targets.reshape(-1)
        found = np.bincount(labels[labels >= 0], minlength=classes)
        answer = np.log(np.maximum(found, 0.5) / len(train))  # a class may have no sample
    else:
        answer = train.targets.reshape(len(train), -1).mean(axis=0, dtype=np.float64)
    return lambda samples: np.tile(answer, (len(samples), 1))


def linear_scores(train: Samples, classes: int, vocab_size: int) -> Scores:
    """A linear model of the samples' features."""
    features = features_of(train, vocab_size)
    model = fit(features(train), train.targets, classes)
    return lambda samples: model(features(samples))


def seasonal_scores(experiment: Experiment) -> Scores:
    """Repeats the last season of a time series' past: the seasonal-naive forecast."""
    season, horizon = experiment.data.season, experiment.target.size
    place = np.arange(horizon) % season - season
    return lambda samples: samples.inputs[:, place].astype(np.float64)


def rule_scores(experiment: Experiment) -> Scores:
    """Gives the class that the hand-written rules name 1, and the others 0."""
    one_hot = np.eye(experiment.target.vocab_size)
    return lambda samples: one_hot[by_rules(experiment.data, samples)]


def _number(network: Evaluated, metric: str) -> float | None:
    value = network.metrics.get(metric)
    return value if isinstance(value, float) else None


def _parts(samples: Samples) -> Iterator[Samples]:
    """Consecutive samples, as many as are computed at once."""
    count, rows = len(samples), max(MOST_AT_ONCE // samples.inputs.shape[1], 1)
    for start in range(0, count, rows):
        yield samples.take(np.arange(start, min(start + rows, count)))
