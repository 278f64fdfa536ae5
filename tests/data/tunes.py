"""Tunes in ABC notation, written by our own writer."""

import numpy as np

from tui_dl.data.notes import notes_of, to_abc
from tui_dl.spec.data.melodies import Melodies
from tui_dl.spec.keys import KEYS
from tui_dl.spec.meters import Meter

METERS = (Meter(4, 4), Meter(2, 4), Meter(6, 8))


def chromatic(count: int, seed: int = 0) -> str:
    """So many tunes of any notes, in several keys and meters; each is one piece."""
    random = np.random.default_rng(seed)
    tunes = []
    for at in range(count):
        meter, key = METERS[at % len(METERS)], list(KEYS.values())[at % len(KEYS)]
        size = min(4 * meter.tokens, Melodies.EIGHTHS)
        tokens = random.integers(0, 25, size)
        tokens[0] = 1 + random.integers(24)
        tunes.append(to_abc(notes_of(tokens.tolist()), key, f"Tune {at}", meter))
    return "\n".join(tunes)


TUNES = chromatic(60)
