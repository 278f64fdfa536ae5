"""Cases of clouds."""

from __future__ import annotations

from tui_dl.spec.data.clouds import Clouds

CASES = [Clouds(), Clouds(centers=((0, 0), (1, 2), (-3, 0.5)), samples=101, label_noise=0.2)]
