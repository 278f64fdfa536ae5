"""Cases of edges."""

from __future__ import annotations

from tui_dl.spec.data.edges import Edges

CASES = [Edges(), Edges(resize=(9, 12), filters=["laplace", "sobel_y", "sobel_x"])]
