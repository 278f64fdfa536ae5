"""A compositor that keeps the wide characters of a toast whole.

Textual divides the rows of a toast wherever a panel behind it begins or ends, and of a wide
character that is divided nothing is left but blanks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets._toast import Toast


class WholeLetters(Compositor):
    """A compositor that divides no toast."""

    @property
    def cuts(self) -> list[list[int]]:
        """The columns at which each row is divided."""
        if self._cuts is not None:
            return self._cuts
        cuts = super().cuts
        for widget, (region, clip) in self.visible_widgets.items():
            if isinstance(widget, Toast):
                shown = region.intersection(clip)
                first, last = shown.column_span
                for y in shown.line_range:
                    cuts[y] = [cut for cut in cuts[y] if not first < cut < last]
        return cuts

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """The pieces of each row by their first columns; what is in front is drawn first.

        What stands partly behind a toast may begin or end where the row is not divided.
        """
        cuts = self.cuts
        rows: list[dict[int, Strip | None]] = [dict.fromkeys(row[:-1]) for row in cuts]
        for region, clip, strips in self._get_renders(crop):
            shown = region.intersection(clip)
            first, last = shown.column_span
            for y, strip in zip(shown.line_range, strips, strict=False):
                if not is_rendered_line(y):
                    continue
                edges = [first, *(cut for cut in cuts[y] if first < cut < last), last]
                pieces = strip.divide([edge - first for edge in edges[1:]])
                for start, piece in zip(edges, pieces, strict=False):
                    if rows[y].get(start, piece) is None:
                        rows[y][start] = piece
        return cast("Sequence[Mapping[int, Strip]]", rows)
