"""The metrics of a run that are one number, in words."""

from __future__ import annotations

from collections.abc import Iterator

from tui_dl.protocol.events import Metrics
from tui_dl.support.formatting import short
from tui_dl.support.terminal_text import printable


def scalar_metrics(metrics: Metrics) -> Iterator[tuple[str, str]]:
    """Name and value of each but accuracy and return, which are printed beside the loss."""
    for name, value in metrics.items():
        if name in ("accuracy", "return") or isinstance(value, list):
            continue
        figure = "undefined" if value is None else short(value)
        yield printable(name.replace("_", " ")), figure
