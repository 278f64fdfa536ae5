"""Cases of spirals."""

from __future__ import annotations

from tui_dl.spec.data.spirals import Spirals

CASES = [Spirals(), Spirals(arms=3, turns=0.5, samples=100, noise=0, label_noise=0.1)]
