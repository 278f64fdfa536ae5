"""Finds the observers: a file of this package that defines one is a kind of artifact."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from tui_dl.engine.observers.base import Observer
from tui_dl.kernels.core.registry import classes_in


@cache
def observers() -> dict[str, type[Observer]]:
    """The observers that this package's files define, by kind, in alphabetical order.

    Raises:
        ImportError: a file defines more than one; the message names it.
    """
    found: dict[str, type[Observer]] = {}
    for kind in sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py")):
        module = import_module(f"{__package__}.{kind}")
        own = [it for it in classes_in(module, Observer) if it is not Observer]
        if len(own) > 1:
            raise ImportError(f"{module.__file__}: defines {len(own)} observers, not one")
        if own:
            found[kind] = own[0]
    return found
