"""The gradient meter: how much gradient reaches each layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import ceil, floor, isfinite, log10
from typing import ClassVar

from rich.cells import cell_len
from textual.geometry import Size

from tui_dl.drawing.styled_text import StyledLine, column
from tui_dl.runs.view import RunView
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.panel import Panel

MOST_ROWS = 3  # for a layer, where there is room
VANISHING = 1e-4  # of the last layer's gradient
VALUE_WIDTH = 8
DECADES = (-6, 0)  # the least that the scale spans


class GradientMeter(Panel):
    """A bar for each trained layer, from the input down, all on one log scale."""

    TAB = "gradients"
    ORDER = 1
    LEAST_SIZE = Size(24, 5)
    WEIGHT = 0
    BESIDE: ClassVar[Mapping[str, int]] = {"curves": 1}
    BORDER_TITLE = "Gradient by layer"

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return view.started is not None and bool(view.started.layers)

    def rows_wanted(self, width: int) -> int:
        return len(self.view.started.layers) + 1 if self.view and self.view.started else 1

    def draw(self, width: int, height: int) -> list[StyledLine]:
        view = self.view
        if view is None or view.started is None:
            return []
        names = [*map(printable, view.started.layers)]
        layers, norms = thinned(len(names), height - 1), view.gradient
        title = self.BORDER_TITLE + note(len(layers), len(names))
        self.set_titles(title, verdict(norms))
        if not norms:
            return [[(names[layer], "dim")] for layer in layers]
        decades, longest = decades_of(view), max(map(cell_len, names))
        room = max(width - longest - VALUE_WIDTH - 2, 4)
        rows: list[StyledLine] = []
        for layer in layers:
            norm = norms[layer]
            rows += [
                [
                    (column(names[layer], longest + 1), "plain"),
                    *bar(norm, room, decades, faint=norm < VANISHING * norms[-1]),
                    (f" {_number(norm):>{VALUE_WIDTH - 1}}", "strong"),
                ]
            ]
            rows += [[] for _ in range(rows_per_layer(height - 1, len(layers)) - 1)]
        return [*rows, [(" " * (longest + 1), "plain"), (scale(room, decades), "axis")]]


def thinned(layers: int, rows: int) -> list[int]:
    """The layers that have a row: all, or as many as fit, evenly from the first to the last."""
    shown = min(layers, max(rows, 2))
    return [round(row * (layers - 1) / max(shown - 1, 1)) for row in range(shown)]


def note(shown: int, layers: int) -> str:
    """For the title, where layers are left out."""
    return f", {shown} of {layers}" if shown < layers else ""


def rows_per_layer(room: int, layers: int) -> int:
    """How many rows each of the layers may have."""
    return max(1, min(MOST_ROWS, room // max(layers, 1)))


def decades_of(view: RunView) -> tuple[int, int]:
    """The powers of ten that hold all norms of `view`: the scale of the meter and of its past."""
    return widened(DECADES, chain(view.gradient, *view.gradients))


def widened(decades: tuple[int, int], norms: Iterable[float]) -> tuple[int, int]:
    """`decades`, or more of them where `norms` lie outside."""
    powers = [log10(norm) for norm in norms if norm > 0 and isfinite(norm)]
    if not powers:
        return decades
    return min(decades[0], floor(min(powers))), max(decades[1], ceil(max(powers)))


def bar(norm: float, width: int, decades: tuple[int, int], faint: bool) -> StyledLine:
    """A bar of half-cell steps, as long as log10(`norm`) is high."""
    if not isfinite(norm):
        return [("×" * width, "bad")]
    power = log10(norm) if norm > 0 else decades[0]
    low, high = decades
    halves = round((power - low) / (high - low) * width * 2)
    text = "━" * (halves // 2) + "╸" * (halves % 2)
    return [(text, "warn" if faint else "train"), ("─" * (width - len(text)), "faint")]


def scale(width: int, decades: tuple[int, int]) -> str:
    """The powers of ten under the bars: lowest, middle and highest."""
    low, high = decades
    left, right = f"1e{low}", f"1e{high}"
    middle = f"1e{(low + high) // 2}"
    text = left + " " * max(1, width - len(left) - len(right)) + right
    at = round(((low + high) // 2 - low) / (high - low) * width) - len(middle) // 2
    if at > len(left) and at + len(middle) < width - len(right):
        text = text[:at] + middle + text[at + len(middle) :]
    return text


def verdict(norms: Sequence[float]) -> str:
    """How much of the last layer's gradient reaches the first."""
    if len(norms) < 2 or not norms[-1] > 0 or not isfinite(norms[0] / norms[-1]):
        return ""
    ratio = norms[0] / norms[-1]
    return f"first/last {ratio:.0e}" + (" vanishing" if ratio < VANISHING else "")


def _number(norm: float) -> str:
    return f"{norm:.1e}"
