"""Cases of xor."""

from __future__ import annotations

from tui_dl.spec.data.xor import Xor

CASES = [Xor(), Xor(samples=101, noise=0, label_noise=0.5)]
