"""Norms of the weights by epoch, and of their average with and without bias correction."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.braille import Curve, draw_curves, labelled
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, right
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import short, whole
from tui_dl.support.translations import tr

TITLE = "moving average of the weights"
ORDER = 4
LEAST_SIZE = (36, 8)
LABEL = 8  # columns of the axis on the left
WORDS = {  # a curve, what it is called where there is room and where there is none, style, sign
    "weights": ("weights after the last step", "last step", "step", "."),
    "uncorrected": ("average from 0", "from 0", "second", "-"),
    "corrected": ("average, corrected", "corrected", "train", "o"),
}


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A curve each over one axis from 0; the legend has the last number of each."""
    curves = {name: numbers(artifact, name, 1) for name in WORDS}
    epochs = numbers(artifact, "epoch", 1)
    if {len(it) for it in curves.values()} != {len(epochs)} or not len(epochs):
        raise UnreadableError("its averages are not those of its epochs")
    most = float(np.nan_to_num([it.max() for it in curves.values()]).max()) or 1.0
    with np.errstate(all="ignore"):  # what is not finite is not drawn
        xs = (epochs / epochs[-1]).tolist()
    drawn = [
        Curve(xs, (curves[name] / most).tolist(), style, sign)
        for name, (_, _, style, sign) in WORDS.items()
    ]
    legend: StyledLine = []
    for name, (long, brief, style, sign) in WORDS.items():
        word = long if width >= 80 else brief
        mark = f"{sign} " * look.ascii
        legend.append((f"{mark}{tr(word)} {short(float(curves[name][-1]))}  ", style))
    columns = max(width - LABEL, 1)
    rows = labelled(draw_curves(drawn, columns, max(height - 3, 1), look), short(most), "0", LABEL)
    last = tr("epoch {epoch}", epoch=whole(int(epochs[-1])))
    foot: StyledLine = [(" " * LABEL + "0" + right(last, max(columns - 1, 1)), "dim")]
    return [legend, [(tr("norm of all weights"), "dim")], *rows, foot][:height]
