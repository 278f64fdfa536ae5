"""Losses over logits of classes, or of what is true or not."""

from __future__ import annotations

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import Arrays, Shape, TensorSpec
from tui_dl.spec.train.losses.base import Loss, arrays_of_labels
from tui_dl.spec.train.table import Decay, Rate


class CrossEntropy(Loss, frozen=True, tag="cross_entropy"):
    """-log softmax(z)[label] over logits z, in nats."""

    own_activation = "softmax"
    needs_classes = True

    label_smoothing: Decay = 0.0
    class_weights: tuple[Rate, ...] = ()  # one a class; none: all the same

    def output(self, target: TensorSpec) -> Shape:
        if not target.vocab_size:
            raise ConfigError(
                "train.loss",
                "cross_entropy needs classes, and the target is real numbers: "
                "use mean_squared_error",
            )
        if self.class_weights and len(self.class_weights) != target.vocab_size:
            raise ConfigError(
                "train.loss.class_weights",
                f"{len(self.class_weights)} weights for "
                f"{target.vocab_size} classes: give one for each",
            )
        return super().output(target)

    def arrays(self, output: TensorSpec, target: TensorSpec, own: bool) -> Arrays:
        return arrays_of_labels(output)


class BinaryCrossEntropy(Loss, frozen=True, tag="binary_cross_entropy"):
    """-log of the probability, sigmoid(z) or 1 - sigmoid(z), of what each output's target is."""

    own_activation = "sigmoid"
    targets_are_probabilities = True

    def output(self, target: TensorSpec) -> Shape:
        return (*target.shape, 1) if target.vocab_size == 2 else super().output(target)
