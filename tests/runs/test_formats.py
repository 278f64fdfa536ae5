"""Run folders of every format open in every command; newer ones are refused in one line."""

import json
import shutil
import time
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.fake_run import diagnosed, epoch, finished_run, run_folder, started
from tests.ui.screens import drive, eventually, text
from tui_dl import load
from tui_dl.cli.main import main
from tui_dl.engine.train.state import Position
from tui_dl.process import launch
from tui_dl.protocol.commands import Set, Stop
from tui_dl.protocol.events import Acknowledged, Started
from tui_dl.runs import checkpoint, lock
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs, find
from tui_dl.runs.listing import listed
from tui_dl.runs.mailbox import send
from tui_dl.runs.short_title import title_of
from tui_dl.runs.status import State
from tui_dl.runs.step_log import read_steps
from tui_dl.spec.format import FORMAT
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError

FIXTURES = Path(__file__).parents[1] / "fixtures"
FORMATS = range(FORMAT + 1)
STATUSES = {
    "unstarted": "failed",
    "failed": "failed",
    "stopped": "stopped",
    "paused-conv": "failed",
    "paused": "failed",
    "recurrent": "finished",
    "conv": "finished",
    "dense": "finished",
}


@pytest.fixture(params=FORMATS, ids=lambda number: f"format_{number}")
def fixtures(request: pytest.FixtureRequest, home: Path) -> Path:
    """A copy of the run folders of one format, as the home of all runs."""
    shutil.copytree(FIXTURES / f"format_{request.param}", home)
    return home


def resume(run: Run) -> State:
    """The run, once a new worker has brought it to its end."""
    launch.resume(run, 1)
    deadline = time.monotonic() + 120
    while lock.is_held(run.lock):
        assert time.monotonic() < deadline, "the worker does not end"
        time.sleep(0.05)
    return State(run)


def figures(run: Run) -> list[dict[str, Any]]:
    """What the ends of all epochs say, without times."""
    fields = ("epoch", "step", "train_loss", "validation_loss", "best_epoch", "waited")
    return [{it: getattr(event, it) for it in fields} for event in State(run).epochs]


def test_all_runs_are_listed_shown_and_read(
    fixtures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = all_runs(fixtures)
    assert {run.name: listed(run).status for run in runs} == STATUSES
    assert main(["runs"]) == 0
    shown = capsys.readouterr().out
    for run in runs:
        assert run.id in shown
        assert main(["show", run.id]) == 0
        assert run.id in capsys.readouterr().out
        assert main(["show", "--json", run.id]) == 0
        facts = json.loads(capsys.readouterr().out)
        assert facts["status"] == STATUSES[run.name]
        assert main(["check", str(run.file)]) == 0
        capsys.readouterr()
        assert read(run.file) == run.experiment
        assert not State(run).damage
        run.check_seal()


@pytest.mark.parametrize("name", [*STATUSES])
def test_the_dashboard_opens_it(fixtures: Path, name: str) -> None:
    run = find(fixtures, name)

    async def look(app: Any, pilot: Any) -> None:
        await eventually(app, pilot, STATUSES[name])
        assert text(app).startswith(f" {title_of(run)} ")

    drive(fixtures, run, look)


@pytest.mark.parametrize("name", ["dense", "conv", "recurrent", "stopped", "paused"])
def test_python_predicts_with_it(fixtures: Path, name: str) -> None:
    model = load(name)
    if model.experiment.data_spec.input.vocab_size:
        assert np.isfinite(model.predict(["1 May 2021"])).all()
    else:
        assert np.isfinite(model.predict(np.zeros((2, 1, 8, 8)))).all()


def test_positions_have_no_field_that_is_not_read(fixtures: Path) -> None:
    for run in all_runs(fixtures):
        if run.last.exists():
            position = checkpoint.read(run.last)[1]["position"]
            encoded = msgspec.json.encode(msgspec.json.decode(position, type=Position))
            fields, read_back = json.loads(position), json.loads(encoded)
            assert {name: read_back.get(name) for name in fields} == fields


@pytest.mark.slow
@pytest.mark.parametrize(("name", "whole"), [("paused", "dense"), ("paused-conv", "conv")])
def test_it_goes_on_as_if_it_had_not_been_interrupted(
    fixtures: Path, name: str, whole: str
) -> None:
    run, other = find(fixtures, name), find(fixtures, whole)
    state = resume(run)
    assert state.status == "finished"
    assert figures(run) == [pytest.approx(it, rel=1e-4) for it in figures(other)]
    for file in ("last.safetensors", "best.safetensors"):
        ours, theirs = (checkpoint.read(it.checkpoints / file)[0] for it in (run, other))
        assert ours.keys() == theirs.keys()
        for tensor, value in ours.items():  # another CPU may round otherwise
            np.testing.assert_allclose(value, theirs[tensor], rtol=1e-4, atol=1e-6)
    fields = [State(it).last(Started).step_fields for it in (run, other)]
    assert fields[0] == fields[1]
    steps, expected = (read_steps(it.steps, fields[0]) for it in (run, other))
    np.testing.assert_array_equal(steps["step"], expected["step"])
    for column in ("loss", "layer_gradient_norm", "layer_update_ratio"):
        np.testing.assert_allclose(steps[column], expected[column], rtol=1e-3, atol=1e-6)
    assert State(run).last(Started).format == FORMAT
    assert f"\nformat = {FORMAT}\n" in run.file.read_text()
    run.check_seal()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["stopped", "unstarted"])
