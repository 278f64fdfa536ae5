"""Saliency: the gradient of the answer by the pixels, checked where it is known."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl.drawing.arrays import array
from tui_dl.engine.observers.saliency import MOST_FLOPS, SAMPLES, patches, places
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.protocol.artifact import Artifact
from tui_dl.spec.toml.reading import parse

LINEAR = """
title = "linear"
data = { source = "digits" }
network = [{ kind = "flatten" }, { kind = "dense", units = 10 }]
train = { epochs = 2, optimizer = "sgd" }
"""


def test_of_a_linear_model_it_is_what_its_weights_say() -> None:
    """d/dx log(p / (1 - p)) = W_k - sum over j of q_j W_j; q is the softmax without the answer."""
    outputs = list(train(parse(LINEAR, "it"), 1))
    seen = [it for it in outputs if isinstance(it, Artifact) and it.kind == "saliency"][-1]
    tensors = [it for it in outputs if isinstance(it, Checkpoint)][-1].tensors
    weight, bias = (
        next(it for name, it in tensors.items() if name.endswith(f"dense_1.{part}")).astype(float)
        for part in ("weight", "bias")
    )
    inputs = array(seen, "input.pictures").reshape(SAMPLES, 64) / 255
    for x, answer, found in zip(
        inputs, array(seen, "answer")[:, 0], array(seen, "saliency"), strict=True
    ):
        z = weight @ x + bias
        assert z.argmax() == answer
        others = np.exp(z - z.max()) * (np.arange(10) != answer)
        known = weight[answer] - (others / others.sum()) @ weight
        np.testing.assert_allclose(found.reshape(-1), known, atol=0.02)
        assert np.corrcoef(found.reshape(-1), known)[0, 1] > 0.999


@pytest.mark.parametrize(
    ("shape", "most", "expected"),
    [((1, 8, 8), 16, (8, 8)), ((1, 32, 32), 16, (16, 16)), ((3, 5, 40), 16, (2, 14))],
)
def test_patches_cover_every_pixel_once(
    shape: tuple[int, ...], most: int, expected: tuple[int, int]
) -> None:
    masks, sides = patches(shape, most)
    assert sides == expected
    assert masks.shape == (sides[0] * sides[1], np.prod(shape))
    assert (masks.sum(axis=0) == 1).all()


def test_a_large_network_gets_fewer_patches() -> None:
    assert places(1_000) == 16
    assert 2 <= places(10**9) < places(10**7) < 16
    assert SAMPLES * places(10**7) ** 2 * 10**7 <= MOST_FLOPS
