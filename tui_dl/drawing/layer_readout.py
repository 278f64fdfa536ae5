"""What is read off the figures of layers, in one line."""

from __future__ import annotations

from tui_dl.drawing.layer_scale import MEANINGS
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.layer_figure import LayerFigure
from tui_dl.support.formatting import short, whole
from tui_dl.support.translations import tr

CURSOR = "▸"


def readout(figure: LayerFigure, cursor: int | None) -> StyledLine:
    """The layer at the cursor with its exact value, or what is to be said of all of them."""
    meaning = MEANINGS[figure.kind]
    if cursor is None or not 0 <= cursor < len(figure.layers):
        return [(f" {verdict(figure)}", "dim")]
    value = figure.now[cursor]
    row: StyledLine = [
        (f"{CURSOR}{figure.layers[cursor]} ", "strong"),
        (meaning.say(value), "strong"),
        (f" {tr('after step {step}', step=whole(figure.step))}", "dim"),
    ]
    last = figure.now[-1]
    if figure.kind == "gradient" and last > 0 and cursor < len(figure.layers) - 1:
        share = tr(", {ratio} of {layer}'s", ratio=short(value / last), layer=figure.layers[-1])
        row.append((share, "dim"))
    return row


def verdict(figure: LayerFigure) -> str:
    """How far apart the layers are: the first and the last, or the lowest and the highest."""
    meaning, now = MEANINGS[figure.kind], figure.now
    if figure.kind == "gradient":
        if len(now) < 2 or not now[-1] > 0 or not now[0] / now[-1] < float("inf"):
            return ""
        ratio = now[0] / now[-1]
        fault = f" {tr(meaning.fault)}" * (ratio < meaning.threshold)
        words = f"{ratio:.2g}" if 0.01 <= ratio < 100 else f"{ratio:.0e}"
        return tr("first/last {ratio}", ratio=words) + fault
    known = [number for number, value in enumerate(now) if abs(value) < float("inf")]
    if not known:
        return ""
    most = max(known, key=lambda number: now[number])
    return f"{tr('highest')}: {figure.layers[most]} {meaning.say(now[most])}"


def left_out(figure: LayerFigure, shown: int) -> str:
    """For a title, where not all layers are shown: how many are."""
    if shown >= figure.count:
        return ""
    layers = tr("{place} of {count} layers", place=whole(shown), count=whole(figure.count))
    return f", {layers}"
