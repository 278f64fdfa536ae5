"""The returns of training episodes, their spread, and the entropy of the policy."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.braille import Curve, draw_curves, labelled
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, by_cell, joined, right
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import counted, fixed
from tui_dl.support.translations import said, tr

TITLE = "returns of training episodes, and exploration"
ORDER = 4
LEAST_SIZE = (36, 9)
WIDE = 60  # columns in which there is room for more words
LABEL = 8  # columns of the axis on the left
BAND, ASCII_BAND = "░", ":"


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """The mean return of each step in the band from lowest to highest; below it the entropy."""
    steps = numbers(artifact, "steps", 1)
    low, mean, high, entropy = (
        numbers(artifact, it, 1) for it in ("low", "mean", "high", "entropy")
    )
    if not len(steps) == len(low) == len(mean) == len(high) == len(entropy):
        raise UnreadableError("its returns are not those of its steps")
    now, most = (float(numbers(artifact, it, 1)[0]) for it in ("policy_entropy", "most"))
    columns = max(width - LABEL, 1)
    below = max((height - 3) // 3, 1)
    above = max(height - 3 - below, 1)
    bottom, top = float(np.nan_to_num(low).min()), float(np.nan_to_num(high).max())
    ends = np.cumsum(np.maximum(np.nan_to_num(steps), 0))
    xs = ends / (ends[-1] or 1.0)

    def share(values: Numbers) -> Numbers:
        return np.asarray((values - bottom) / ((top - bottom) or 1.0))

    curve = Curve(xs.tolist(), share(mean).tolist(), "train")
    band = _band(xs, share(low), share(high), columns, above, look)
    drawn: list[StyledLine] = [
        [
            (f"{tr('return')} ", "strong"),
            (f"{tr('of each episode: ') * (width >= WIDE)}{tr('mean')} {mean[-1]:.4g}, ", "train"),
            (tr("{least} to {most}", least=f"{low[-1]:.4g}", most=f"{high[-1]:.4g}"), "step"),
        ]
    ]
    drawn += labelled(
        _over(draw_curves([curve], columns, above, look), band),
        f"{top:.4g}",
        f"{bottom:.4g}",
        LABEL,
    )
    says = "entropy {now} nats of the policy, {most} if even" if width >= WIDE else "entropy {now}"
    drawn.append(
        [
            (f"{tr('exploration')} ", "strong"),
            (tr(says, now=fixed(now, 3), most=fixed(most, 3)), "second"),
        ]
    )
    line = Curve(xs.tolist(), (entropy / (most or 1.0)).tolist(), "second")
    drawn += labelled(draw_curves([line], columns, below, look), fixed(most, 2), "0", LABEL)
    last = said(counted(int(ends[-1]), "step"))
    drawn.append([(" " * LABEL + "0" + right(last, max(columns - 1, 1)), "dim")])
    return drawn


def _band(
    xs: Numbers, low: Numbers, high: Numbers, columns: int, rows: int, look: Look
) -> list[StyledLine]:
    """The cells between two curves, the highest row first."""
    at = np.minimum(np.searchsorted(xs, (np.arange(columns) + 0.5) / columns), len(xs) - 1)
    first, last = (
        np.minimum(np.clip(np.nan_to_num(it[at]), 0, 1) * rows, rows - 1).astype(int)
        for it in (low, high)
    )
    sign = ASCII_BAND if look.ascii else BAND
    return [
        [
            (
                "".join(sign if a <= row <= b else " " for a, b in zip(first, last, strict=True)),
                "step",
            )
        ]
        for row in reversed(range(rows))
    ]


def _over(front: list[StyledLine], ground: list[StyledLine]) -> list[StyledLine]:
    """What is not blank of the rows in front, and elsewhere those behind."""
    return [
        joined(
            behind if before[0] == " " else before
            for before, behind in zip(by_cell(one), by_cell(other), strict=True)
        )
        for one, other in zip(front, ground, strict=True)
    ]
