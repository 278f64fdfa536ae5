"""How colours look to people who are colour-blind, and how far apart they are then."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from textual.color import Color

# Machado, Oliveira & Fernandes 2009, "A physiologically-based model for simulation of color vision
# deficiency", IEEE TVCG 15(6), severity 1.0; for linear RGB.
KINDS = {
    "none": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# sRGB to XYZ, IEC 61966-2-1, relative to its white point D65.
XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
) / np.array([[0.9505], [1.0], [1.089]])


def distance(one: str, other: str, kind: str) -> float:
    """The distance of two colours in CIELAB (CIE 1976) as they look with a deficiency."""
    return float(np.linalg.norm(_lab(one, kind) - _lab(other, kind)))


def _lab(colour: str, kind: str) -> npt.NDArray[np.float64]:
    levels = np.array(Color.parse(colour).rgb) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.clip(XYZ @ np.clip(KINDS[kind] @ linear, 0, 1), 0.008856, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
