"""Registries: the kinds that a package declares are found by being in its folder."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, Union

import msgspec

Declared = TypeVar("Declared", bound=msgspec.Struct)


class DuplicateKindError(ImportError):
    """Two declarations have the same kind."""


def modules(package: str) -> list[ModuleType]:
    """Import all modules of `package`, which is imported already, in alphabetical order."""
    (folder,) = sys.modules[package].__path__
    names = sorted(file.stem for file in Path(folder).glob("[a-z]*.py"))  # pkgutil imports a lot
    return [import_module(f"{package}.{name}") for name in names]


def declarations(package: str, base: type[Declared]) -> dict[str, type[Declared]]:
    """Import all modules of `package`; return the structs they declare, by kind.

    A declaration is a subclass of `base` with a tag of its own, which is its kind. Modules and
    kinds come in alphabetical order, so that nothing depends on the file system.

    Raises:
        DuplicateKindError: two declarations have one kind; the message names both files.
    """
    found: dict[str, type[Declared]] = {}
    for module in modules(package):
        for value in vars(module).values():
            if not (isinstance(value, type) and issubclass(value, base)):
                continue
            kind = value.__struct_config__.tag
            if kind in (None, value.__name__) or value.__module__ != module.__name__:
                continue  # a base: without its own tag, its tag is its class's name
            if (other := found.setdefault(str(kind), value)) is not value:
                files = (str(sys.modules[it.__module__].__file__) for it in (other, value))
                both = " and ".join(files)
                raise DuplicateKindError(f"two declarations of {kind}: {both}: rename one")
    return dict(sorted(found.items()))


def union(kinds: dict[str, type[Declared]]) -> Any:
    """The type of a table of any of these kinds, for a decoder."""
    return Union[tuple(kinds.values())]  # noqa: UP007 - there are no names to write between bars
