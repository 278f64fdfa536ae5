"""Edges: the targets are what the fixed filters of conv2d make of the same digits."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.edges import FILTERS
from tui_dl.kernels.layers.conv2d import FIXED
from tui_dl.kernels.reference import plain_form
from tui_dl.spec.data.digits import Digits
from tui_dl.spec.data.edges import Edges
from tui_dl.spec.layers.products import Conv2d
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError

TEXT = """
title = "edges"
data = {{ source = "edges", filters = {filters} }}
network = [{{ kind = "conv2d", filters = 2, kernel = 3 }}]
train = {{ loss = "mean_squared_error" }}
"""


def test_the_filters_are_those_of_conv2d() -> None:
    assert {name: it.tolist() for name, it in FILTERS.items()} == FIXED


def test_a_map_is_what_the_fixed_convolution_makes() -> None:
    source = Edges(resize=(8, 10), filters=["sobel_y", "laplace"])
    some = data.load(source, 3).test.take(np.arange(3))
    for image, maps in zip(some.inputs.reshape(-1, 1, 8, 10), some.targets, strict=True):
        for name, own in zip(source.filters, maps, strict=True):
            layer = Conv2d(filters=1, kernel=3, fixed=name)
            plain = plain_form("layers", "conv2d")(layer, image.astype(float), {})
            np.testing.assert_allclose(own, plain[0], atol=1e-5)


def test_the_digits_are_the_bundled_ones() -> None:
    edges, digits = data.load(Edges(), 0), data.load(Digits(resize=(16, 16)), 0)
    known = {it.tobytes() for it in digits.train.inputs}
    known |= {it.tobytes() for part in (digits.validation, digits.test) for it in part.inputs}
    assert {it.tobytes() for it in edges.train.inputs} <= known


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        ('["sobel_x", "sobel_x"]', "data.filters[1]: sobel_x is there already: remove one"),
        ('["sobel_z"]', "unknown filters 'sobel_z'; did you mean 'sobel_"),
        ("[]", "data.filters"),
        ('["sobel_x"]', "the network ends in 2 × 14 × 14, but mean_squared_error"),
    ],
)
def test_other_filters_are_refused(filters: str, says: str) -> None:
    with pytest.raises(UserError) as error:
        parse(TEXT.format(filters=filters), "it.toml")
    assert says in str(error.value)
