"""A network as a column of blocks, each as wide as the numbers that it gives on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from rich.cells import cell_len, set_cell_size

from tui_dl.drawing.styled_text import StyledLine, boxed, column, right
from tui_dl.spec.layers.base import TensorSpec, kind
from tui_dl.spec.shape_inference import LayerNode
from tui_dl.support.formatting import counted
from tui_dl.support.translations import said, tr

GAP = 2  # columns between two of the drawing
LONGEST = 28  # cells of a block's name
WIDEST, NARROWEST = 36, 6  # cells of the widest block; where there is room for less, none is drawn
LONGEST_PERIOD = 8  # blocks of which repetitions are looked for
OFTEN = 3  # repetitions from which on they are drawn once
FULL, LEFT, RIGHT = "█", "▐", "▌"


@dataclass(frozen=True)
class Block:
    """A layer with weights, or one that changes the shape, and the layers after it that do neither.

    Attributes:
        name: of the layer, and the kinds of those after it.
        output: what it gives on.
        parameters: how many trained numbers it has; 0 for the input.
        learns: whether it is drawn as one that learns.
        times: how often it, or the blocks that it stands among, are repeated.
    """

    name: str
    output: TensorSpec
    parameters: int = 0
    learns: bool = False
    times: int = 1

    @property
    def label(self) -> str:
        """The name, and how often it is there."""
        return self.name + f" ×{self.times}" * (self.times > 1)

    def is_like(self, other: Block) -> bool:
        """Whether both would be drawn alike, whatever their running numbers are."""
        return _unnumbered(self) == _unnumbered(other)


def draw_network(
    nodes: Sequence[LayerNode], input: TensorSpec, width: int, height: int
) -> list[StyledLine]:
    """Draw the layers of a network with their shapes, from its input to its output.

    Repeated layers are drawn once. Where rows are missing, blocks in the middle are left out.

    Args:
        nodes: the layers, as shape inference gives them.
        input: one sample.
        width: cells of a row; columns that do not fit are left out.
        height: rows, at least 3.
    """
    shown, hidden = _thinned(folded(blocks(nodes, input)), height - 1)
    names = [_cut(it.label) for it in shown]
    shapes = [said(str(it.output)) for it in shown]
    counts = [f"{it.parameters:,}" if it.parameters else "" for it in shown]
    heads = tr("layer"), tr("output"), tr("parameters")
    sizes = [max(map(cell_len, cells)) for cells in ([heads[0], *names], [heads[1], *shapes])]
    last = max(map(cell_len, [heads[2], *counts]))
    left = sum(sizes) + GAP
    with_counts = left + GAP + last + GAP + NARROWEST <= width
    room = width - left - GAP - (last + GAP) * with_counts
    room = min(room, WIDEST) if room >= NARROWEST else 0
    most = max(it.output.size for it in shown)
    title = f"{column(heads[0], sizes[0])}  {column(heads[1], sizes[1])}"
    gap = " " * (room + GAP) if room else ""
    rows: list[StyledLine] = [
        [(title + gap, "dim"), (f"  {right(heads[2], last)}" if with_counts else "", "dim")]
    ]
    for index, it in enumerate(shown):
        if hidden and index == (len(shown) + 1) // 2:
            rows.append([(f"⋮ {said(counted(hidden, 'more layer'))}", "dim")])
        row: StyledLine = [
            (f"{column(names[index], sizes[0])}  ", "plain"),
            (column(shapes[index], sizes[1]), "strong" if it.learns else "plain"),
        ]
        if room:
            bar = block_of(sqrt(it.output.size / most), room)
            row += [("  ", "plain"), (bar, "train" if it.learns else "axis")]
        if with_counts:
            row.append((f"  {counts[index]:>{last}}", "plain"))
        rows.append(row)
    return boxed(rows, width, height)


def blocks(nodes: Sequence[LayerNode], input: TensorSpec) -> list[Block]:
    """The input, and the layers after it; those that keep the shape join the block before them."""
    found = [Block(tr("input"), input)]
    for node in nodes:
        before = found[-1]
        joins = not node.layer.width_key and node.output.shape == before.output.shape
        if joins and len(found) > 1 and node.output.vocab_size == before.output.vocab_size:
            found[-1] = replace(
                before,
                name=f"{before.name} · {kind(node.layer)}",
                parameters=before.parameters + node.parameter_count,
            )
        else:
            count = node.parameter_count
            found.append(Block(node.name, node.output, count, learns=count > 0))
    return found


def folded(found: Sequence[Block]) -> list[Block]:
    """The blocks, with those that repeat in a row once, and how often."""
    kept: list[Block] = []
    at = 0
    while at < len(found):
        period, times = max(
            ((period, _times(found, at, period)) for period in range(1, LONGEST_PERIOD + 1)),
            key=lambda it: (it[0] * it[1] if it[1] >= OFTEN else 0, -it[0]),
        )
        if times < OFTEN:
            kept.append(found[at])
            at += 1
        else:
            kept += [replace(it, times=times) for it in found[at : at + period]]
            at += period * times
    return kept


def block_of(share: float, cells: int) -> str:
    """A block of `share` of so many cells, from 0 to 1, in their middle; at least one cell."""
    halves = min(max(round(2 * cells * share), 2), 2 * cells)
    start = (2 * cells - halves) // 2
    first, last = start % 2, (start + halves) % 2
    inner = (halves - first - last) // 2
    text = " " * (start // 2) + LEFT * first + FULL * inner + RIGHT * last
    return text.ljust(cells)


def _times(found: Sequence[Block], at: int, period: int) -> int:
    """How often the next `period` blocks stand there in a row."""
    times = 1
    while all(
        (there := at + times * period + step) < len(found)
        and found[at + step].is_like(found[there])
        for step in range(period)
    ):
        times += 1
    return times


def _unnumbered(block: Block) -> tuple[list[str], TensorSpec, int]:
    """What two blocks have to share to be drawn as one."""
    words = block.name.split(" · ")
    return [words[0].rpartition("_")[0], *words[1:]], block.output, block.parameters


def _thinned(found: list[Block], rows: int) -> tuple[list[Block], int]:
    """As many blocks of both ends as fit, and how many are left out for that."""
    if len(found) <= rows:
        return found, 0
    kept = max(rows - 1, 2)
    first = (kept + 1) // 2
    return found[:first] + found[len(found) - kept + first :], len(found) - kept


def _cut(text: str) -> str:
    """`text`, or as much of it as a name may have."""
    return text if cell_len(text) <= LONGEST else set_cell_size(text, LONGEST - 1) + "…"
