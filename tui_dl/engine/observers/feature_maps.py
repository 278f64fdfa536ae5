"""What convolutions over images make of a few test samples."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers import shown
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.engine.observers.layers import some
from tui_dl.spec.experiment import Experiment

LAYERS, SAMPLES, CHANNELS, SIDE = 3, 2, 8, 16


class FeatureMaps(Observer):
    """``<layer>`` (samples, channels, rows, columns) of some convolutions, float16, made smaller.

    With a relu right after it, it is what the relu makes of it. The samples are those of `samples`,
    as `shown.inputs` has them. The label ``shapes`` has channels, rows and columns of each.
    """

    def wants(self, experiment: Experiment) -> bool:
        return learns_from_samples(experiment) and bool(_convolutions(experiment))

    def observe(self, context: Context) -> Seen | None:
        layers = some(_convolutions(context.experiment), LAYERS)
        nodes = context.experiment.nodes
        arrays = shown.inputs(context.test.inputs[:SAMPLES], context.experiment.data_spec.input)
        for index in layers:
            maps = shown.reduced(context.layer_output(index, SAMPLES)[:, :CHANNELS], SIDE)
            with np.errstate(over="ignore"):  # larger numbers become infinite
                arrays[nodes[index].name] = maps.astype(np.float16)
        names = [nodes[index].name for index in layers]
        return Seen(arrays, {"layers": names, "shapes": [str(nodes[it].output) for it in layers]})


def _convolutions(experiment: Experiment) -> list[int]:
    """The indices of all layers that make images with filters."""
    return [
        index
        for index, node in enumerate(experiment.nodes)
        if len(node.output.shape) == 3 and any(len(it) == 4 for it in node.parameters.values())
    ]
