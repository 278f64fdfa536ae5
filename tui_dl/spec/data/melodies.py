"""Melodies in known keys, one note after another."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.data.base import Source
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.keys import KEYS
from tui_dl.spec.layers.base import TensorSpec

RHYTHMS = ("ballad", "march", "reel")


class Melodies(Source, frozen=True, kw_only=True, tag="melodies"):
    """Generated, synthetic melodies of four bars; the input is their style, a key and a rhythm.

    The target has a token for each eighth note: 0 holds the note before, the others are pitches.
    """

    EIGHTHS: ClassVar[int] = 32
    PITCHES: ClassVar[range] = range(60, 84)  # MIDI numbers: two octaves from middle C
    STYLES: ClassVar[tuple[str, ...]] = tuple(f"{key} {it}" for key in KEYS for it in RHYTHMS)
    composes: ClassVar[bool] = True

    samples: Annotated[int, msgspec.Meta(ge=300, le=100_000)] = 2000

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((1,), vocab_size=len(self.STYLES))

    @property
    def classes(self) -> int:
        return 1 + len(self.PITCHES)

    @property
    def class_names(self) -> list[str]:
        names = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "G♯", "A", "B♭", "B")
        return ["hold", *(f"{names[it % 12]}{it // 12 - 1}" for it in self.PITCHES)]

    def inspect(self) -> DataSpec:
        return msgspec.structs.replace(super().inspect(), token_names=self.STYLES)

    @property
    def target(self) -> TensorSpec:
        return TensorSpec((self.EIGHTHS,), vocab_size=self.classes)
