"""Which pixels of a few test images speak for the class that the network gives the image."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import answers
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.engine.observers.log_odds import log_odds
from tui_dl.engine.observers.moments import Moment
from tui_dl.spec.experiment import Experiment

SAMPLES = 3
PLACES = 16  # rows and columns of patches, at most
STEP = 0.1  # of the range of all inputs
MOST_FLOPS = 1_000_000_000  # of a moment, some 0.05 s: of larger networks there are fewer patches
AT_ONCE = 1_000_000  # numbers of the changed images that are made together

Array = npt.NDArray[Any]


class Saliency(Observer):
    """``saliency`` (samples, rows, columns): gradient of the answer's log-odds by each patch.

    A patch is one pixel, or as many in a square as leave at most `PLACES` rows and columns. All its
    pixels and channels are made brighter by the same step, and the difference of the log-odds
    divided by that: a forward difference (Simonyan et al. 2014 take the derivative). The samples
    are the first ones of `samples`, and ``target``, ``answer`` and ``confidence`` as it has them.
    """

    def wants(self, experiment: Experiment) -> bool:
        one_class = experiment.target.vocab_size and experiment.target.shape == ()
        images = shown.is_image(experiment.data_spec.input)
        return bool(one_class) and images and learns_from_samples(experiment)

    def due(self, moment: Moment) -> bool:
        """Epochs 1, 2, 4, 8 ...: a pass for each patch costs as much as some mini-batches."""
        return moment.is_last or moment.epoch.bit_count() == 1

    def observe(self, context: Context) -> Seen | None:
        experiment, spec = context.experiment, context.experiment.data_spec.input
        low, high = float(context.test.inputs.min()), float(context.test.inputs.max())
        step = STEP * (high - low)
        if not step > 0:
            return None
        some = context.test.take(np.arange(min(SAMPLES, len(context.test))))
        outputs = context.outputs[: len(some)]
        found = answers(experiment, outputs, some.targets)
        said = found.answer[:, 0]
        before = log_odds(experiment, outputs, some.targets, said)
        masks, (rows, columns) = patches(spec.shape, places(experiment.flops))
        after = [_brighter(context, some, masks[part] * np.float32(step), said)
                 for part in _parts(len(masks), len(some) * spec.size)]  # fmt: skip
        slopes = (np.concatenate(after) - before) / step
        saliency = slopes.T.reshape(len(some), rows, columns).astype(np.float32)
        context.evaluator.outputs(context.test)  # the layers hold this pass for other observers
        pictures = shown.inputs(some.inputs, spec)
        given = shown.given(context, found, len(some))
        return Seen(pictures | given | {"saliency": saliency}, shown.labels(experiment))


def places(flops: int) -> int:
    """How many rows and columns of patches a network of so many operations a sample can take."""
    most = int((MOST_FLOPS / (SAMPLES * max(flops, 1))) ** 0.5)
    return max(min(most, PLACES), 2)


def patches(shape: tuple[int, ...], most: int) -> tuple[Array, tuple[int, int]]:
    """Masks (patches, numbers of an image), 1 inside a patch; and the rows and columns of them."""
    channels, height, width = shape
    side = -(-max(height, width) // most)
    rows, columns = -(-height // side), -(-width // side)
    masks = np.zeros((rows, columns, channels, height, width), np.float32)
    for row in range(rows):
        for column in range(columns):
            down, right = row * side, column * side
            masks[row, column, :, down : down + side, right : right + side] = 1
    return masks.reshape(rows * columns, -1), (rows, columns)


def _brighter(context: Context, some: Samples, changes: Array, said: Array) -> Array:
    """(changes, samples) log-odds of the classes `said` with each of `changes` added."""
    count = len(changes)
    inputs = (some.inputs.reshape(len(some), -1) + changes[:, None]).reshape(count * len(some), -1)
    targets = np.tile(some.targets, count)
    outputs = context.evaluator.outputs(Samples(inputs, targets))[1]
    found = log_odds(context.experiment, outputs, targets, np.tile(said, count))
    return found.reshape(count, len(some))


def _parts(count: int, size: int) -> list[slice]:
    """All of `count` changes in parts, each of which makes few enough numbers."""
    most = max(AT_ONCE // size, 1)
    return [slice(first, first + most) for first in range(0, count, most)]
