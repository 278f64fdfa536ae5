"""Cases of drift."""

from __future__ import annotations

from tui_dl.spec.data.drift import Drift

CASES = [Drift(), Drift(samples=200, sections=3, turn=0, noise=0, validation=0.3)]
