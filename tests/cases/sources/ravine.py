"""Cases of ravine."""

from __future__ import annotations

from tui_dl.spec.data.ravine import Ravine

CASES = [Ravine(), Ravine(samples=100, steepness=1)]
