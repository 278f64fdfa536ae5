"""What the terminal of the dashboard can show, for pictures."""

from __future__ import annotations

from textual.app import App

from tui_dl.drawing.colours import Depth, Look

_DEPTHS: dict[str | None, Depth] = {"truecolor": "true", "256": "256", "standard": "16"}


def terminal_look(app: App[object]) -> Look:
    """The colours that the terminal has; none where the user asked for none."""
    if app.no_color:
        return Look("none")
    return Look(_DEPTHS.get(app.console.color_system, "none"))
