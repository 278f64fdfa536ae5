"""What the terminal of the dashboard can show, for pictures."""

from __future__ import annotations

from textual.app import App

from tui_dl.drawing.colours import Depth, Look

DEPTHS: dict[str | None, Depth] = {"truecolor": "true", "256": "256", "standard": "16"}


def look_of(app: App[object]) -> Look:
    """The colours of the terminal; where the user wants none, shades stand for numbers."""
    if app.no_color:
        return Look("none")
    return Look(DEPTHS.get(app.console.color_system, "none"))
