"""Sequences whose first token is to be recalled."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import Source
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec


class Recall(Source, frozen=True, kw_only=True, tag="recall"):
    """Generated sequences of random tokens; the label is the first token.

    Attributes:
        shortest: tokens of the shortest training sequence, where they are of many lengths;
            validation and test sequences are all of `length` tokens.
    """

    vocab_size: Annotated[int, msgspec.Meta(ge=2, le=1_000)] = 8
    length: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 30
    shortest: Annotated[int, msgspec.Meta(ge=1, le=1_000)] | None = None
    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 4000

    def check(self, spec: DataSpec) -> None:
        super().check(spec)
        if self.shortest is not None and self.shortest > self.length:
            raise ConfigError(
                "data.shortest", f"is more than data.length, {self.length}: make it smaller"
            )

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.length,), vocab_size=self.vocab_size)

    @property
    def classes(self) -> int:
        return self.vocab_size
