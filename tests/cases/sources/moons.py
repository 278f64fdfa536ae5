"""Cases of moons."""

from __future__ import annotations

from tui_dl.spec.data.moons import Moons

CASES = [Moons(), Moons(samples=101, noise=0, label_noise=0.3)]
