"""Records read without numpy are those that numpy reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.ui.fabricate import Worker
from tui_dl.protocol.events import Started
from tui_dl.runs.event_log import last_started
from tui_dl.runs.single_step import newest, values
from tui_dl.runs.step_log import read_steps


def test_a_field_of_some_records(tmp_path: Path) -> None:
    run = Worker(tmp_path).start().train(3).run
    started = last_started(run.events)
    assert isinstance(started, Started)
    fields, records = started.step_fields, read_steps(run.steps, started.step_fields)
    for name in ("step", "seconds", "loss", "learning_rate"):
        np.testing.assert_array_equal(values(run.steps, fields, name, 5, 31), records[name][5:31])
    beyond = values(run.steps, fields, "seconds", 50, 1_000)
    np.testing.assert_array_equal(beyond, records["seconds"][50:])
    last = newest(run.steps, fields)
    assert last is not None
    assert last["loss"] == records["loss"][-1]


def test_a_file_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert values(tmp_path / "none", [("seconds", "<f8", ())], "seconds", 0, 9) == []
