"""The gradient meter: how much gradient reaches each layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.geometry import Size

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.layer_figure import LayerFigure
from tui_dl.runs.view import RunView
from tui_dl.support.translations import tr
from tui_dl.ui.panels.panel import Panel
from tui_dl.ui.terminal_look import look_of

ROWS_BESIDE = 1  # that are no layer's: the scale


class GradientMeter(Panel):
    """A bar for each trained layer, from the input down, all on one scale."""

    TAB = "gradients"
    ORDER = 2
    LEAST_SIZE = Size(24, 8)
    WEIGHT = 0
    BESIDE: ClassVar[Mapping[str, int]] = {"curves": 1, "gradients": 1}
    BORDER_TITLE = "Gradient by layer"

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return gradient_of(view) is not None

    def rows_wanted(self, width: int) -> int:
        figure = gradient_of(self.view)
        return ROWS_BESIDE + (len(figure.layers) if figure else 0)

    def draw(self, width: int, height: int) -> list[StyledLine]:
        figure = gradient_of(self.view)
        if figure is None:
            return []
        from tui_dl.drawing.layer_bars import layer_bars
        from tui_dl.drawing.layer_readout import left_out, verdict

        shown = min(len(figure.layers), max(height - ROWS_BESIDE, 2))
        self.set_titles(f"{tr(self.BORDER_TITLE)}{left_out(figure, shown)}", verdict(figure))
        return layer_bars(figure, width, height, look_of(self.app))


def gradient_of(view: RunView | None) -> LayerFigure | None:
    """The gradient norms of a moment, where there are some."""
    figures = view.layer_figures if view else ()
    return next((it for it in figures if it.kind == "gradient"), None)
