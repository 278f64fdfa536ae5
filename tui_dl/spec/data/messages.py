"""Text messages, some of which are spam."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.data.base import Fraction, Source
from tui_dl.spec.layers.base import TensorSpec


class Messages(Source, frozen=True, kw_only=True, tag="messages"):
    """Generated, synthetic text messages in English; the label says which are spam.

    Attributes:
        spam: the share of spam.
        disguised: the share of telling words in spam that are written with digits for letters.
        vocab_size: token ids: the padding, unknown words and the most frequent training words.
    """

    LENGTH: ClassVar[int] = 32  # tokens of a message that are read
    has_rules: ClassVar[bool] = True

    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 2000
    spam: Fraction = 0.3
    disguised: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.3
    vocab_size: Annotated[int, msgspec.Meta(ge=10, le=10_000)] = 600

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.LENGTH,), vocab_size=self.vocab_size)

    @property
    def classes(self) -> int:
        return len(self.class_names)

    @property
    def class_names(self) -> list[str]:
        return ["ham", "spam"]
