"""Cases of melodies."""

from __future__ import annotations

from pathlib import Path

from tui_dl.data import inspect
from tui_dl.spec.data.melodies import Melodies

OWN = str(Path(__file__).with_name("tunes.abc"))

CASES = [Melodies(), Melodies(samples=900), inspect(Melodies(path=OWN), 0)[1]]
TYPED = ["G major reel", "d minor  march"]
