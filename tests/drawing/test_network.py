"""A network as blocks: names, shapes, widths and what is left out."""

from __future__ import annotations

import pytest

from tui_dl.drawing.network import block_of, blocks, draw_network, folded
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse, read


def plain(rows: list[StyledLine]) -> list[str]:
    return ["".join(text for text, _ in row) for row in rows]


def drawn(experiment: Experiment, width: int, height: int) -> list[str]:
    return plain(draw_network(experiment.nodes, experiment.data_spec.input, width, height))


def deep(rows: str) -> Experiment:
    text = f'title = "deep"\ndata = {{ source = "digits" }}\nnetwork = [{rows}]'
    return parse(text, "deep.toml")


def test_every_layer_is_there_with_its_shape() -> None:
    rows = drawn(read("lenet5"), 90, 20)
    assert rows[0].split() == ["layer", "output", "parameters"]
    words = [row.split("  ")[0] for row in rows[1:]]
    assert words == [
        "input", "conv2d_1 · relu", "max_pool2d_1", "conv2d_2 · relu", "max_pool2d_2",
        "flatten_1", "dense_1 · relu", "dense_2 · relu", "dense_3",
    ]  # fmt: skip
    assert "6 × 28 × 28" in rows[2]
    assert rows[2].rstrip().endswith("156")


def test_a_block_is_wide_where_there_are_many_numbers() -> None:
    rows = drawn(read("lenet5"), 90, 20)
    widths = [row.count("█") + (row.count("▐") + row.count("▌")) / 2 for row in rows[1:]]
    experiment = read("lenet5")
    sizes = [it.output.size for it in blocks(experiment.nodes, experiment.data_spec.input)]
    assert max(widths) == widths[sizes.index(max(sizes))]
    for (width, size), (other, more) in zip(
        sorted(zip(widths, sizes, strict=True)),
        sorted(zip(widths, sizes, strict=True))[1:],
        strict=False,
    ):
        assert width <= other
        assert size <= more


def test_repeated_layers_are_drawn_once() -> None:
    rows = drawn(read("vanishing-gradient"), 80, 20)
    assert [row.split("  ")[0] for row in rows[1:]] == [
        "input", "flatten_1", "dense_1 · sigmoid ×11", "dense_12",
    ]  # fmt: skip


def test_repeated_groups_are_drawn_once() -> None:
    pair = '{ kind = "dense", units = 32 }, { kind = "dense", units = 16 }'
    rows = f'{{ kind = "flatten" }}, {{ kind = "repeat", times = 4, layers = [{pair}] }}'
    experiment = deep(f'{rows}, {{ kind = "dense", units = 10 }}')
    labels = [it.label for it in folded(blocks(experiment.nodes, experiment.data_spec.input))]
    # the first of 32 units has another input than the three after it
    assert labels == [
        "input", "flatten_1", "dense_1", "dense_2 ×3", "dense_3 ×3", "dense_8", "dense_9",
    ]  # fmt: skip


def test_a_layer_of_its_own_parameters_is_no_repetition() -> None:
    rows = ", ".join(f'{{ kind = "dense", units = {units} }}' for units in (12, 11, 12, 11, 10))
    experiment = deep(f'{{ kind = "flatten" }}, {rows}')
    found = folded(blocks(experiment.nodes, experiment.data_spec.input))
    assert all(it.times == 1 for it in found)


@pytest.mark.parametrize("height", [3, 4, 5, 8, 40])
def test_both_ends_stay_where_rows_are_missing(height: int) -> None:
    units = ", ".join(f'{{ kind = "dense", units = {units} }}' for units in range(40, 9, -1))
    experiment = deep(f'{{ kind = "flatten" }}, {units}')
    rows = drawn(experiment, 80, height)
    assert len(rows) <= height
    assert rows[1].startswith("input")
    assert height == 3 or rows[-1].startswith("dense_31")
    left_out = [row for row in rows if "more" in row]
    assert len(left_out) == (height < 34)
    if left_out and height > 3:
        assert left_out == [f"⋮ {33 - (height - 2)} more layers"]


def test_one_layer_that_is_left_out_is_said_in_the_singular() -> None:
    experiment = deep('{ kind = "flatten" }, { kind = "dense", units = 10 }')
    assert drawn(experiment, 80, 3)[2].rstrip() == "⋮ 1 more layer"


@pytest.mark.parametrize("width", [1, 10, 24, 38, 60, 120])
@pytest.mark.parametrize("name", ["first-network", "lenet5", "translate-dates", "cartpole"])
def test_nothing_is_wider_than_its_room(name: str, width: int) -> None:
    experiment = read(name)
    rows = draw_network(experiment.nodes, experiment.data_spec.input, width, 20)
    assert max(map(length, rows)) <= width


def test_blocks_stand_in_the_middle() -> None:
    assert block_of(1, 8) == "████████"
    assert block_of(0.5, 8) == "  ████  "
    assert block_of(0.0, 8) == "   ▐▌   "
    assert block_of(7 / 16, 8) == "  ███▌  "
    assert block_of(5.0, 8) == "████████"
