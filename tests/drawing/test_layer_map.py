"""The heat map of layers: in its box whatever the numbers, and what is read off it is right."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.style import Style

from tests.drawing.test_pictures import HOSTILE, LOOKS, assert_boxed
from tui_dl.drawing.colour_levels import level, level_count, levels
from tui_dl.drawing.colours import Look
from tui_dl.drawing.heat_map import FULL, HALF, HATCH, PLAYHEAD, heat_map, parts_of
from tui_dl.drawing.layer_bars import bar, layer_bars
from tui_dl.drawing.layer_map import FOOT, layer_map, layout
from tui_dl.drawing.layer_names import fitted, paired
from tui_dl.drawing.layer_readout import CURSOR, left_out, verdict
from tui_dl.drawing.layer_scale import MEANINGS, scale_of
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.x_axis import UNITS, Unit, XAxis
from tui_dl.runs.layer_figure import FigureKind, LayerFigure, evenly

WILD = [0.0, -0.0, 1.0, -1.0, float("nan"), float("inf"), -float("inf"), 1e-45, 1e38, 1e-320, 1e300]
AXIS = XAxis(last=4, per_epoch=10)


def figure_of(
    past: list[list[float]], kind: FigureKind = "gradient", names: list[str] | None = None
) -> LayerFigure:
    """A figure whose parts are of ten steps each."""
    layers = names or [f"dense_{number}" for number in range(1, len(past[0]) + 1)]
    ends = [10 * number for number in range(1, len(past) + 1)]
    return LayerFigure(kind, layers, len(layers), ends[-1], past[-1], ends, past)


def vanishing(layers: int, epochs: int = 2) -> LayerFigure:
    """The further from the last layer, the smaller is the gradient."""
    return figure_of([[0.3 * 0.1 ** (layers - 1 - number) for number in range(layers)]] * epochs)


def texts(rows: list[StyledLine]) -> list[str]:
    return ["".join(text for text, _ in row) for row in rows]


@st.composite
def figures(draw: st.DrawFn) -> LayerFigure:
    layers, parts = draw(st.integers(1, 40)), draw(st.integers(1, 12))
    wild = st.sampled_from(WILD) | st.floats(width=32)
    past = draw(
        st.lists(st.lists(wild, min_size=layers, max_size=layers), min_size=parts, max_size=parts)
    )
    names = [HOSTILE * 3 + f"_{number}" for number in range(layers)]
    kind = draw(st.sampled_from([*MEANINGS]))
    return figure_of(past, kind, names if draw(st.booleans()) else None)


@given(
    figures(),
    st.integers(1, 250),
    st.integers(1, 80),
    st.sampled_from(LOOKS),
    st.none() | st.integers(0, 39),
    st.floats(0.01, 1e6),
)
def test_nothing_leaves_its_box(
    figure: LayerFigure, width: int, height: int, look: Look, cursor: int | None, limit: float
) -> None:
    axis = XAxis(0, limit, per_epoch=10)
    assert_boxed(layer_map(figure, axis, width, height, look, cursor), width, height)
    assert_boxed(layer_bars(figure, width, height, look), width, height)


@given(st.lists(st.floats(0, 2.0**126, width=32), min_size=2), st.sampled_from(LOOKS))
def test_a_larger_number_never_has_a_lower_level(values: list[float], look: Look) -> None:
    ordered = sorted(values)
    scale = scale_of(figure_of([ordered]))
    found = level(scale.places(np.array(ordered)), look).tolist()
    assert found == sorted(found)
    assert 0 <= found[0] <= found[-1] < level_count(look)


@pytest.mark.parametrize("look", [Look("true"), Look("256")], ids=str)
def test_lightness_rises_with_the_level(look: Look) -> None:
    """As seen: luminance, of which the colours' components have different shares (ITU-R BT.709)."""

    def luminance(name: str) -> float:
        linear = [(it / 255) ** 2.2 for it in Color.parse(name).get_truecolor()]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    shown = [luminance(name) for name in levels(look)]
    assert len(shown) >= 9
    assert all(low < high for low, high in pairwise(shown))


def test_a_number_that_is_not_finite_has_no_level() -> None:
    figure = figure_of([[float("nan"), 1.0], [float("inf"), 1.0]])
    first, second = heat_map(figure, [0, 1], AXIS, 4, Look("true"))
    assert first[0] == ("××", "bad")
    assert second[0][0] == FULL * 2


