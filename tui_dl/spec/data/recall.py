"""Sequences whose first token is to be recalled."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.base import Source
from tui_dl.spec.layers.base import TensorSpec


class Recall(Source, frozen=True, kw_only=True, tag="recall"):
    """Generated sequences of random tokens; the label is the first token."""

    vocab_size: Annotated[int, msgspec.Meta(ge=2, le=1_000)] = 8
    length: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 30
    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 4000

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.length,), vocab_size=self.vocab_size)

    @property
    def classes(self) -> int:
        return self.vocab_size
