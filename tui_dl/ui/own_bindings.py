"""Tells the dashboard's own keys from those that Textual's widgets have."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode

PACKAGE = str(__package__)


def own_bindings(node: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that the dashboard itself gives to a class, and no class of Textual."""
    for cls in node.__mro__:
        if cls.__module__.startswith(PACKAGE):
            yield from Binding.make_bindings(vars(cls).get("BINDINGS", ()))


def is_own(active: ActiveBinding) -> bool:
    """Whether the dashboard itself binds an action, and not a widget of Textual."""
    return any(it.action == active.binding.action for it in own_bindings(type(active.node)))