def test_columns_are_the_charts_time_and_the_playhead_comes_after_the_newest() -> None:
    figure = figure_of([[1e-3, 1.0], [1.0, 1.0]])
    (row,) = heat_map(figure, [0], AXIS, 8, Look("true"))
    assert [len(text) for text, _ in row] == [2, 2, 1, 4]
    assert row[0][1] != row[1][1]
    assert row[2] == (PLAYHEAD, "strong")
    (row,) = heat_map(figure, [0], XAxis(last=2, per_epoch=10), 8, Look("none"))
    assert row == [("▒" * 4 + "█" * 4, "heat"), (PLAYHEAD, "strong")]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("ends", [[3], [16, 32, 39], [1, 2, 3, 4, 39]])
@pytest.mark.parametrize("columns", [1, 7, 40, 200])
def test_a_column_shows_the_part_at_its_place_on_the_charts_axis(
    unit: Unit, ends: list[int], columns: int
) -> None:
    axis = XAxis(0, 4, unit, 10, ([0.0, 1.0, 3.9], [0.0, 30.0, 31.0]))
    found = parts_of(axis, ends, columns).tolist()
    steps = [axis.epoch_at(column, columns) * 10 for column in range(columns)]
    assert len(found) == max(sum(step <= ends[-1] for step in steps), 1)
    for step, part in zip(steps, found, strict=False):
        assert step <= ends[part] or part == len(ends) - 1
        assert part == 0 or ends[part - 1] < step


def test_a_part_of_the_run_has_no_playhead_where_that_is_elsewhere() -> None:
    figure = figure_of([[1e-3, 1.0], [1.0, 1.0]])  # two epochs
    (row,) = heat_map(figure, [0], XAxis(0, 1, per_epoch=10), 8, Look("true"))
    assert [len(text) for text, _ in row] == [8, 1]
    assert row[1][0] == " "
    (row,) = heat_map(figure, [0], XAxis(3, 4, per_epoch=10), 8, Look("true"))
    assert "".join(text for text, _ in row) == " " * 9


def test_the_axis_is_in_the_charts_unit() -> None:
    figure = figure_of([[1e-3, 1.0], [1.0, 1.0]])
    (*_, axis, _, _) = texts(layer_map(figure, XAxis(0, 4, "step", 10), 60, 9, Look("true")))
    assert axis.split() == ["step", "0", "10", "20", "30", "40"]


def test_two_layers_share_a_row_where_there_are_more_than_rows() -> None:
    figure = vanishing(12)
    whole = texts(layer_map(figure, AXIS, 60, 12 + FOOT, Look()))
    assert [row.split()[0] for row in whole[:12]] == figure.layers
    halves = layer_map(figure, AXIS, 60, 6 + FOOT, Look())
    assert [row.split()[0] for row in texts(halves)[:6]] == [
        "dense_1·2", "dense_3·4", "dense_5·6", "dense_7·8", "dense_9·10", "dense_11·12",
    ]  # fmt: skip
    assert HALF in texts(halves)[4]
    assert texts(halves)[5].split()[-2:] == ["0.0300", "0.3000"]
    shades = texts(layer_map(figure, AXIS, 60, 6 + FOOT, Look("none")))
    assert len(shades) == 6 + FOOT
    assert left_out(figure, 6) == ", 6 of 12 layers"
    assert left_out(figure, 12) == ""


def test_what_vanishes_is_hatched_and_so_is_the_scale_below_the_threshold() -> None:
    figure = vanishing(8)  # of the last one's 0.3 the first four get less than a ten-thousandth
    for look in (Look("true"), Look("256"), Look("16"), Look("none")):
        rows = texts(layer_map(figure, AXIS, 70, 8 + FOOT, look))

        hatched = [row.count(HATCH) > 1 for row in rows[:8]]
        assert hatched == [0.1 ** (7 - number) < 1e-4 for number in range(8)]
        assert "vanishing: below 3.0e-05" in rows[-2]
        ramp = rows[-2].split("norm")[0]
        assert ramp.count(HATCH) > 3
        assert HATCH not in ramp[ramp.rindex(HATCH) + 1 :]


@pytest.mark.parametrize("look", [Look("true"), Look("256")])
@pytest.mark.parametrize("vanished", [0, 1])
def test_of_two_layers_in_a_row_the_half_of_that_which_vanishes_is_striped(
    look: Look, vanished: int
) -> None:
    norms = [1.0] * 4
    norms[vanished] = 1e-6
    (first, second) = heat_map(figure_of([norms] * 2), range(4), AXIS, 20, look, halved=True)
    assert HATCH not in "".join(texts([first, second]))
    halves = [style.split(" on ") for text, style in first if HALF in text]
    assert len({it[vanished] for it in halves}) == 2
    assert len({it[1 - vanished] for it in halves}) == 1
    assert sum(HALF in text for text, _ in second) == 1  # one piece: nothing vanishes there


