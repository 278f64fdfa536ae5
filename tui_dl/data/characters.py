"""Text as symbols, one a character: the n-th of the characters there are is symbol n."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Tokens = npt.NDArray[np.int32]


def encode(texts: Sequence[str], characters: str, longest: int) -> tuple[Tokens, Tokens]:
    """Symbols (texts, longest), -1 behind a text's end, and how many each text has.

    Raises:
        ValueError: a text is empty, longer than that, or has other characters; it is named.
    """
    vocab_size = np.full((len(texts), longest), -1, np.int32)
    place = {character: symbol for symbol, character in enumerate(characters)}
    for row, text in zip(vocab_size, texts, strict=True):
        if unknown := [character for character in text if character not in place]:
            raise ValueError(f"{text!r}: {unknown[0]!r} is none of the characters {characters!r}")
        if not 0 < len(text) <= longest:
            raise ValueError(f"{text!r}: {len(text)} characters, and 1 to {longest} are taken")
        row[: len(text)] = [place[character] for character in text]
    return vocab_size, np.array([len(text) for text in texts], np.int32)


def decode(vocab_size: Any, characters: str) -> list[str]:
    """The texts that rows of symbols stand for; those that are no character are left out."""
    return [
        "".join(characters[symbol] for symbol in row if 0 <= symbol < len(characters))
        for row in vocab_size.tolist()
    ]
