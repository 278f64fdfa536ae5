"""Pairs of texts in a file of the user's, such as sentences with their translation."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.data.base import SplitData
from tui_dl.spec.layers.base import TensorSpec

Characters = Annotated[str, msgspec.Meta(max_length=1_000)]
Length = Annotated[int, msgspec.Meta(ge=1, le=1_000)]


class Pairs(SplitData, frozen=True, kw_only=True, tag="pairs"):
    """A text a line, a tab, and the text to write for it; both are read as characters.

    Attributes:
        path: the file; a relative one is relative to the experiment file.
        length: the longest input in characters; longer ones are left out. By default that of the
            longest one in the file, at most `LONGEST`.
        target_length: the same of targets.
        characters: those of inputs, in the order of their token ids; found out.
        target_characters: those of targets; found out.
    """

    size_key: ClassVar[str] = "path"
    LONGEST: ClassVar[int] = 100
    MOST_CHARACTERS: ClassVar[int] = 1_000

    path: str
    length: Length | None = None
    target_length: Length | None = None
    characters: Characters = ""
    target_characters: Characters = ""

    @property
    def reads_file(self) -> bool:
        return True

    @property
    def reads(self) -> str:
        return self.characters

    @property
    def writes(self) -> str:
        return self.target_characters

    @property
    def input(self) -> TensorSpec:
        """One sample, once the file was described."""
        return TensorSpec((self.length or 1,), vocab_size=len(self.characters))

    @property
    def target(self) -> TensorSpec:
        """The target of one sample, likewise: its characters and the end."""
        places = (self.target_length or 1) + 1
        return TensorSpec((places,), vocab_size=len(self.target_characters) + 1)
