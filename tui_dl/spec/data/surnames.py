"""Surnames, of which the language is to be told."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import OwnOrGenerated
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.support.optional_dependencies import Extra

MOST_CHARACTERS = 1_000  # different ones
MOST_LANGUAGES = 200


class Surnames(OwnOrGenerated, frozen=True, kw_only=True, tag="surnames"):
    """Names as characters in lower case; the label is the language, or what an own file says.

    Without `path` they are surnames of 13 languages that the library Faker has.

    Attributes:
        samples: how many names, chosen at random out of those that Faker has.
        length: characters of the longest name that is taken.
        languages: the classes, in order; of an own file they are found out.
        characters: those that have a token id, in order; likewise.
    """

    extra: ClassVar[Extra | None] = Extra("text", "faker")

    samples: Annotated[int, msgspec.Meta(ge=100, le=1_000_000)] = 6000
    length: Annotated[int, msgspec.Meta(ge=2, le=100)] = 16
    languages: Annotated[
        tuple[str, ...], msgspec.Meta(min_length=2, max_length=MOST_LANGUAGES)
    ] = (
        "Croatian", "Dutch", "English", "Finnish", "French", "German", "Irish", "Italian", "Polish",
        "Slovak", "Spanish", "Swedish", "Zulu",
    )  # fmt: skip
    characters: Annotated[str, msgspec.Meta(min_length=2, max_length=MOST_CHARACTERS)] = (
        " '-abcdefghijklmnopqrstuvwxyzßàáâäåæçèéêëíîïñóôöøúüýčćďđěĺľńňřśšťůźżž"
    )

    def check(self, spec: DataSpec) -> None:
        super().check(spec)
        for key, items in (("languages", self.languages), ("characters", self.characters)):
            if len(set(items)) < len(items):
                raise ConfigError(f"data.{key}", "has one twice: remove one")

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.length,), vocab_size=len(self.characters))

    @property
    def reads(self) -> str:
        return self.characters

    @property
    def classes(self) -> int:
        return len(self.languages)

    @property
    def class_names(self) -> list[str]:
        return list(self.languages)
