"""How light a colour is; no numpy, for the themes are made at the start."""

from __future__ import annotations

from collections.abc import Sequence


def luminance(rgb: Sequence[float]) -> float:
    """The relative luminance of WCAG 2.2, from 0 to 1, of red, green and blue from 0 to 255."""
    parts = zip(rgb, (0.2126, 0.7152, 0.0722), strict=True)
    return sum(weight * _linear(level / 255) for level, weight in parts)


def _linear(level: float) -> float:
    """A level of sRGB as a share of light."""
    return float(level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4)
