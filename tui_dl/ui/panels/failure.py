"""Why a run failed, and the last lines its worker wrote."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui_dl.runs.view import RunView
from tui_dl.support.terminal_text import printable


class FailurePanel(Vertical):
    """Hidden unless the run failed; only a tall screen shows more than the last line of the log."""

    failure: reactive[tuple[str, tuple[str, ...]] | None] = reactive(None, toggle_class="-any")

    BORDER_TITLE = "Failed"

    def compose(self) -> ComposeResult:
        for id in ("reason", "earlier-log", "last-log"):
            yield Static(id=id)

    def show(self, view: RunView) -> None:
        """Show the reason and the log of `view`."""
        self.failure = (view.failure, tuple(view.log)) if view.failure else None

    def watch_failure(self) -> None:
        if self.failure is None:
            return
        reason, log = self.failure
        lines = [printable(line) for line in log if line not in reason]
        self._write("#reason", [printable(reason)], "$text-error")
        self._write("#earlier-log", lines[:-1], "$foreground-muted")
        self._write("#last-log", lines[-1:], "$foreground-muted")

    def _write(self, id: str, lines: list[str], style: str) -> None:
        part = self.query_one(id, Static)
        part.update(Content.styled("\n".join(lines), style))
        part.set_class(bool(lines), "-any")
