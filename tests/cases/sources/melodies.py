"""Cases of melodies."""

from __future__ import annotations

from tui_dl.spec.data.melodies import Melodies

CASES = [Melodies(), Melodies(samples=900)]
TYPED = ["G major reel", "d minor  march"]
