"""Histograms of the reconstruction errors of two classes, the threshold, and the ROC curve."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.bars import upright
from tui_dl.drawing.braille import Curve, draw_curves
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, by_cell, column, cut, joined
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import percent, short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "reconstruction errors of test samples"
ORDER = 5
LEAST_SIZE = (36, 8)
STYLES = "validation", "heat"  # of the two classes
LINE, ASCII_LINE = "│", "|"
WIDE, ROC = 84, 28  # columns in which there is room for the ROC curve beside, and its own
ROOMY = 60  # columns in which there is room for the shares of both classes
HIGH = 10  # rows likewise
GAP = 2


class Errors(NamedTuple):
    """Errors of both classes, on a logarithmic axis from `low` to `high`."""

    of: tuple[Numbers, Numbers]
    threshold: float
    low: float
    high: float

    def places(self, errors: Numbers) -> Numbers:
        """Where errors are on the axis, from 0 to 1."""
        low, high = np.log([self.low, self.high])
        return np.asarray((np.log(np.maximum(errors, self.low)) - low) / (high - low))


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A histogram for each class, one above the other; what is right of the line is flagged."""
    found, names = _errors(artifact), _names(artifact)
    area, detected, alarms = (
        float(numbers(artifact, it, 1)[0]) for it in ("error_auc", "detected", "false_alarms")
    )
    beside = width >= WIDE and height >= HIGH
    columns = width - (ROC + GAP if beside else 0)
    rows = max((height - 4) // 2, 1)
    says = "flagged: {detected} of {second}, {alarms} of {first}"
    shares = {"detected": percent(detected), "alarms": percent(alarms)}
    above = tr(says, second=names[1], first=names[0], **shares)
    if width < ROOMY:
        above = f"{tr('flagged')}: {percent(detected)}"
    drawn: list[StyledLine] = [[(f"ROC AUC {area:.3f}  ", "strong"), (above, "plain")]]
    for errors, name, style in zip(found.of, names, STYLES, strict=True):
        drawn += _histogram(found, errors, f"{name} {len(errors)}", style, columns, rows, look)
    drawn.append(_axis(found, columns, look))
    if not beside:
        return drawn
    curve = _roc(found, names, 2 * rows, look)
    for row, more in zip(drawn[1:], curve, strict=False):
        row += [(" " * GAP, "plain"), *more]
    return drawn


def _errors(artifact: Artifact) -> Errors:
    """The errors of an artifact; raises UnreadableError where they are not those of two classes."""
    errors, labels = numbers(artifact, "errors", 1), numbers(artifact, "labels", 1)
    limit = float(numbers(artifact, "threshold", 1)[0])
    if errors.shape != labels.shape or not np.isfinite(limit):
        raise UnreadableError("its errors are not those of its labels, or it has no threshold")
    there = np.isfinite(errors)
    axis = np.append(errors[there], limit)
    low = float(max(axis[axis > 0].min(initial=np.inf), axis.max() * 1e-6, 1e-30))
    low = low if np.isfinite(low) else 1e-30
    high = max(float(axis.max()), low * 1.01)
    of = errors[there & (labels == 0)], errors[there & (labels == 1)]
    return Errors(of, limit, low, high)


def _names(artifact: Artifact) -> list[str]:
    """What both classes are called."""
    names = [printable(it) for it in artifact.labels.get("classes", [])]
    return names if len(names) == 2 else [f"{tr('class')} 0", f"{tr('class')} 1"]


def _histogram(
    found: Errors,
    errors: Numbers,
    name: str,
    style: str,
    columns: int,
    rows: int,
    look: Look,
) -> list[StyledLine]:
    """The bars of one class under its name, with the line of the threshold through them."""
    places = np.minimum(found.places(errors) * columns, columns - 1).astype(int)
    bars = upright(np.bincount(places, minlength=columns).astype(float), rows, look.ascii)
    drawn: list[StyledLine] = [[(column(name, columns), style)]]
    drawn += [[(bar, style)] for bar in bars]
    return [_with_line(row, _limit(found, columns), look) for row in drawn]


def _with_line(row: StyledLine, at: int, look: Look) -> StyledLine:
    """A row with the line of the threshold where it is blank there."""
    cells = by_cell(row)
    if cells[at][0] == " ":
        cells[at] = (ASCII_LINE if look.ascii else LINE, "warn")
    return joined(cells)


def _limit(found: Errors, columns: int) -> int:
    """The column of the threshold."""
    return min(int(found.places(np.array([found.threshold]))[0] * columns), columns - 1)


def _axis(found: Errors, columns: int, look: Look) -> StyledLine:
    """The ends of the axis, and the threshold under its line, where there is room for it."""
    low, high = short(found.low), short(found.high)
    says = f"{tr('threshold')} {short(found.threshold)}"
    first = len(low) + 1
    last = columns - len(high) - cell_len(says) - 1
    if last < first:
        return [(says, "warn")]
    at = min(max(_limit(found, columns) - len(says) // 2, first), last)
    gap = columns - at - len(says) - len(high)
    return [(column(low, at), "dim"), (says, "warn"), (" " * gap + high, "dim")]


def _roc(found: Errors, names: list[str], rows: int, look: Look) -> list[StyledLine]:
    """The share of the second class that is flagged, over that of the first, for all thresholds."""
    normal, faulty = found.of
    limits = np.sort(np.concatenate(found.of))[::-1]
    shares = [
        np.concatenate([[0.0], (errors >= limits[:, None]).mean(axis=1)])
        if len(errors)
        else np.zeros(len(limits) + 1)
        for errors in (normal, faulty)
    ]
    side = [(LINE if not look.ascii else ASCII_LINE, "axis")]
    chance = Curve((0, 1), (0, 1), "dim", ".")
    curve = Curve(shares[0].tolist(), shares[1].tolist(), "strong", "*")
    drawn: list[StyledLine] = [[(cut(f"ROC: {names[1]} {tr('flagged')}", ROC), "dim")]]
    drawn += [[*side, *row] for row in draw_curves([chance, curve], ROC - 1, rows, look)]
    says = tr("{name} flagged: 0 to 1", name=names[0])
    return [*drawn, [(says if cell_len(says) <= ROC else "0 – 1", "dim")]]