def test_the_cursor_reads_what_the_row_shows() -> None:
    figure = vanishing(60)
    for cursor in (0, 1, 17, 59):
        rows = layer_map(figure, AXIS, 80, 10 + FOOT, Look(), cursor)
        said = texts(rows)[-1]
        value = MEANINGS["gradient"].say(figure.now[cursor])
        assert said.startswith(f"{CURSOR}dense_{cursor + 1} {value} after step 20")
        (row,) = [row for row in texts(rows)[:-1] if row.startswith(CURSOR)]
        assert f" {value}" in row
    assert texts(layer_map(figure, AXIS, 80, 10 + FOOT, Look()))[-1] == f" {verdict(figure)}"


@given(st.integers(1, 300), st.integers(0, 299), st.integers(30, 250), st.integers(1, 80))
def test_layers_are_thinned_evenly_and_the_cursors_is_among_them(
    count: int, cursor: int, width: int, height: int
) -> None:
    figure = figure_of([[1.0] * count])
    plan = layout(figure, width, height, Look(), cursor)
    assert plan.shown == sorted(set(plan.shown))
    assert cursor in plan.shown or cursor >= count
    assert {0, count - 1} <= {*plan.shown, cursor} or len(plan.shown) < 3
    bare = layout(figure, width, height, Look(), None).shown
    assert bare == evenly(count, len(bare))
    gaps = [high - low for low, high in pairwise(bare)]
    assert not gaps or max(gaps) - min(gaps) <= 1


@given(st.lists(st.text(max_size=20), min_size=1, unique=True), st.integers(4, 30))
def test_no_two_names_look_alike(names: list[str], width: int) -> None:
    safe = [it.encode("ascii", "ignore").decode() for it in names]
    safe = list(dict.fromkeys(it for it in safe if it.isprintable() and it.strip()))
    short = fitted(safe, width)
    assert len(set(short)) == len(safe)
    assert all(len(it) <= width for it in short)


def test_a_name_keeps_its_number() -> None:
    assert fitted(["batch_norm_1", "batch_norm_12"], 8) == ["…_norm_1", "…norm_12"]
    assert fitted(["layer_norm_1", "batch_norm_1"], 8) == ["1:…orm_1", "2:…orm_1"]
    assert paired("dense_1", "dense_2") == "dense_1·2"
    assert paired("conv2d_2", "dense_1") == "conv2d_2·dense_1"


@pytest.mark.parametrize(
    ("norms", "says"),
    [
        ([1e-6, 0.1], "first/last 1e-05 vanishing"),
        ([0.05, 0.1], "first/last 0.5"),
        ([0.1], ""),
        ([0.1, 0.0], ""),
        ([float("nan"), 0.1], ""),
    ],
)
def test_a_vanishing_gradient_is_named(norms: list[float], says: str) -> None:
    assert verdict(figure_of([norms])) == says


def test_shares_have_a_linear_scale() -> None:
    figure = figure_of([[0.0, 0.5, 0.95]], "dead")
    rows = texts(layer_map(figure, AXIS, 70, 3 + FOOT, Look("none")))
    assert [row.split()[-2:] for row in rows[:3]] == [["0.0", "%"], ["50.0", "%"], ["95.0", "%"]]
    assert HATCH in rows[2].split(PLAYHEAD)[0]
    assert "dead: from 90.0 %" in rows[-2]
    assert rows[-1] == " highest: dense_3 95.0 %"


def test_bars_are_as_long_as_their_place_and_show_the_threshold() -> None:
    look = Look("none")
    lengths = [len(bar(place, 12, look)[0][0]) for place in (1.0, 0.5)]
    assert lengths == [12, 6]
    assert bar(0.0, 12, look) == [("─" * 12, "faint")]
    assert bar(float("nan"), 3, look) == [("×××", "bad")]
    assert bar(0.25, 8, look, limit=4) == [
        ("━━", "train"), ("──", "faint"), ("┊", "warn"), ("───", "faint"),
    ]  # fmt: skip
    rows = texts(layer_bars(vanishing(8), 40, 9, Look()))
    assert [("┊" in row) for row in rows[:8]] == [True] * 3 + [False] * 5
    assert rows[-1].split() == ["1e-8", "1e-4", "1e0"]
    assert all(isinstance(Style.parse(name), Style) for name in levels(Look()))
