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

FREE = 11  # rows of what is not read yet, and of scenes, of which large ones show no more
LEAST = 5  # rows of a network: heading, both ends, and how many layers are left out


class NetworkPicture(Rows):
    """The layers as blocks, in as many `rows_taken` as there are, up to a limit.

    Without a limit they are drawn in the rows that the styles give it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._network: Sequence[LayerNode] = ()
        self._input = TensorSpec(())
        self.rows_taken = 0

    def show(self, experiment: Experiment, most: int | None = None) -> None:
        """Draw the network of an experiment in at most `most` rows."""
        self._network, self._input = experiment.nodes, experiment.data_spec.input
        if most is not None:
            self.rows_taken = max(min(self._needed, most), min(self._needed, LEAST))
            self.styles.height = self.rows_taken
        self.redraw()

    @property
    def _needed(self) -> int:
        """Rows of all blocks and the heading."""
        return len(folded(blocks(self._network, self._input))) + 1

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if not self._network or height < min(self._needed, LEAST):
            return []
        return draw_network(self._network, self._input, width, height)


class SamplesPicture(Rows):
    """Samples of the data; rows are kept free until they were read."""

    def __init__(self) -> None:
        super().__init__()
        self._preview: Preview | None = None
        self._says = ""
        self._most, self._shrinks = FREE, False

    @property
    def are_lines(self) -> bool:
        """Whether they are rows of a table, or texts."""
        return self._preview is not None and bool(self._preview.rows)

    def show(self, preview: Preview | None, says: str) -> None:
        """Show samples, or why there are none; nothing while neither is known."""
        self._preview, self._says = preview, says
        self.size_changed()

    def take_rows(self, most: int, shrinks: bool = False) -> None:
        """Take so many rows, or where it `shrinks` only those of them that the samples fill."""
        self._most, self._shrinks = most, shrinks
        self.size_changed()

    def size_changed(self) -> None:
        self.styles.height = self._rows_taken()
        self.redraw()

    def _rows_taken(self) -> int:
        width, it = self.content_size.width, self._preview
        if not self._shrinks:
            return self._most
        if it is None or it.states is not None or not width:
            return min(self._most, FREE)
        return len(self.draw(width, self._most)) or 1

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if self._preview is None:
            return [[(said(self._says), "dim")]]
        from tui_dl.drawing.samples import draw_samples  # the samples have brought numpy

        return draw_samples(self._preview, width, height, look_of(self.app))
