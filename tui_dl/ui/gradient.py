"""The gradient meter: how strong the learning signal still is when it reaches each layer."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.reactive import reactive

from tui_dl.ui.rows import Row, Rows
from tui_dl.ui.snapshot import Snapshot

VANISHING = 1e-4  # of the last layer's gradient
VALUE_WIDTH = 8
MOST_ROWS = 3  # a layer, where there is room
DECADES = (-6, 0)  # the least that the scale spans


class GradientMeter(Vertical):
    """A bar for each trained layer, from the input down, all on one log scale."""

    names: reactive[tuple[str, ...]] = reactive(())
    norms: reactive[tuple[float, ...]] = reactive(())

    BORDER_TITLE = "Gradient by layer"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._bars, self._scale = Rows(id="bars"), Rows(id="scale")
        self._decades = DECADES

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield self._bars
        yield self._scale

    def show(self, snapshot: Snapshot) -> None:
        """Take what `snapshot` says of the layers."""
        self.names = tuple(snapshot.started.layers) if snapshot.started else ()
        self.norms = tuple(snapshot.gradient)

    def watch_names(self) -> None:
        self._draw()

    def watch_norms(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self._bars.content_size.width
        pitch = rows_a_layer(self.size.height - 1, len(self.names))
        height = max(1, len(self.names) * pitch)
        if height != self._bars.size.height:  # Textual lays out anew even for the same
            self._bars.styles.height = height
        if not self.norms or not width:
            word = "" if self.names else "the layers show once the data is read"
            self._bars.paint([[(name, "dim")] for name in self.names] or [[(word, "dim")]])
            return
        self._decades = widened(self._decades, self.norms)
        longest = max(map(len, self.names))
        room = max(width - longest - VALUE_WIDTH - 2, 4)
        bars: list[Row] = []
        for name, norm in zip(self.names, self.norms, strict=True):
            bars += [
                [
                    (f"{name:<{longest}} ", "plain"),
                    *bar(norm, room, self._decades, faint=norm < VANISHING * self.norms[-1]),
                    (f" {_number(norm):>{VALUE_WIDTH - 1}}", "strong"),
                ]
            ]
            bars += [[] for _ in range(pitch - 1)]
        self._bars.paint(bars)
        self._scale.paint([[(" " * (longest + 1), "plain"), (scale(room, self._decades), "axis")]])
        word = verdict(self.norms)
        if self.border_subtitle != word:
            self.border_subtitle = word


def rows_a_layer(room: int, layers: int) -> int:
    """How many rows each of the layers may have."""
    return max(1, min(MOST_ROWS, room // max(layers, 1)))


def widened(decades: tuple[int, int], norms: tuple[float, ...]) -> tuple[int, int]:
    """The powers of ten that hold all norms; never narrower than before, so that bars compare."""
    powers = [log10(norm) for norm in norms if norm > 0 and isfinite(norm)]
    if not powers:
        return decades
    return min(decades[0], floor(min(powers))), max(decades[1], ceil(max(powers)))


def bar(norm: float, width: int, decades: tuple[int, int], faint: bool) -> Row:
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
    return f"{norm:.1e}" if isfinite(norm) else "not finite"[:7]
