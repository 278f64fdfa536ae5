"""Samples whose targets are images, and learned filters beside fixed ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.cases.observer import artifact, wave
from tests.drawing.test_pictures import HOSTILE, LOOKS, assert_boxed
from tui_dl.drawing import picture
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.engine.observers.observe import tensor
from tui_dl.protocol.artifact import Artifact

MAPS = artifact(
    "samples",
    {
        "input.pictures": (np.arange(3 * 6 * 6).reshape(3, 1, 6, 6) * 2).astype(np.uint8),
        "input.range": np.array([0, 1], np.float32),
        "target.maps": wave(3, 2, 4, 4).astype(np.float16),
        "output.maps": np.zeros((3, 2, 4, 4), np.float16),
    },
    maps=["sobel_x", "sobel_y"],
)
FILTERS = artifact(
    "filters",
    {
        "filters": wave(2, 1, 3, 3),
        "fixed": 2 * wave(2, 1, 3, 3),
        "correlations": np.array([1, -0.5], np.float32),
        "filter_correlation": np.array([-0.5], np.float32),
    },
    layers=["conv2d_1"],
    fixed=["sobel_x", "sobel_y"],
)


def plain(rows: list[StyledLine]) -> str:
    return "\n".join("".join(text for text, _ in row).rstrip() for row in rows)


def test_each_map_stands_before_what_the_network_makes() -> None:
    lines = plain(picture.draw(MAPS, 76, 30, Look())).splitlines()
    assert lines[0].startswith("a map is white where its filter fits")
    captions = [line.split() for line in lines if "sobel" in line]
    own = ["sample", "sobel_x", "learned", "1", "sobel_y", "learned", "2"]
    assert captions == [own] * 3


def test_an_untrained_map_is_grey_and_the_target_is_not() -> None:
    painted = [style for row in picture.draw(MAPS, 76, 9, Look()) for _, style in row]
    assert "#808080 on #808080" in painted
    assert "#ffffff" in " ".join(painted)


def test_fixed_filters_stand_beside_the_learned_ones() -> None:
    shown = plain(picture.draw(FILTERS, 70, 20, Look()))
    assert [it for it in shown.split() if it in ("sobel_x", "sobel_y")] == ["sobel_x", "sobel_y"]
    assert "r = 1.000" in shown
    assert "r = -0.500" in shown


@given(st.sampled_from([MAPS, FILTERS]), st.integers(1, 140), st.integers(1, 50),
       st.sampled_from(LOOKS))  # fmt: skip
def test_nothing_leaves_its_box(it: Artifact, width: int, height: int, look: Look) -> None:
    assert_boxed(picture.draw(it, width, height, look), width, height)
    names = {key: [HOSTILE] * len(texts) for key, texts in it.labels.items()}
    assert_boxed(picture.draw(replace(it, labels=names), width, height, look), width, height)


@pytest.mark.parametrize(
    ("it", "name", "says"),
    [
        (MAPS, "target.maps", "its maps are not those of its samples"),
        (MAPS, "input.pictures", "its maps are not those of its samples"),
        (FILTERS, "fixed", "its fixed filters are not those of its filters"),
        (FILTERS, "correlations", "its fixed filters are not those of its filters"),
    ],
)
def test_what_does_not_belong_together_is_said(it: Artifact, name: str, says: str) -> None:
    whole = it.arrays[name]
    part = np.zeros((1, *whole.shape[1:]), np.uint8 if whole.dtype == "U8" else np.float32)
    arrays = it.arrays | {name: tensor(part)}
    assert says in plain(picture.draw(replace(it, arrays=arrays), 90, 20, Look()))