def test_it_can_be_resumed(fixtures: Path, name: str) -> None:
    run = find(fixtures, name)
    assert resume(run).status == "finished"
    assert Run(run.path).experiment.train.change == []


@pytest.mark.slow
def test_commands_reach_a_run_that_was_resumed(fixtures: Path) -> None:
    run = find(fixtures, "paused")
    launch.resume(run, 1)
    send(run.control, Set(learning_rate=0.5))
    send(run.control, Stop())
    deadline = time.monotonic() + 120
    while lock.is_held(run.lock) and time.monotonic() < deadline:
        time.sleep(0.05)
    state = State(run)
    taken = [it.command for it in state.history.all(Acknowledged) if it.step >= 10]
    assert state.status == "finished" or "stop" in taken
    run.check_seal()


def test_a_killed_migration_loses_nothing(fixtures: Path) -> None:
    run = find(fixtures, "paused")
    before = run.events.read_bytes(), run.steps.read_bytes(), run.experiment
    run.rewrite_to_resume()  # and nothing after it
    again = Run(run.path)
    assert (again.events.read_bytes(), again.steps.read_bytes(), again.experiment) == before
    again.check_seal()
    assert State(again).can_resume


def test_of_format_0_a_diagnosis_proposes_keys_that_are_known(home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    log.append(started())
    log.append(diagnosed(change=["network[1].initial=he", "train.epochs=3"]))
    (found,) = State(run).diagnoses
    assert found.change == ["network[1].initializer=he", "train.epochs=3"]
    log.append(started(format=FORMAT))
    log.append(diagnosed(change=["network[1].initial=he"]))
    assert State(run).diagnoses[1].change == ["network[1].initial=he"]


def newer(**changes: Any) -> bytes:
    """A Started event of the format after this one."""
    platform = {"versions": {"tui-dl": "0.9"}}
    facts = msgspec.to_builtins(started(format=FORMAT + 1)) | {"platform": platform} | changes
    return msgspec.json.encode(facts) + b"\n"


SAYS = f"written by tui-dl 0.9 in format {FORMAT + 1}; this version, "
CURE = f", reads formats 0 to {FORMAT}: update tui-dl"


@pytest.mark.parametrize("resumed", [False, True])
def test_events_of_a_newer_format_are_refused(
    resumed: bool, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, other = finished_run(home), finished_run(home)
    rest = msgspec.json.encode({"event": "Unheard", "time": "noon"}) + b"\n"
    before = [started(format=FORMAT), *[epoch(1, 1.0, 1)] * 10_000]  # more than is read at once
    old = b"".join(msgspec.json.encode(it) + b"\n" for it in before) if resumed else b""
    run.events.write_bytes(old + newer(layers={"a": 1}) + rest)
    state = State(run)
    for _ in range(2):
        assert state.status == "unreadable"
        assert state.newer.startswith(f"run {run.id}: {SAYS}")
        assert state.newer.endswith(CURE)
        assert state.update() == []
    assert main(["runs"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(run.id in line and "unreadable" in line and SAYS in line for line in lines)
    assert any(other.id in line and "finished" in line for line in lines)
    assert not (run.path / "summary.json").exists()
    for command in ("show", "attach", "resume", "stop", "pause"):
        assert main([command, run.id]) == 2
        assert capsys.readouterr().err == f"tui-dl: {state.newer}\n"


def test_a_checkpoint_of_a_newer_format_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_folder(home)
    monkeypatch.setattr(checkpoint, "FORMAT", FORMAT + 1)
    monkeypatch.setattr(checkpoint, "version", lambda: "0.9")
    checkpoint.write(run.last, {}, {})
    with pytest.raises(UserError, match=rf"last\.safetensors: {SAYS}"):
        checkpoint.read(run.last)


def test_an_experiment_of_a_newer_format_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = run_folder(home)
    text = run.file.read_text().replace(f"format = {FORMAT}", f"format = {FORMAT + 1}")
    run.file.write_text(text)
    for arguments in (["show", "last"], ["resume", "last"], ["check", str(run.file)]):
        assert main(arguments) == 2
        assert f"written in format {FORMAT + 1}; this version, " in capsys.readouterr().err


def test_unknown_fields_of_events_and_positions_are_ignored(home: Path) -> None:
    run = run_folder(home)
    lines = [started(format=FORMAT), epoch(1, 0.5, 1)]
    facts = [msgspec.to_builtins(it) | {"unheard": {"of": [1]}} for it in lines]
    run.events.write_bytes(b"".join(msgspec.json.encode(it) + b"\n" for it in facts))
    state = State(run)
    assert state.events == lines
    position = json.loads(msgspec.json.encode(Position(epoch=3))) | {"unheard": 1}
    position["total"]["unheard"] = 2
    decoded = msgspec.json.decode(json.dumps(position), type=Position)
    assert decoded == Position(epoch=3)


def test_weight_norms_are_of_the_weights_after_the_update() -> None:
    (path,) = (FIXTURES / "format_1").glob("*-dense-*")
    run = Run(path)
    begun = State(run).last(Started)
    norms = read_steps(run.steps, begun.step_fields)["layer_weight_norm"][-1]
    tensors = checkpoint.read(run.last)[0]
    for layer, norm in zip(begun.layers, norms, strict=True):
        names = [it for it in tensors if it.startswith(f"{layer}.") and "running" not in it]
        squares = sum(float((tensors[it].astype(float) ** 2).sum()) for it in names)
        assert norm == pytest.approx(squares**0.5, rel=1e-5), names
