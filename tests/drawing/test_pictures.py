"""Pictures: they never leave their box, whatever the numbers; and what they look like.

After a wanted change write the text files anew and review the difference:

    TUI_DL_GOLDEN=write pytest tests/drawing/test_pictures.py
"""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.style import Style

from tests.cases import named
from tests.cases.observer import artifact
from tests.wild import floats
from tui_dl.drawing import picture
from tui_dl.drawing.arrays import array
from tui_dl.drawing.colours import Depth, Look, signed
from tui_dl.drawing.rich_text import rich_style, svg
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.engine.observers.observe import tensor
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import is_printable

GOLDEN = Path(__file__).parent / "golden"
DRAWN: dict[str, Artifact] = named("observers", "DRAWN")
DEPTHS: tuple[Depth, ...] = ("true", "256", "16", "none")
LOOKS = [Look(depth, ascii) for depth in DEPTHS for ascii in (False, True)]
HOSTILE = "\x1b[31m한국어\u202e"  # wide letters, and what a terminal would obey
WIDE = "한국어 עברית e\u0301👩\u200d🚀" * 9


def assert_boxed(rows: list[StyledLine], width: int, height: int) -> None:
    assert len(rows) <= height
    for row in rows:
        assert length(row) <= width
        for text, name in row:
            assert is_printable(text)
            assert isinstance(rich_style(name), Style)


@given(st.sampled_from([*DRAWN]), st.integers(10, 200), st.integers(4, 60), st.sampled_from(LOOKS))
def test_nothing_leaves_its_box(kind: str, width: int, height: int, look: Look) -> None:
    rows = picture.draw(DRAWN[kind], width, height, look)
    assert rows
    assert_boxed(rows, width, height)
    if look.ascii and kind != "samples":
        text = "".join(text for row in rows for text, _ in row)
        assert not set(text) & set("▀█▓▒░▁▏")


@given(st.data(), st.sampled_from([*DRAWN]), st.sampled_from(LOOKS))
def test_any_numbers_can_be_drawn(data: st.DataObject, kind: str, look: Look) -> None:
    """In one array every number is wild, or all of them in any; names are hostile."""
    it = DRAWN[kind]
    name = data.draw(st.sampled_from([*it.arrays, "all"]))
    wild = data.draw(st.lists(floats, min_size=1, max_size=7))
    arrays = {
        key: filled(array(it, key), wild) if name in (key, "all") else tensor_of
        for key, tensor_of in it.arrays.items()
    }
    it = replace(it, arrays=arrays)
    if data.draw(st.booleans()):
        it = named_by(it, data.draw(st.sampled_from([HOSTILE, WIDE, ""])))
    width, height = data.draw(st.integers(1, 120)), data.draw(st.integers(1, 40))
    rows, columns = picture.cells(it)
    cell = None
    if rows and columns and data.draw(st.booleans()):
        cell = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
        details = picture.draw_details(kind, {kind: it}, cell, width, height, look)
        assert_boxed(details, width, height)
    assert_boxed(picture.draw(it, width, height, look, cell), width, height)


def named_by(it: Artifact, text: str) -> Artifact:
    """The same with other texts in its labels; arrays that are called by them go with them."""
    named = {
        old: f"{text}{number}"
        for number, old in enumerate(old for texts in it.labels.values() for old in texts)
        if old in it.arrays
    }
    labels = {key: [named.get(old, text) for old in texts] for key, texts in it.labels.items()}
    return replace(
        it, arrays={named.get(key, key): of for key, of in it.arrays.items()}, labels=labels
    )


def filled(like: Any, values: list[float]) -> Any:
    """An array of this shape and type that holds `values`, in turns."""
    with np.errstate(over="ignore", invalid="ignore"):
        if like.dtype.kind == "f":
            return tensor(np.resize(np.array(values), like.shape).astype(like.dtype))
        limits = np.iinfo(like.dtype)
        whole = [int(min(max(it, limits.min), limits.max)) for it in np.nan_to_num(values).tolist()]
        return tensor(np.resize(np.array(whole, like.dtype), like.shape))


