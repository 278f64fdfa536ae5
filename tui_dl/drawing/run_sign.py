"""The sign of a run, the same wherever it is shown: where it stands, and how well it ended."""

from __future__ import annotations

from tui_dl.runs.status import Status

SIGNS: dict[Status, tuple[str, str]] = {  # and their styles
    "waiting": ("○", "dim"),
    "starting": ("○", "dim"),
    "compiling": ("◐", "warn"),
    "running": ("●", "train"),
    "paused": ("‖", "warn"),
    "stopping": ("■", "warn"),
    "finished": ("✔", "good"),
    "stopped": ("■", "dim"),
    "failed": ("✘", "bad"),
    "unreadable": ("?", "bad"),
}
DIAGNOSED = ("▲", "warn")  # in place of the tick


def run_sign(status: Status, is_diagnosed: bool, is_better: bool | None) -> tuple[str, str]:
    """One character, and its style, which is that of success only where there was one.

    Args:
        status: where the run stands.
        is_diagnosed: whether something goes wrong in it.
        is_better: whether it is better than its baselines; None where it has none.
    """
    if status == "finished" and is_diagnosed:
        return DIAGNOSED
    sign, style = SIGNS[status]
    return sign, "plain" if style == "good" and is_better is False else style
