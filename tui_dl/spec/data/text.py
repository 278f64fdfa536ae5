"""Running text, of which the next character is to be predicted."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import OwnOrGenerated
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec

MOST_CHARACTERS = 1_000  # different ones


class Text(OwnOrGenerated, frozen=True, kw_only=True, tag="text"):
    """Windows of running text; the target at every place is the character that follows it.

    Without `path` it is the prose of Python's own documentation, which comes with Python, in lower
    case.

    Attributes:
        length: characters of a window.
        samples: windows that are taken, from the beginning of the text.
        characters: those that have a token id, in order; others are left out. Of an own file they
            are found out.
    """

    samples: Annotated[int, msgspec.Meta(ge=100, le=1_000_000)] = 2000
    length: Annotated[int, msgspec.Meta(ge=2, le=1_000)] = 64
    characters: Annotated[str, msgspec.Meta(min_length=2, max_length=MOST_CHARACTERS)] = (
        " abcdefghijklmnopqrstuvwxyz.,:;'\"()-"
    )

    def check(self, spec: DataSpec) -> None:
        super().check(spec)
        if len(set(self.characters)) < len(self.characters):
            raise ConfigError("data.characters", "has one character twice: remove one")

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.length,), vocab_size=len(self.characters))

    @property
    def classes(self) -> int:
        return len(self.characters)

    @property
    def class_names(self) -> list[str]:
        return list(self.characters)

    @property
    def reads(self) -> str:
        return self.characters

    @property
    def writes(self) -> str:
        return self.characters

    @property
    def target(self) -> TensorSpec:
        return TensorSpec((self.length,), vocab_size=self.classes)
