"""Figures of events."""

from typing import Any


def number(figure: float | list[Any] | None) -> float:
    """A loss or metric that is one number."""
    assert figure is not None
    assert not isinstance(figure, list)
    return figure
