"""The heat map of gradients: a row for each trained layer, a column for each epoch."""

from __future__ import annotations

from math import isfinite, log10

from rich.cells import cell_len
from textual.geometry import Size

from tui_dl.drawing.styled_text import StyledLine, column
from tui_dl.runs.view import RunView
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.panel import Panel
from tui_dl.ui.panels.run.gradient_meter import decades_of, note, thinned

SHADES = "·░▒▓█"  # from weak to strong


class GradientHeatMap(Panel):
    """Gradient norms by layer and epoch: the emptier a cell, the weaker the gradient was."""

    TAB = "gradients"
    ORDER = 2
    LEAST_SIZE = Size(24, 5)
    WEIGHT = 1
    BORDER_TITLE = "Gradient by epoch"

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return bool(view.gradients)

    def draw(self, width: int, height: int) -> list[StyledLine]:
        view = self.view
        if view is None or view.started is None:
            return []
        layers, epochs = [*map(printable, view.started.layers)], view.gradients
        shown = thinned(len(layers), height)
        names = max(map(cell_len, layers), default=0)
        columns = columns_of(epochs, view.curves.x_limit / view.every, max(1, width - names - 1))
        decades = decades_of(view)
        key = f"· 1e{decades[0]}  ░▒▓  █ 1e{decades[1]}" if epochs else ""
        self.set_titles(self.BORDER_TITLE + note(len(shown), len(layers)), key)
        rows: list[StyledLine] = []
        for layer in shown:
            shades = "".join(shade(norms[layer], decades) for norms in columns)
            rows += [[(column(layers[layer], names + 1), "plain"), (shades, "heat")]]
            more = height // len(shown) - 1
            rows += [[(" " * (names + 1), "plain"), (shades, "heat")]] * more
        return rows


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
