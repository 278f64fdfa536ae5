"""Pictures in another language: nothing in them is English but names, and columns stay straight."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from rich.cells import cell_len

from tests.cases import named
from tests.support.english import english
from tui_dl.drawing import picture
from tui_dl.drawing.chart_spec import ChartSpec, Line
from tui_dl.drawing.colours import Look
from tui_dl.drawing.confusion_table import Matrix, table
from tui_dl.drawing.network import draw_network
from tui_dl.drawing.network_table import network_table
from tui_dl.drawing.plot import plot
from tui_dl.drawing.styled_text import by_cell, joined, length
from tui_dl.drawing.x_axis import XAxis
from tui_dl.drawing.y_axis import AXIS_WIDTH
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.spec.course.lesson import LANGUAGES
from tui_dl.support.formatting import age, in_seconds, step_time
from tui_dl.support.translations import use

DRAWN: dict[str, Artifact] = named("observers", "DRAWN")
LOOK = Look("none", False)
WRITTEN = "generated_text"  # what a network wrote, broken into lines
CUT = "longer name"  # of a class, where it is cut


@pytest.fixture(params=[it for it in LANGUAGES if it != "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use(request.param)
    yield request.param
    use("en")


@pytest.mark.parametrize("size", [(40, 12), (120, 40)])
@pytest.mark.parametrize("kind", [it for it in DRAWN if it != WRITTEN])
def test_a_picture_says_nothing_in_english(kind: str, size: tuple[int, int], language: str) -> None:
    it = DRAWN[kind]
    rows = picture.draw(it, *size, LOOK)
    assert all(length(row) <= size[0] for row in rows)
    labels = {text for texts in it.labels.values() for text in texts if len(text) > 1}
    names = sorted(labels, key=len, reverse=True)
    shown = [picture.heading(it), picture.moment(it)]
    shown += ["".join(text for text, _ in row) for row in rows]
    assert english("\n".join(shown), *names, CUT) == []


def test_a_network_says_nothing_in_english(language: str) -> None:
    experiment = read("translate-dates")
    input = experiment.data_spec.input
    rows = draw_network(experiment.nodes, input, 100, 40)
    table = network_table(experiment.nodes, {}, 100)
    rows += [table.heading, *table.layers, table.total]
    assert english("\n".join("".join(text for text, _ in row) for row in rows)) == []


def test_seconds_have_one_unit_and_an_axis_of_them_is_straight(language: str) -> None:
    unit = in_seconds("2.5").removeprefix("2.5")
    assert step_time(2500) == age(2.5).replace("2", "2.5") == f"2.5{unit}"
    x = XAxis(0, 4, "time", 1, ([0.0, 4.0], [0.0, 2.0]))
    curve = Line("train", ([0.0, 4.0], [0.0, 1.0]), "train")
    rows = plot(ChartSpec((curve,), x=x), 60, 8)
    assert {length(row) for row in rows} == {60}
    says = "".join(text for text, _ in rows[-1])
    assert all(label.endswith(unit) for _, label in x.ticks(60 - AXIS_WIDTH))
    for place, label in x.ticks(60 - AXIS_WIDTH)[:-1]:  # the last one stands at the edge
        middle = cell_len(says[: says.index(label)]) + cell_len(label) // 2
        assert abs(middle - AXIS_WIDTH - place) <= 1


def test_a_matrix_of_wide_names_is_straight() -> None:
    names = ["배", "감귤", "a long name"]
    drawn = table(Matrix(np.diag([3.0, 4.0, 5.0]), names), 24, LOOK)
    assert len({length(row) for row in drawn}) == 1


def test_wide_letters_are_put_together_as_they_were() -> None:
    row = [("열고, ", "dim"), ("가e\u0301x", "plain")]
    assert len(by_cell(row)) == length(row)
    assert joined(by_cell(row)) == row
