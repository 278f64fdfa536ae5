"""Why a run failed, and the last lines its worker wrote."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui_dl.runs.status import LOG_LINES
from tui_dl.ui.frame import TALL
from tui_dl.ui.snapshot import Snapshot


class FailurePanel(Static):
    """Hidden unless the run failed."""

    failure: reactive[tuple[str, tuple[str, ...]] | None] = reactive(None)

    BORDER_TITLE = "Failed"

    def show(self, snapshot: Snapshot) -> None:
        """Take the reason and the log from `snapshot`."""
        self.failure = (snapshot.failure, tuple(snapshot.log)) if snapshot.failure else None

    @property
    def _room(self) -> int:
        """Lines of the log that leave the charts enough."""
        return LOG_LINES if self.app.size.height >= TALL else 2

    def watch_failure(self) -> None:
        self.display = self.failure is not None
        if self.failure is not None:
            reason, log = self.failure
            lines = [Content.styled(reason, "$text-error")]
            lines += [
                Content.styled(line, "$foreground-muted")
                for line in log[-self._room :]
                if line not in reason
            ]
            self.update(Content("\n").join(lines))
