"""Drawings on a preset's page: its network, and samples of its data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_dl.drawing.network import blocks, draw_network, folded
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.shape_inference import LayerNode
from tui_dl.support.translations import said
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.terminal_look import look_of

if TYPE_CHECKING:
    from tui_dl.data.preview import Preview

LEAST = 5  # rows of a network: heading, both ends, and how many layers are left out


class NetworkPicture(Rows):
    """The layers as blocks, in as many rows as there are, up to a limit."""

    def __init__(self) -> None:
        super().__init__()
        self._network: Sequence[LayerNode] = ()
        self._input = TensorSpec(())

    def show(self, experiment: Experiment, most: int) -> None:
        """Draw the network of an experiment in at most `most` rows."""
        self._network, self._input = experiment.nodes, experiment.data_spec.input
        needed = len(folded(blocks(self._network, self._input))) + 1
        self.styles.height = max(min(needed, most), min(needed, LEAST))
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if not self._network:
            return []
        return draw_network(self._network, self._input, width, height)


class SamplesPicture(Rows):
    """Samples of the data; its rows are kept free until they were read."""

    def __init__(self) -> None:
        super().__init__()
        self._preview: Preview | None = None
        self._says = ""

    def show(self, preview: Preview | None, says: str) -> None:
        """Show samples, or why there are none; nothing while neither is known."""
        self._preview, self._says = preview, says
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if self._preview is None:
            return [[(said(self._says), "dim")]]
        from tui_dl.drawing.samples import draw_samples  # the samples have brought numpy

        return draw_samples(self._preview, width, height, look_of(self.app))
