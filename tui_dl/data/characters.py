"""Text as token ids, one for each character: its index among the known characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.support.formatting import quoted

Tokens = npt.NDArray[np.int32]


def encode(texts: Sequence[str], characters: str, longest: int) -> tuple[Tokens, Tokens]:
    """Token ids (texts, longest), with -1 after the end of a text, and the lengths (texts,).

    Raises:
        ValueError: a text is empty, longer than `longest`, or has other characters.
    """
    tokens = np.full((len(texts), longest), -1, np.int32)
    token_of = {character: token for token, character in enumerate(characters)}
    for row, text in zip(tokens, texts, strict=True):
        if unknown := [character for character in text if character not in token_of]:
            raise ValueError(
                f"{quoted(text)}: {unknown[0]!r} is not one of the characters {quoted(characters)}"
            )
        if not 0 < len(text) <= longest:
            raise ValueError(
                f"{quoted(text)}: {len(text):,} characters: 1 to {longest} are allowed"
            )
        row[: len(text)] = [token_of[character] for character in text]
    return tokens, np.array([len(text) for text in texts], np.int32)


def decode(tokens: Any, characters: str) -> list[str]:
    """The texts of rows of token ids; ids of no character are left out."""
    return [
        "".join(characters[token] for token in row if 0 <= token < len(characters))
        for row in tokens.tolist()
    ]
