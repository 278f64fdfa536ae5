"""Melodies in known keys, one note after another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar, Literal

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import OwnOrGenerated
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.keys import KEYS
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.support.optional_dependencies import Extra

TUNES = ".abc"  # the ending of files in ABC notation
RHYTHMS = ("ballad", "march", "reel")


class Melodies(OwnOrGenerated, frozen=True, kw_only=True, tag="melodies"):
    """Melodies; the input is their style, a key and a rhythm or a meter.

    The target has a token for each eighth note: 0 holds the note before, the others are pitches.
    Without `path` or `collection` they are generated, synthetic melodies of four bars; else they
    are pieces of tunes, and a token is a sixteenth where a bar is shorter than three quarters.

    Attributes:
        path: a file of tunes in ABC notation, or a folder of such files; a relative one is relative
            to the experiment file.
        collection: tunes that come with the library music21, by the name of their folder.
        samples: how many are generated, or how many pieces are read at most.
        styles: those of the tunes, in the order of their token ids; found out.
    """

    EIGHTHS: ClassVar[int] = 32
    PITCHES: ClassVar[range] = range(60, 84)  # MIDI numbers: two octaves from middle C
    STYLES: ClassVar[tuple[str, ...]] = tuple(f"{key} {it}" for key in KEYS for it in RHYTHMS)
    MUSIC21: ClassVar[Extra] = Extra("music", "music21")
    extra: ClassVar[Extra | None] = MUSIC21
    composes: ClassVar[bool] = True

    collection: Literal["airdsAirs", "oneills1850", "ryansMammoth"] | None = None
    samples: Annotated[int, msgspec.Meta(ge=30, le=100_000)] = 2000
    styles: Annotated[tuple[str, ...], msgspec.Meta(max_length=1_000)] = ()

    def check(self, spec: DataSpec) -> None:
        super().check(spec)
        if self.path is not None and self.collection:
            raise ConfigError("data.collection", "is read in place of data.path: leave one out")
        if self.styles and not self.reads_file:
            raise ConfigError("data.styles", "is found out of tunes: leave it out")

    @property
    def reads_file(self) -> bool:
        return self.path is not None or self.collection is not None

    @property
    def is_missing(self) -> bool:
        return self.collection is not None and super().is_missing

    def require_extra(self) -> None:
        if self.collection is not None:
            self.MUSIC21.require("data.collection")

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((1,), vocab_size=len(self.token_names))

    @property
    def classes(self) -> int:
        return 1 + len(self.PITCHES)

    @property
    def class_names(self) -> list[str]:
        names = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "G♯", "A", "B♭", "B")
        return ["hold", *(f"{names[it % 12]}{it // 12 - 1}" for it in self.PITCHES)]

    @property
    def token_names(self) -> tuple[str, ...]:
        return self.styles or self.STYLES

    @property
    def target(self) -> TensorSpec:
        return TensorSpec((self.EIGHTHS,), vocab_size=self.classes)


def is_tunes(path: str) -> bool:
    """Whether a path is read as tunes: a file in ABC notation by its name, or a folder of some."""
    if Path(path).name.lower().removesuffix(".gz").endswith(TUNES):
        return True
    try:
        return Path(path).is_dir() and any(Path(path).glob(f"*{TUNES}"))
    except OSError:
        return False
