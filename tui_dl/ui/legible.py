"""Contrast of colours, and the nearest colour that has enough of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.color import Color

from tui_dl.drawing.luminance import luminance

TEXT, LINES = 4.5, 3.0  # least contrast, after WCAG 2.2, criteria 1.4.3 and 1.4.11
STEPS = 40  # from a colour to black or white
BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((luminance(one.rgb), luminance(other.rgb)))
    return (high + 0.05) / (low + 0.05)


def legible(colour: Color, grounds: Sequence[Color], least: float) -> Color:
    """`colour`, or what is nearest to it on the way to black or white, with enough contrast."""
    solid = grounds[0].blend(colour, colour.a).with_alpha(1.0)
    end = max((BLACK, WHITE), key=lambda it: min(contrast(it, ground) for ground in grounds))
    for step in range(STEPS):
        found = solid.blend(end, step / STEPS)
        if min(contrast(found, ground) for ground in grounds) >= least:
            return found
    return end
