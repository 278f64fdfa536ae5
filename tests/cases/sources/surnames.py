"""Cases of surnames."""

from __future__ import annotations

from pathlib import Path

from tui_dl.data import inspect
from tui_dl.spec.data.surnames import Surnames

OWN = str(Path(__file__).with_name("cities.tsv"))

CASES = [
    Surnames(samples=500),
    Surnames(samples=300, length=9, languages=("Zulu", "Irish"), validation=0.3),
    inspect(Surnames(path=OWN), 0)[1],
]
