"""Film reviews that praise or blame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.data.base import Source
from tui_dl.spec.data.review_grammar import VOCABULARY
from tui_dl.spec.layers.base import TensorSpec


class Reviews(Source, frozen=True, kw_only=True, tag="reviews"):
    """Generated, synthetic film reviews in English; the label says whether they are positive.

    Attributes:
        negated: the share of sentences with an opinion in which it is negated: "not bad".
    """

    LENGTH: ClassVar[int] = 40  # tokens of a review that are read
    UNWRITTEN: ClassVar[tuple[str, ...]] = ("", "?")  # names of the padding and of unknown words

    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 2000
    negated: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.4

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.LENGTH,), vocab_size=len(self.token_names))

    @property
    def token_names(self) -> Sequence[str]:
        return (*self.UNWRITTEN, *VOCABULARY)

    @property
    def classes(self) -> int:
        return len(self.class_names)

    @property
    def class_names(self) -> list[str]:
        return ["negative", "positive"]
