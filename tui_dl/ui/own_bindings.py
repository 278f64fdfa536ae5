"""Tells the dashboard's own keys from those that Textual's widgets have."""

from __future__ import annotations

from textual.binding import ActiveBinding, Binding

PACKAGE = str(__package__)


def is_own(active: ActiveBinding) -> bool:
    """Whether the dashboard itself binds an action, and not a widget of Textual."""
    return any(
        binding.action == active.binding.action
        for cls in type(active.node).__mro__
        if cls.__module__.startswith(PACKAGE) and "BINDINGS" in vars(cls)
        for binding in Binding.make_bindings(vars(cls)["BINDINGS"])
    )
