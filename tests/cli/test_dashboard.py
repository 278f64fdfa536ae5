"""What the shell says of a run that the dashboard has left."""

from __future__ import annotations

from pathlib import Path

from tests.ui.fabricate import Worker
from tui_dl.cli.dashboard import goodbye
from tui_dl.protocol import commands, events
from tui_dl.runs import mailbox


def test_a_run_goes_on_is_paused_or_stops(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)
    assert goodbye(worker.run).startswith("lenet5 keeps running in the background.\n")
    worker.append(events.Paused, step=20)
    assert goodbye(worker.run).startswith("lenet5 is paused.\n")
    mailbox.send(worker.run.control, commands.Stop())
    assert goodbye(worker.run) == "lenet5 is stopping; its weights and curves are kept."


def test_a_run_that_was_told_to_stop_and_answered(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)
    worker.append(events.Acknowledged, command="stop", step=20)
    assert "stopping" in goodbye(worker.run)