@given(st.data(), st.sampled_from([*DRAWN]))
def test_what_is_not_there_is_said(data: st.DataObject, kind: str) -> None:
    """An array is missing, or has another shape, or another type."""
    it = DRAWN[kind]
    name = data.draw(st.sampled_from([*it.arrays]))
    arrays = dict(it.arrays)
    match data.draw(st.integers(0, 3)):
        case 0:
            del arrays[name]
        case 1:
            arrays[name] = tensor(array(it, name).reshape(-1)[:1])
        case 2:
            arrays[name] = tensor(np.zeros((0,) * array(it, name).ndim, np.float32))
        case _:
            with np.errstate(invalid="ignore"):
                arrays[name] = tensor(array(it, name).astype(np.int32))
    assert_boxed(picture.draw(replace(it, arrays=arrays), 60, 20, Look()), 60, 20)


def test_the_moment_of_a_picture_is_said_in_the_room_there_is() -> None:
    final = replace(DRAWN["confusion"], epoch=1024, is_final=True)
    assert picture.moment(final) == "final weights, of epoch 1,024"
    assert picture.moment(final, 1_024) == "final weights, of epoch 1,024"
    assert picture.moment(final, 1_023) == "final weights, of epoch 1,024, unfinished"
    assert picture.moment(final, room=28) == "epoch 1,024"
    assert picture.moment(replace(final, is_final=False)) == "epoch 1,024"


def test_an_unknown_kind_is_said() -> None:
    rows = picture.draw(replace(DRAWN["confusion"], kind="later"), 40, 5, Look())
    assert rows == [[("no picture of later: update tui-dl", "dim")]]


@pytest.mark.parametrize("look", [Look("true"), Look("none"), Look("none", True)], ids=str)
@pytest.mark.parametrize("kind", DRAWN)
def test_golden(kind: str, look: Look) -> None:
    rows = picture.draw(DRAWN[kind], 72, 20, look)
    lines = ["".join(text for text, _ in row).rstrip() for row in rows]
    if look.colours == "true":  # what half blocks show is their colours
        lines += ["", *(" ".join(style for _, style in row) for row in rows)]
    golden = GOLDEN / f"{kind}-{look.colours}{'-ascii' * look.ascii}.txt"
    shown = "\n".join(lines) + "\n"
    if os.environ.get("TUI_DL_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def test_an_svg_is_xml_whatever_the_names() -> None:
    from xml.etree import ElementTree

    it = replace(DRAWN["confusion"], labels={"classes": [HOSTILE, "<&>", '"']})
    ElementTree.fromstring(svg(picture.draw(it, 80, 20, Look()), "a & b"))


@pytest.mark.parametrize("height", range(6, 30))
def test_no_feature_map_is_cut(height: int) -> None:
    it = artifact(
        "feature_maps",
        {
            "input.pictures": np.zeros((1, 1, 28, 28), np.uint8),
            "one": np.zeros((1, 6, 28, 28), np.float16),
            "two": np.zeros((1, 16, 10, 10), np.float16),
        },
        layers=["one", "two"],
    )
    rows = ["".join(text for text, _ in row) for row in picture.draw(it, 43, height, Look("true"))]
    starts = [at for at, row in enumerate(rows) if row.strip() in ("one", "two")]
    for first, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        assert end - first - 1 >= 3  # a map has 5 rows of pixels at least


def test_zero_is_near_the_ground() -> None:
    near = np.array([[-1, 0, 1]])
    dark, light = signed(near)[0], signed(near, light=True)[0]
    assert dark[1].max() < dark[[0, 2]].max(axis=1).min()
    assert light[1].min() > light[[0, 2]].min(axis=1).max()
    shown = [picture.draw(DRAWN["filters"], 60, 20, Look(light=it)) for it in (False, True)]
    assert shown[0] != shown[1]
