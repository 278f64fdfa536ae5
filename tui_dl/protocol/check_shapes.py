"""Checks that the tensors of a checkpoint fit the network of an experiment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from tui_dl.support.errors import UserError


class Shaped(Protocol):
    """An array of any library."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Its size along every axis."""


def check_shapes(expected: Mapping[str, tuple[int, ...]], tensors: Mapping[str, Shaped]) -> None:
    """Raise UserError unless every expected tensor is there, in its shape."""
    for name, shape in expected.items():
        if name not in tensors:
            raise UserError(f"the checkpoint has no {name}, {_text(shape)}: {_EDITED}")
        if tensors[name].shape != shape:
            found = _text(tensors[name].shape)
            raise UserError(
                f"{name} is {found} in the checkpoint and {_text(shape)} in the experiment: "
                f"{_EDITED}"
            )


_EDITED = "undo the change of experiment.toml, or train it as a run of its own"


def _text(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))
