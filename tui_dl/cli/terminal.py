"""Whether the terminal can show the dashboard."""

from __future__ import annotations

import os
import shutil
import sys

from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError


def have_terminal() -> bool:
    """Whether there is a terminal that a full-screen program can draw on."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def need_terminal() -> None:
    """Raise UserError unless the dashboard can be shown here."""
    headless = command_line("train", "PRESET", "--headless")
    if have_terminal():
        fits, says = terminal_size()
        if not fits:
            raise UserError(f"{says}: enlarge it, or use `{headless}`")
    elif os.environ.get("TERM") == "dumb":
        raise UserError(
            "TERM=dumb: this terminal cannot show a full-screen program: "
            f"set TERM, for example to xterm-256color, or use `{headless}`"
        )
    else:
        raise UserError(
            "the dashboard needs a terminal, and there is none: "
            f"see `{command_line('runs')}`, `{command_line('show', 'last')}` or `{headless}`"
        )


def terminal_size() -> tuple[bool, str]:
    """Whether the terminal is large enough, and its size beside the least one, in words."""
    from tui_dl.ui.panels.frame import LEAST_HEIGHT, LEAST_WIDTH

    size = shutil.get_terminal_size()
    return size.columns >= LEAST_WIDTH and size.lines >= LEAST_HEIGHT, (
        f"the terminal has {size.columns}×{size.lines} cells and the dashboard needs "
        f"{LEAST_WIDTH}×{LEAST_HEIGHT}"
    )
