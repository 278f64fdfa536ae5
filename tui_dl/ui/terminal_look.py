"""What the terminal of a dashboard can show: the one place where that is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from tui_dl.support.locales import shows_unicode

if TYPE_CHECKING:
    from tui_dl.drawing.colours import Depth, Look

# By what Rich calls it, which looks at COLORTERM and TERM; any other has the 16 colours.
DEPTHS: dict[str | None, Depth] = {"truecolor": "true", "256": "256"}


def look_of(app: App[Any]) -> Look:
    """The colours of the terminal that shows `app`: none where NO_COLOR is set."""
    from tui_dl.drawing.colours import Look  # brings numpy: after the first frame

    depth = "none" if app.no_color else DEPTHS.get(app.console.color_system, "16")
    return Look(depth, not shows_unicode(), not app.current_theme.dark)
