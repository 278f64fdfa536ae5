"""The gradient meter's past: a row for each trained layer, a column for each epoch."""

from __future__ import annotations

from math import isfinite, log10

from rich.cells import cell_len
from textual.reactive import reactive

from tui_dl.drawing.styled_text import StyledLine, column
from tui_dl.runs.view import RunView
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.gradient_meter import DECADES, note, rows_a_layer, thinned, widened
from tui_dl.ui.panels.rows import Rows

SHADES = "·░▒▓█"  # from weak to strong


class GradientHistory(Rows):
    """The emptier a cell, the weaker the gradient was; drawn where there is room for it."""

    view: reactive[RunView | None] = reactive(None, repaint=False)

    BORDER_TITLE = "Gradient by epoch"

    def watch_view(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def on_show(self) -> None:
        self._draw()

    def _draw(self) -> None:
        view = self.view
        if not self.is_on_screen or view is None or view.started is None:
            return
        layers, epochs = [*map(printable, view.started.layers)], view.gradients
        width, height = self.content_size
        shown = thinned(len(layers), height)
        names = max(map(cell_len, layers), default=0)
        columns = columns_of(epochs, view.curves.x_limit / view.every, max(1, width - names - 1))
        decades = DECADES
        for norms in columns:
            decades = widened(decades, tuple(norms))
        key = f"· 1e{decades[0]}  ░▒▓  █ 1e{decades[1]}" if epochs else ""
        if self.border_subtitle != key:  # Textual repaints the widget even for the same
            self.border_subtitle = key
        title = self.BORDER_TITLE + note(len(shown), len(layers))
        if self.border_title != title:
            self.border_title = title
        pitch = rows_a_layer(height, len(shown))
        rows: list[StyledLine] = []
        for layer in shown:
            shades = "".join(shade(norms[layer], decades) for norms in columns)
            rows += [[(column(layers[layer], names + 1), "plain"), (shades, "heat")]]
            rows += [[(" " * (names + 1), "plain"), (shades, "heat")]] * (pitch - 1)
        self.set_lines(rows)


def columns_of(epochs: list[list[float]], limit: float, width: int) -> list[list[float]]:
    """Epochs as columns, on the charts' time axis: `limit` epochs are `width` columns."""
    columns = (int(column * limit / width) for column in range(width))
    return [epochs[epoch] for epoch in columns if epoch < len(epochs)]


def shade(norm: float, decades: tuple[int, int]) -> str:
    """One of `SHADES`, by powers of ten."""
    if not isfinite(norm):
        return "×"
    low, high = decades
    power = log10(norm) if norm > 0 else low
    return SHADES[min(int((power - low) / (high - low) * len(SHADES)), len(SHADES) - 1)]
