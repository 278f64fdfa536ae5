"""Texts that are shown from where classes declare them, not through a call of `tr`."""

from __future__ import annotations


def shown_by_classes() -> set[str]:
    """All of them."""
    return set()
