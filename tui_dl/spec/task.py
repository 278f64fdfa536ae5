"""The task of a network: what kind of answer it gives."""

from __future__ import annotations

from typing import Literal

Task = Literal[
    "classify",  # one class of a sample
    "estimate",  # real numbers, such as the next values of a series
    "tag",  # a class for each place of a sequence
    "translate",  # another sequence, written by a decoder, such as a tune in a style
    "complete",  # how a text goes on
    "score",  # how far a sample is from its reconstruction
    "act",  # the actions of an environment
]
