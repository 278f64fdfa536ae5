"""Pictures in another language: nothing in them is English but names, and columns stay straight."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.cases import named
from tests.support.english import english
from tui_dl.drawing import picture
from tui_dl.drawing.colours import Look
from tui_dl.drawing.confusion_table import Matrix, table
from tui_dl.drawing.network import draw_network
from tui_dl.drawing.network_table import network_table
from tui_dl.drawing.styled_text import by_cell, joined, length
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.spec.course.lesson import LANGUAGES
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


def test_a_matrix_of_wide_names_is_straight() -> None:
    names = ["배", "감귤", "a long name"]
    drawn = table(Matrix(np.diag([3.0, 4.0, 5.0]), names), 24, LOOK)
    assert len({length(row) for row in drawn}) == 1


def test_wide_letters_are_put_together_as_they_were() -> None:
    row = [("열고, ", "dim"), ("가e\u0301x", "plain")]
    assert len(by_cell(row)) == length(row)
    assert joined(by_cell(row)) == row
