"""Names from Faker's lists, for generated sentences: of persons, of places, of what firms are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from tui_dl.support.rng import stream

FIRST_NAMES = ("en_US", "de_DE", "fr_FR", "it_IT")
LAST_NAMES = ("en_US", "de_DE", "fr_FR", "es_ES")
CITIES = ("de_DE", "da_DK", "fi_FI", "pl_PL")
COUNTRIES = ("en_US",)
PLAIN = re.compile(r"[^\W\d_]+(?:[-' ][^\W\d_]+)*")  # letters; no signs, so that it is whole words
LONGEST = 2  # words of a name in a list
UNSEEN = 0.4  # the share of names that training does not have


class Names(NamedTuple):
    """Names that sentences are made with."""

    first: list[str]
    last: list[str]
    cities: list[str]
    countries: list[str]


def names(seed: int) -> tuple[Names, Names]:
    """Names for training, and others for evaluation: no word of these is in one of training."""
    lists = (
        _listed("person", FIRST_NAMES, "first_names"),
        _listed("person", LAST_NAMES, "last_names"),
        _listed("address", CITIES, "cities"),
        _listed("address", COUNTRIES, "countries"),
    )
    random = stream(seed, "sentence names")
    train, others = zip(*(_divided(it, random) for it in lists), strict=True)
    seen = {word for part in train for name in part for word in name.split()}
    unseen = [[name for name in part if not seen & set(name.split())] for part in others]
    return Names(*train), Names(*unseen)


def _listed(provider: str, locales: Iterable[str], attribute: str) -> list[str]:
    """The names of Faker's lists for some locales, each once, in alphabetical order."""
    found: set[str] = set()
    for locale in locales:
        module: Any = import_module(f"faker.providers.{provider}.{locale}")
        found |= {str(it) for it in getattr(module.Provider, attribute)}
    short = (name for name in found if len(name.split()) <= LONGEST)
    return sorted(name for name in short if PLAIN.fullmatch(name) and name[0].isupper())


def _divided(listed: list[str], random: np.random.Generator) -> tuple[list[str], list[str]]:
    """The names of a list for training, and the others."""
    shuffled = [listed[it] for it in random.permutation(len(listed)).tolist()]
    first = round(len(shuffled) * UNSEEN)
    return shuffled[first:], shuffled[:first]
