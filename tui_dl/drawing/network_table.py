"""A network as a table: a row for each layer, and the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from rich.cells import cell_len

from tui_dl.drawing.bars import bar
from tui_dl.drawing.styled_text import StyledLine, column, right
from tui_dl.spec.layers.base import Layer
from tui_dl.spec.shape_inference import LayerNode
from tui_dl.support.formatting import percent, whole
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

GAP = "  "
BAR, LONGEST_BAR = 8, 24  # cells of a bar, at least and at most
SHARE = 8  # cells of a share of the time: 100.0 %
FIELDS = 8  # cells of a layer's fields, at least, where they are shown
INDENT = "  "  # of the layers of a residual


class NetworkTable(NamedTuple):
    """What is drawn of a network: the heading and the total stay where they are."""

    heading: StyledLine
    layers: list[StyledLine]
    total: StyledLine


class _Columns(NamedTuple):
    """Cells of each column; 0 where there is no room for it."""

    name: int
    fields: int
    output: int
    parameters: int
    bar: int
    share: int


def network_table(
    nodes: Sequence[LayerNode], times: Mapping[str, float], width: int, ascii: bool = False
) -> NetworkTable:
    """Draw a table of layers in `width` cells; of what does not fit the least important goes.

    Args:
        nodes: the layers in order.
        times: milliseconds of a step by layer; empty where they are not known.
        width: cells of a row.
        ascii: whether only ASCII characters can be shown.
    """
    depths = _depths(nodes)
    names = [INDENT * depth + it.name for depth, it in zip(depths, nodes, strict=True)]
    fields = [fields_of(it.layer) for it in nodes]
    outputs = [said(str(it.output)) for it in nodes]
    counts = [whole(it.parameter_count) if it.parameter_count else "" for it in nodes]
    total = whole(sum(it.parameter_count for it in nodes))
    heads = tr("layer"), tr("fields"), tr("output"), tr("parameters")
    known = [time for time in times.values() if time == time and time > 0]
    whole_time = sum(known)
    widths = _fitted(
        width,
        _wide(heads[0], names),
        _wide(heads[1], fields),
        _wide(heads[2], outputs),
        _wide(heads[3], [*counts, total]),
        bool(known),
    )
    shares = [_share(times.get(it.name, 0.0), whole_time) for it in nodes]
    cells = zip(names, fields, outputs, counts, strict=True)
    layers = [_row(widths, *it, ascii) for it in zip(cells, shares, strict=True)]
    heading = _texts(widths, heads, "dim")
    if widths.share:
        room = widths.bar + 1 + SHARE
        words = (tr(it) for it in ("share of a step's time", "share of time"))
        share = next((it for it in words if cell_len(it) <= room), "")
        heading.append((GAP + share, "dim"))
    return NetworkTable(heading, layers, _texts(widths, (tr("total"), "", "", total), "strong"))


def fields_of(layer: Layer) -> str:
    """The keys of a layer whose values are not the default ones: filters=6 kernel=5."""
    told = []
    for field in msgspec.structs.fields(layer):
        value = getattr(layer, field.name)
        if value != field.default and not _has_layers(value):
            told.append(f"{field.encode_name}={_text(value)}")
    return printable(" ".join(told))


def _has_layers(value: Any) -> bool:
    """Whether it is what a composed layer is made of; those have rows of their own."""
    return isinstance(value, list) and any(isinstance(it, Layer) for it in value)


def _text(value: Any) -> str:
    """A value of a key, short."""
    if isinstance(value, list | tuple):
        return "×".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value).lower()


def _depths(nodes: Sequence[LayerNode]) -> list[int]:
    """How many residuals each layer is inside of."""
    depths = [0] * len(nodes)
    for index, node in enumerate(nodes):
        for inner in range(index - node.body, index):
            depths[inner] += 1
    return depths


def _wide(name: str, cells: Sequence[str]) -> int:
    return max(map(cell_len, [name, *cells]))


def _fitted(
    width: int, name: int, fields: int, output: int, parameters: int, is_timed: bool
) -> _Columns:
    """The columns that fit: names, outputs and parameters first, then times, then fields."""
    left = width - name
    widths = {"output": 0, "parameters": 0, "fields": 0}
    for it, cells in (("output", output), ("parameters", parameters)):
        if left >= cells + len(GAP):
            widths[it] = cells
            left -= cells + len(GAP)
    share = bars = 0
    if is_timed and left >= len(GAP) + BAR + 1 + SHARE:
        share, bars = SHARE, BAR
        left -= len(GAP) + BAR + 1 + SHARE
    if left >= len(GAP) + FIELDS:
        widths["fields"] = min(fields, left - len(GAP))
        left -= len(GAP) + widths["fields"]
    bars += min(max(left, 0), LONGEST_BAR - BAR) if bars else 0
    return _Columns(name, widths["fields"], widths["output"], widths["parameters"], bars, share)


def _share(time: float, total: float) -> float:
    """A layer's share of a step's time; NaN where that is not known."""
    return time / total if total else float("nan")


def _row(
    widths: _Columns, cells: tuple[str, str, str, str], share: float, ascii: bool
) -> StyledLine:
    """The row of one layer, and its share of the time."""
    row = _texts(widths, cells, "plain")
    if widths.share:
        drawn = bar(share, widths.bar, ascii)
        row += [(f"{GAP}{drawn} ", "train"), (f"{percent(share):>{SHARE - 1}}", "dim")]
    return row


def _texts(widths: _Columns, cells: tuple[str, str, str, str], style: str) -> StyledLine:
    """The texts of a row in their columns."""
    name, fields, output, parameters = cells
    row: StyledLine = [(column(name, widths.name), "strong" if style == "plain" else style)]
    if widths.fields:
        shown = fields if cell_len(fields) <= widths.fields else fields[: widths.fields - 1] + "…"
        row.append((GAP + column(shown, widths.fields), "dim"))
    if widths.output:
        row.append((GAP + column(output, widths.output), style))
    if widths.parameters:
        row.append((GAP + right(parameters, widths.parameters), style))
    return row
