"""Why a run failed, and the last lines its worker wrote."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui_dl.runs.view import RunView
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.frame import TALL


class FailurePanel(Static):
    """Hidden unless the run failed."""

    failure: reactive[tuple[str, tuple[str, ...]] | None] = reactive(None, toggle_class="-any")

    BORDER_TITLE = "Failed"

    def show(self, view: RunView) -> None:
        """Take the reason and the log from `view`."""
        self.failure = (view.failure, tuple(view.log)) if view.failure else None

    def watch_failure(self) -> None:
        if self.failure is not None:
            reason, log = self.failure
            rest = [line for line in log if line not in reason]
            if self.app.size.height < TALL:  # the charts need the rows
                rest = rest[-1:]
            lines = [Content.styled(printable(line), "$foreground-muted") for line in rest]
            self.update(
                Content("\n").join([Content.styled(printable(reason), "$text-error"), *lines])
            )
