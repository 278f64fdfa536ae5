"""Cases of two points."""

from __future__ import annotations

from tui_dl.spec.data.two_points import TwoPoints

CASES = [TwoPoints(), TwoPoints(batch_size=1)]
