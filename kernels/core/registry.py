"""Finds what computes a kind: the one class in the file of that name."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TypeVar

Found = TypeVar("Found")


def class_of(package: str, kind: str, base: type[Found]) -> type[Found]:
    """The subclass of `base` that is defined in the module `kind` of `package`.

    It is imported when it is first asked for, so a network imports what it uses.

    Raises:
        ModuleNotFoundError: there is no such file.
        ImportError: it does not define exactly one such class; the message names the file.
    """
    module = import_module(f"{package}.{kind}")
    found = classes_in(module, base)
    if len(found) != 1:
        raise ImportError(f"{module.__file__}: defines {len(found)} of {base.__name__}, not one")
    return found[0]


def classes_in(module: ModuleType, base: type[Found]) -> list[type[Found]]:
    """The subclasses of `base` that a module defines itself, not those that it imports."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, base)
        and value.__module__ == module.__name__
    ]
