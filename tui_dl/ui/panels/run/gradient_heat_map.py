"""The heat map of the layers: gradient norms and other figures by layer and time."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.layer_figure import FigureKind, LayerFigure
from tui_dl.runs.view import RunView
from tui_dl.support.translations import tr
from tui_dl.ui.panels.chart import AXIS_KEYS, CurvePanel
from tui_dl.ui.panels.panel import ANY
from tui_dl.ui.terminal_look import look_of


class GradientHeatMap(CurvePanel):
    """A row for each layer, on the charts' axis; at the end of each row the present value.

    Where there is room, other figures are below it.
    """

    BORDER_TITLE = "Layers"  # until one of their figures is drawn
    TAB = "gradients"
    ORDER = 1
    LEAST_SIZE = Size(30, 14)
    WEIGHT = 1
    MOST_WIDTH = ANY
    SLOW = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "u", "figure", "Figure", tooltip="Gradient, update ratio, weights, dead, saturated"
        ),
        Binding("up", "layer(-1)", "Layer", key_display="↑ ↓", tooltip="Read the layer before"),
        Binding("down", "layer(1)", "Next layer", show=False, tooltip="Read the next layer"),
        *AXIS_KEYS,
    ]
    kind: reactive[FigureKind] = reactive("gradient", repaint=False)
    cursor: reactive[str | None] = reactive(None, repaint=False)  # the layer that is read

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return bool(view.layer_figures)

    @property
    def figure(self) -> LayerFigure | None:
        """The figure that is shown: the first one where the run does not have what was chosen."""
        figures = self.view.layer_figures if self.view else ()
        return next((it for it in figures if it.kind == self.kind), figures[0] if figures else None)

    def rows_wanted(self, width: int) -> int:
        from tui_dl.drawing.layer_maps import most_rows

        return most_rows(self.view.layer_figures) if self.view else 0

    def draw(self, width: int, height: int) -> list[StyledLine]:
        figure, view = self.figure, self.view
        if figure is None or view is None:
            return []
        from tui_dl.drawing.layer_map import layout
        from tui_dl.drawing.layer_maps import fitting, layer_maps
        from tui_dl.drawing.layer_readout import left_out
        from tui_dl.drawing.layer_scale import MEANINGS

        look, place = look_of(self.app), view.layer_figures.index(figure)
        figures = [*view.layer_figures[place:], *view.layer_figures[:place]]
        shown = len(fitting(figures, height))
        cursor = figure.layers.index(self.cursor) if self.cursor in figure.layers else None
        layers = layout(figure, width, height, look, cursor).shown if shown == 1 else figure.layers
        title = tr(MEANINGS[figure.kind].title) + left_out(figure, len(layers))
        others = [tr(MEANINGS[it.kind].title).lower() for it in figures[shown:]]
        self.set_titles(title, f"u: {', '.join(others)}" if others else "")
        return layer_maps(figures, self.shown.axis(view), width, height, look, self.cursor)

    def watch_kind(self) -> None:
        self.redraw()

    def watch_cursor(self) -> None:
        self.redraw()

    def action_figure(self) -> None:
        """Show the next figure that the run has."""
        if self.view and (figure := self.figure):
            kinds = [it.kind for it in self.view.layer_figures]
            self.kind = kinds[(kinds.index(figure.kind) + 1) % len(kinds)]

    def action_layer(self, down: int) -> None:
        """Read off the layer above or below; from the first or the last on none."""
        if not (figure := self.figure):
            return
        stops = [None, *figure.layers]
        place = stops.index(self.cursor) if self.cursor in stops else 0
        self.cursor = stops[(place + down) % len(stops)]
