"""The gradient meter: how strong the learning signal still is when it reaches each layer."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10

from rich.cells import cell_len
from textual.reactive import reactive

from tui_dl.drawing.styled_text import StyledLine, column
from tui_dl.runs.view import READING, RunView
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.rows import Rows

VANISHING = 1e-4  # of the last layer's gradient
VALUE_WIDTH = 8
MOST_ROWS = 3  # a layer, where there is room
DECADES = (-6, 0)  # the least that the scale spans


class GradientMeter(Rows):
    """A bar for each trained layer, from the input down, all on one log scale."""

    names: reactive[tuple[str, ...]] = reactive((), repaint=False)
    norms: reactive[tuple[float, ...]] = reactive((), repaint=False)
    waiting = reactive(READING, repaint=False)  # what to say while there are no layers

    BORDER_TITLE = "Gradient by layer"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._decades = DECADES

    def show(self, view: RunView) -> None:
        """Take what `view` says of the layers."""
        self.waiting = "waiting for the data"
        self.names = tuple(map(printable, view.started.layers)) if view.started else ()
        self.norms = tuple(view.gradient)

    def watch_waiting(self) -> None:
        self._draw()

    def watch_names(self) -> None:
        self._draw()

    def watch_norms(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        width, height = self.content_size
        if not self.names:
            self.set_lines([[(self.waiting, "dim")]])
            return
        layers = thinned(len(self.names), height - 1)
        title = self.BORDER_TITLE + note(len(layers), len(self.names))
        if self.border_title != title:  # Textual repaints the widget even for the same
            self.border_title = title
        if not self.norms:
            self.set_lines([[(self.names[layer], "dim")] for layer in layers])
            return
        self._decades = widened(self._decades, self.norms)
        longest = max(map(cell_len, self.names))
        room = max(width - longest - VALUE_WIDTH - 2, 4)
        rows: list[StyledLine] = []
        for layer in layers:
            norm = self.norms[layer]
            rows += [
                [
                    (column(self.names[layer], longest + 1), "plain"),
                    *bar(norm, room, self._decades, faint=norm < VANISHING * self.norms[-1]),
                    (f" {_number(norm):>{VALUE_WIDTH - 1}}", "strong"),
                ]
            ]
            rows += [[] for _ in range(rows_a_layer(height - 1, len(layers)) - 1)]
        self.set_lines(
            [*rows, [(" " * (longest + 1), "plain"), (scale(room, self._decades), "axis")]]
        )
        word = verdict(self.norms)
        if self.border_subtitle != word:
            self.border_subtitle = word


def thinned(layers: int, rows: int) -> list[int]:
    """The layers that have a row: all, or as many as fit, evenly from the first to the last."""
    shown = min(layers, max(rows, 2))
    return [round(row * (layers - 1) / max(shown - 1, 1)) for row in range(shown)]


def note(shown: int, layers: int) -> str:
    """For the title, where layers are left out."""
    return f", {shown} of {layers}" if shown < layers else ""


def rows_a_layer(room: int, layers: int) -> int:
    """How many rows each of the layers may have."""
    return max(1, min(MOST_ROWS, room // max(layers, 1)))


def widened(decades: tuple[int, int], norms: tuple[float, ...]) -> tuple[int, int]:
    """The powers of ten that hold all norms; never narrower than before, so that bars compare."""
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


def verdict(norms: tuple[float, ...]) -> str:
    """How much of the last layer's gradient reaches the first."""
    if len(norms) < 2 or not norms[-1] > 0 or not isfinite(norms[0] / norms[-1]):
        return ""
    ratio = norms[0] / norms[-1]
    return f"first/last {ratio:.0e}" + (" vanishing" if ratio < VANISHING else "")


def _number(norm: float) -> str:
    return f"{norm:.1e}"
