"""How far the compiling of a network's kernels is, in words and as a bar."""

from __future__ import annotations

from tui_dl.drawing.styled_text import StyledLine, centred, length
from tui_dl.protocol.events import Compiling
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

MOST = 40  # cells of the bar
DONE, AHEAD = "━", "─"


def kernels_ready(compiling: Compiling) -> str:
    """How many kernels are ready of all that the network needs."""
    return tr("kernels {ready}/{all}", ready=compiling.ready, all=compiling.kernels)


def compiling_rows(compiling: Compiling, width: int) -> list[StyledLine]:
    """The kernel, a bar with how many are ready, and what follows; in the middle of `width`."""
    cells = min(width // 2, MOST)
    done = min(compiling.ready * cells // max(compiling.kernels, 1), cells)
    bar: StyledLine = [(DONE * done, "train"), (AHEAD * (cells - done), "faint")]
    bar.append((f" {kernels_ready(compiling)}", "strong"))
    first = tr("compiling {kernel}", kernel=printable(compiling.kernel))
    return [
        [(centred(first, width), "dim")],
        [(" " * ((width - length(bar)) // 2), "plain"), *bar],
        [(centred(tr("then training begins"), width), "dim")],
    ]
