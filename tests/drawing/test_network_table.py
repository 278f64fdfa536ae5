"""The network as a table: every layer, its shape, its parameters and its share of the time."""

import pytest

from tui_dl.drawing.network_table import fields_of, network_table
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.spec.toml.reading import read


def plain(row: StyledLine) -> str:
    return "".join(text for text, _ in row)


TIMES = {"conv2d_1": 3.0, "dense_3": 1.0, "relu_1": float("nan")}


def test_every_layer_has_a_row_with_its_figures() -> None:
    nodes = read("lenet5").nodes
    table = network_table(nodes, TIMES, 100)
    assert [plain(row).split()[0] for row in table.layers] == [node.name for node in nodes]
    first = plain(table.layers[0])
    for words in ("conv2d_1", "filters=6 kernel=5", "6 × 28 × 28", "156", "75.0 %"):
        assert words in first
    assert plain(table.total).split() == ["total", "61,706"]
    assert "share of a step" in plain(table.heading)


def test_without_times_there_is_no_column_for_them() -> None:
    table = network_table(read("lenet5").nodes, {}, 100)
    assert "%" not in "".join(map(plain, table.layers))
    assert "share" not in plain(table.heading)


@pytest.mark.parametrize("times", [{}, TIMES, {"conv2d_1": 1e38, "dense_1": float("inf")}])
@pytest.mark.parametrize("width", [20, 36, 40, 56, 60, 76, 120, 250])
def test_no_row_is_too_long(width: int, times: dict[str, float]) -> None:
    table = network_table(read("lenet5").nodes, times, width)
    for row in (table.heading, *table.layers, table.total):
        assert length(row) <= max(width, 12), plain(row)
    if width >= 40:
        assert "output" in plain(table.heading)
        assert "61,706" in plain(table.total)


def test_layers_of_a_residual_are_indented() -> None:
    body = '{kind="dense",units=64},{kind="relu"}'
    nodes = read("first-network", [f'network[1]={{kind="residual",layers=[{body}]}}']).nodes
    lines = [plain(row) for row in network_table(nodes, {}, 100).layers]
    inside = [line for line in lines if line.startswith("  ")]
    assert [line.split()[0] for line in inside] == [
        node.name for node in nodes if node.name in ("dense_1", "relu_1")
    ]
    residual = next(it for it in nodes if it.body)
    assert fields_of(residual.layer) == ""


def test_fields_are_those_that_differ_from_the_default() -> None:
    layers = {node.name: fields_of(node.layer) for node in read("lenet5").nodes}
    assert layers["dense_1"] == "units=120"
    assert layers["relu_1"] == ""
    assert layers["max_pool2d_1"] == ""
