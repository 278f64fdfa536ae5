"""What comes of each change that a lesson proposes, in the words of claims.

`before` is the preset's own run, and `before_x` that of its variant x; other names are those of
the changed preset.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Outcome(NamedTuple):
    """What holds of the run that some of a lesson's changes, by their places, give."""

    changes: tuple[int, ...]
    tests: tuple[str, ...]


def outcome(*tests: str, of: tuple[int, ...] = (0,)) -> Outcome:
    return Outcome(of, tests)


OUTCOMES: Mapping[str, tuple[Outcome, ...]] = {
    "first-network": (outcome("1 - test_accuracy > 3 * (1 - before.test_accuracy)"),),
    "neuron": (outcome("no_bias.test_accuracy > 0.95"),),
    "spam": (outcome("baseline['rules'] < before.baseline['rules']", "test_accuracy > 0.9"),),
    "online": (outcome("test_accuracy - once.test_accuracy < 0.05"),),
    "backprop": (outcome("grad_norm['dense_1'].first < 0.5 * before.grad_norm['dense_1'].first"),),
    "more-data": (outcome("validation_loss.min > before_four_times.validation_loss.min"),),
    "overfitting": (outcome("validation_loss.min < before.validation_loss.min"),),
    "underfitting": (outcome("train_loss.last < 0.5 * before.train_loss.last"),),
    "generalisation": (
        outcome(
            "test_accuracy > before_shifted.test_accuracy",
            "test_accuracy < before_augmented.test_accuracy",
        ),
    ),
    "early-stopping": (outcome("epochs < before.epochs"),),
    "l2": (outcome("validation_loss.min > before_decayed.validation_loss.min"),),
    "dropout": (
        outcome(
            "validation_loss.min - dropped.validation_loss.min"
            " < before.validation_loss.min - before_dropped.validation_loss.min"
        ),
    ),
    "augmentation": (outcome("validation_loss.min > before_shifted.validation_loss.min"),),
    "hidden-layer": (outcome("test_accuracy < before.test_accuracy"),),
    "shallow-deep": (outcome("shallow.test_accuracy > 0.95"),),
    "activations": (outcome("sigmoid.test_accuracy > 0.7"),),
    "vanishing-gradient": (
        outcome("train_loss.min > 2.2"),
        outcome("test_accuracy > 0.85", of=(0, 1)),
    ),
    "vanishing-cured": (outcome("test_accuracy < 0.2"),),
    "batch-norm": (outcome("normalised.test_accuracy > 0.8"),),
    "exploding-gradient": (outcome("test_accuracy > 0.9"),),
    "cross-entropy": (outcome("validation_loss.min > 0.98 * 0.5004"),),
    "loss-functions": (
        outcome(
            "gradient_norm.first / squared.gradient_norm.first"
            " < before.gradient_norm.first / before_squared.gradient_norm.first"
        ),
    ),
    "learning-rate": (outcome("test_accuracy < before.test_accuracy"),),
    "batch-size": (outcome("train_loss.last < 0.5 * before_whole.train_loss.last"),),
    "explore-exploit": (outcome("train_loss.last < before.train_loss.last"),),
    "moving-average": (
        outcome(
            "validation_loss.mean < before.validation_loss.mean",
            "validation_loss.mean > before_averaged.validation_loss.mean",
        ),
    ),
    "ravine": (outcome("train_loss.last < 0.01"),),
    "local-minimum": (
        outcome("train_loss.min > 0.06"),
        outcome("train_loss.min < 0.06", of=(1,)),
    ),
    "optimizers": (outcome("train_loss.reaches[0.3] < before.train_loss.reaches[0.3]"),),
    "lr-decay": (outcome("validation_loss.last < 0.7 * before.validation_loss.mean"),),
    "iris": (outcome("test_accuracy > 0.9"),),
    "wine": (outcome("validation_loss.last > validation_loss.min"),),
    "diabetes": (outcome("test_r2 > 0.9 * before.test_r2"),),
    "clusters": (
        outcome("validation_loss.last > 1.1 * before.validation_loss.last"),
        outcome("validation_loss.last < 0.7 * before.validation_loss.last", of=(1,)),
    ),
    "anomaly": (
        outcome("detected < before.detected"),
        outcome("threshold > before.threshold", of=(1,)),
    ),
    "edge-detection": (outcome("1 - filter_correlation <= 0.01"),),
    "padding-stride": (outcome("output_side['conv2d_1'] > 6", "output_side['conv2d_1'] < 8"),),
    "pooling": (outcome("test_accuracy < before.test_accuracy"),),
    "lenet5": (outcome("1 - test_accuracy <= 0.015", "parameters < 0.5 * before.parameters"),),
    "parameter-sharing": (
        outcome(
            "shifted.test_accuracy - dense_shifted.test_accuracy"
            " < before_shifted.test_accuracy - before_dense_shifted.test_accuracy"
        ),
    ),
    "convnet": (outcome("plain.test_accuracy > 0.8", "test_accuracy > plain.test_accuracy"),),
    "memory": (outcome("test_accuracy < 0.5"),),
    "sentiment": (outcome("bag_of_words.test_accuracy > 0.9"),),
    "surnames": (outcome("before.test_accuracy - test_accuracy > 0.05"),),
    "music": (outcome("1 - in_key > 1 - before.in_key"),),
    "char-model": (outcome("test_loss > before.baseline['order_2_counts']"),),
    "name-tagger": (outcome("test_entity_f1 < before.test_entity_f1"),),
    "translate-dates": (
        outcome("test_exact_match < 0.5"),
        outcome("test_exact_match < before.test_exact_match", of=(1,)),
    ),
    "forecast": (outcome("1 - test_r2 < 1 - before.test_r2"),),
    "cartpole": (
        outcome("test_return < 195"),
        outcome("test_return < before.test_return", of=(1,)),
        outcome("test_return >= 195", of=(2,)),
    ),
    "acrobot": (
        outcome("test_return < before.test_return"),
        outcome("test_return < before.test_return", of=(1,)),
    ),
}
