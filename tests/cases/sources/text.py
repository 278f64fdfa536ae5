"""Cases of text."""

from __future__ import annotations

from pathlib import Path

from tui_dl.data import inspect
from tui_dl.spec.data.text import Text

OWN = str(Path(__file__).with_name("song.txt"))

CASES = [
    Text(),
    Text(samples=900, length=20, validation=0.3),
    inspect(Text(path=OWN, length=9), 0)[1],
]
