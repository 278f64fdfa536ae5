"""Finds the panels of the run screen: each is one file in `run/`, and nothing else names it."""

from __future__ import annotations

from functools import cache

from tui_dl.support.registry import modules
from tui_dl.ui.panels import run
from tui_dl.ui.panels.panel import EVERY_TAB, Panel
from tui_dl.ui.panels.tabs import NAMES


@cache
def panels() -> tuple[type[Panel], ...]:
    """All panels by their order.

    Raises:
        ImportError: a file does not define exactly one panel, of a tab that there is.
    """
    found: list[type[Panel]] = []
    for module in modules(run.__name__):
        own = [
            it
            for it in vars(module).values()
            if isinstance(it, type) and issubclass(it, Panel) and it.__module__ == module.__name__
        ]
        if len(own) != 1:
            raise ImportError(f"{module.__file__}: defines {len(own)} panels, not one")
        if own[0].TAB not in (*NAMES, EVERY_TAB):
            raise ImportError(f"{module.__file__}: TAB is none of {', '.join(NAMES)}")
        found += own
    return tuple(sorted(found, key=lambda it: it.ORDER))
