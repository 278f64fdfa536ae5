"""Sentences whose words have tags, such as those of names."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.data.base import OwnOrGenerated
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.support.optional_dependencies import Extra


class Sentences(OwnOrGenerated, frozen=True, kw_only=True, tag="sentences"):
    """Sentences as words; the target is a BIO tag for every word.

    Without `path` they are generated: synthetic sentences with names of persons, places and
    organisations. No name of the validation and test sentences occurs in training.

    Attributes:
        samples: how many sentences are generated.
        length: words of a sentence that are read; of a file, by default, all up to `MOST_WORDS`.
        vocab_size: token ids: the padding, kinds of unknown words, the most frequent words; of a
            file, by default, as many as were found.
        tags: what words are tagged with; found out of a file.
        token_column: the column of a file that has the words, from 1.
        tag_column: the one that has the tags; the last one where it is left out.
    """

    extra: ClassVar[Extra | None] = Extra("text", "faker")
    GENERATED_LENGTH: ClassVar[int] = 24
    GENERATED_TOKENS: ClassVar[int] = 256
    MOST_WORDS: ClassVar[int] = 128  # of a sentence
    MOST_TOKENS: ClassVar[int] = 20_000
    MOST_TAGS: ClassVar[int] = 200

    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 2000
    length: Annotated[int, msgspec.Meta(ge=1, le=1_000)] | None = None
    vocab_size: Annotated[int, msgspec.Meta(ge=10, le=MOST_TOKENS)] | None = None
    tags: tuple[str, ...] = (
        "O", "B-person", "I-person", "B-place", "I-place", "B-organisation", "I-organisation",
    )  # fmt: skip
    token_column: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    tag_column: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        length = self.length or self.GENERATED_LENGTH
        return TensorSpec((length,), vocab_size=self.vocab_size or self.GENERATED_TOKENS)

    @property
    def classes(self) -> int:
        return len(self.tags)

    @property
    def class_names(self) -> list[str]:
        return list(self.tags)

    @property
    def target(self) -> TensorSpec:
        return TensorSpec(self.input.shape, vocab_size=self.classes)
