"""Checkpoint files: what comes back is what was written, and nothing else passes for it."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_run import epoch, finished_run, records, run_folder, started
from tui_dl.protocol.commands import Stop
from tui_dl.protocol.events import Acknowledged, Checkpointed, Compiled, Paused
from tui_dl.runs import checkpoint, lock
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run
from tui_dl.runs.mailbox import send
from tui_dl.runs.rewind import rewind
from tui_dl.runs.status import State
from tui_dl.runs.step_log import StepLog
from tui_dl.spec.train.config import Change
from tui_dl.support.errors import UserError

TENSORS = {
    "dense_1.weight": np.arange(640, dtype=np.float32).reshape(10, 64),
    "dense_1.bias": np.array([np.nan, np.inf, -0.0] + [1e-45] * 7, np.float32),
}
METADATA = {"epoch": "3", "step": "60", "position": "{}", "events": "40", "steps": "0"}


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "last.safetensors"
    turned = {"turned": TENSORS["dense_1.weight"].T}
    checkpoint.write(path, TENSORS | turned, METADATA)
    tensors, metadata = checkpoint.read(path)
    assert metadata == METADATA
    for name, tensor in (TENSORS | turned).items():
        assert tensors[name].tobytes() == np.ascontiguousarray(tensor).tobytes()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@given(data=st.data())
def test_any_damage_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("kept") / "last.safetensors"
    checkpoint.write(path, TENSORS, METADATA)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del content[place:]
    path.write_bytes(content)
    try:
        tensors, metadata = checkpoint.read(path)
    except UserError as error:
        assert "delete it, and the run starts again" in str(error)  # noqa: PT017
    else:  # a blank of the header became another one
        assert metadata == METADATA
        assert {name: t.tobytes() for name, t in tensors.items()} == {
            name: t.tobytes() for name, t in TENSORS.items()
        }


def kept(run: Run, **changes: np.ndarray) -> None:
    lines = run.events.read_bytes().splitlines(keepends=True)
    sizes = {"events": str(len(b"".join(lines[:2]))), "steps": str(run.steps.stat().st_size // 3)}
    checkpoint.write(run.last, TENSORS | changes, METADATA | sizes)


def test_rewinding_leaves_what_was_there_at_the_checkpoint(home: Path) -> None:
    run = finished_run(home)
    kept(run)
    run.record(Change(step=10, learning_rate=0.5))
    run.record(Change(step=60, stop=True))
    send(run.control, Stop())
    run.log.write_text("an old complaint")
    lines, steps = run.events.read_bytes().splitlines(keepends=True), run.steps.read_bytes()
    rewind(run)
    *left, new = run.events.read_bytes().splitlines(keepends=True)
    assert left == lines[:2]
    assert new.startswith(b'{"event":"Resumed"')
    assert run.steps.read_bytes() == steps[: len(steps) // 3]
    assert Run(run.path).experiment.train.change == [Change(step=10, learning_rate=0.5)]
    assert not list(run.control.iterdir())
    assert not run.log.exists()


def test_what_was_asked_of_the_worker_before_is_over(home: Path) -> None:
    for asked, status in (
        (Acknowledged(command="stop", step=20), "stopping"),
        (Paused(step=20), "paused"),
    ):
        run = run_folder(home, status)
        held = lock.hold(run.lock)
        log, steps = EventLog(run.events), StepLog(run.steps)
        steps.append(records(20))
        for event in (started(), Compiled(seconds=1, kernels=0), epoch(1, 0.5, 1), asked):
            log.append(event)
        sizes = {"events": str(log.size), "steps": str(steps.size)}
        checkpoint.write(run.last, TENSORS, METADATA | sizes)
        log.append(Checkpointed(name="last", epoch=1, step=20))
        state = State(run)
        seen = [state.status]
        for _ in range(2):  # again: its worker did not even begin
            rewind(run)
            assert (State(run).status, State(run).events[:4]) == ("starting", state.events[:4])
            state.update()
            seen.append(state.status)
        for event in (started(step=20), Compiled(seconds=1, kernels=0), epoch(2, 0.5, 1)):
            EventLog(run.events).append(event)
            state.update()
            seen.append(state.status)
        assert seen == [status, "starting", "starting", "starting", "running", "running"]
        os.close(held)


def test_without_a_checkpoint_it_is_the_beginning(home: Path) -> None:
    run = finished_run(home)
    rewind(run)
    assert run.events.read_bytes() == run.steps.read_bytes() == b""


def test_a_checkpoint_that_cannot_be_used_changes_nothing(home: Path) -> None:
    run = finished_run(home)
    kept(run, **{"dense_1.weight": np.zeros((10, 32), np.float32)})
    before = run.events.read_bytes(), run.steps.read_bytes()
    says = "dense_1.weight is 10 × 32 in the checkpoint and 10 × 64 in the experiment"
    with pytest.raises(UserError, match=says):
        rewind(run)
    checkpoint.write(run.last, TENSORS, {"epoch": "3", "step": "60"})
    with pytest.raises(UserError, match="does not say where training stands: delete it"):
        rewind(run)
    run.last.write_bytes(b"nonsense")
    with pytest.raises(UserError, match="damaged: delete it"):
        rewind(run)
    kept(run)
    steps = before[1]
    run.steps.write_bytes(steps[:7])
    with pytest.raises(UserError, match=r"steps\.bin: .* bytes are missing, so that the run"):
        rewind(run)
    run.steps.write_bytes(steps)
    assert (run.events.read_bytes(), run.steps.read_bytes()) == before
