"""Proposes a convolutional network and a training config for images in files."""

from __future__ import annotations

from typing import Any

import tomli_w

from tui_dl import data
from tui_dl.process.propose import of_data
from tui_dl.spec.data.images import Images
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.validation import LONGEST
from tui_dl.support.terminal_text import printable

FILTERS = 16, 32, 64  # of the convolutions, as far as there is room for so many
LEAST_SIDE = 8  # of maps that are halved once more
UNITS = 64
BATCHES = ((1_000, 16), (20_000, 64))  # images below which a mini-batch has so many
MOST_BATCH = 128
STEPS = 8_000  # of a training at most, early stopping aside
EPOCHS = 5, 60  # at least and at most
PATIENCE = 6


def propose_for_images(name: str, overrides: list[str]) -> Experiment:
    """An experiment for images in a folder or a file, or of a data set's name.

    Raises:
        UserError: they cannot be read, or an override is wrong.
    """

    def complete(started: Experiment) -> Experiment:
        """The experiment with a network for its data."""
        spec, source = data.inspect(started.data, started.train.seed)
        assert isinstance(source, Images)
        text = tomli_w.dumps(_proposed(name, spec, source))
        return parse(text, name, overrides, describe=lambda it: it.described(spec))

    start = {"title": "images", "data": _data(name), "network": [{"kind": "flatten"}]}
    return parse(tomli_w.dumps(start), name, of_data(overrides), describe=complete)


def _data(name: str) -> dict[str, Any]:
    """The keys that say where the images are."""
    if name in Images.short_names:
        return {"source": name}
    return {"source": "images", "path": name}


def _proposed(name: str, spec: DataSpec, source: Images) -> dict[str, Any]:
    """Convolutions that halve the image as long as it is large, and two dense layers."""
    images, side = spec.splits[0], min(spec.input.shape[1:])
    batch = next((size for limit, size in BATCHES if images < limit), MOST_BATCH)
    network: list[dict[str, Any]] = []
    for filters in FILTERS:
        if side < LEAST_SIDE and network:
            break
        convolution = {"kind": "conv2d", "filters": filters, "kernel": 3, "padding": "same"}
        network += [convolution, {"kind": "relu"}]
        if side >= LEAST_SIDE:
            network.append({"kind": "max_pool2d"})
            side //= 2
    network += [{"kind": "flatten"}, {"kind": "dense", "units": UNITS}, {"kind": "relu"}]
    network += [{"kind": "dropout", "rate": 0.3}, {"kind": "dense", "units": spec.classes}]
    epochs = STEPS // -(-images // batch)
    return {
        "title": printable(f"{source.title}: {spec.classes} classes of images")[:LONGEST],
        "data": _data(name) | {"batch_size": batch},
        "network": network,
        "train": {
            "optimizer": {"kind": "adam", "learning_rate": 0.001},
            "l2": 1e-4,
            "epochs": min(max(epochs, EPOCHS[0]), EPOCHS[1]),
            "early_stopping": {"patience": PATIENCE},
        },
    }
