"""Cases of circles."""

from __future__ import annotations

from tui_dl.spec.data.circles import Circles

CASES = [Circles(), Circles(rings=5, samples=103, noise=0)]
