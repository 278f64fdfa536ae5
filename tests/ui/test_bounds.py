"""Whatever numbers stand in a run's files, what is drawn is bounded and the keys still act."""

from __future__ import annotations

import json
import random
import re
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.ui.fabricate import Worker
from tests.ui.screens import SIZES, drive, eventually, frame_of, settle
from tests.wild import HARD, at_once, json_numbers
from tui_dl.cli.main import main
from tui_dl.cli.progress_lines import describe
from tui_dl.drawing.chart_marks import ABOVE
from tui_dl.drawing.chart_spec import loss_chart, metric_chart
from tui_dl.drawing.chart_view import ChartView
from tui_dl.drawing.colours import Look
from tui_dl.drawing.layer_bars import layer_bars
from tui_dl.drawing.layer_map import layer_map
from tui_dl.drawing.layer_readout import verdict
from tui_dl.drawing.legend import legend
from tui_dl.drawing.playhead_strip import playhead_strip
from tui_dl.drawing.plot import plot
from tui_dl.drawing.styled_text import length
from tui_dl.protocol import events
from tui_dl.protocol.step_record import StepField, step_fields
from tui_dl.runs.folder import Run
from tui_dl.runs.playback import Frame
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.status import State
from tui_dl.runs.step_log import record_type
from tui_dl.runs.summary import summary
from tui_dl.runs.view import RunView
from tui_dl.runs.view_follower import RunFollower
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.chart import Chart
from tui_dl.ui.panels.run import status
from tui_dl.ui.screens.run import RunRead


@cache
def recorded() -> tuple[bytes, bytes, bytes]:
    """The files of a run: its experiment, its events and its steps."""
    with tempfile.TemporaryDirectory() as home:
        worker = Worker(Path(home)).start().compile(2).train(9, best=7)
        worker.append(events.Acknowledged, command="set", step=20, learning_rate=0.5)
        worker.append(events.LearningRateChanged, step=20, learning_rate=0.5)
        worker.append(events.Paused, step=40)
        worker.append(events.Continued, step=40)
        worker.append(events.Evaluated, split="test", loss=0.1, accuracy=0.5, metrics={"f1": 0.5})
        worker.diagnose().stop_early(patience=2)
        run = worker.run
        return (
            (run.path / "experiment.toml").read_bytes(),
            run.events.read_bytes(),
            run.steps.read_bytes(),
        )


def run_of(home: Path, told: bytes, steps: bytes) -> Run:
    """A run folder with these files."""
    run = Run(home / "20270115-080000-lenet5-ab12")
    (run.path / "checkpoints").mkdir(parents=True, exist_ok=True)
    (run.path / "experiment.toml").write_bytes(recorded()[0])
    run.events.write_bytes(told)
    run.steps.write_bytes(steps)
    return run


def look_at(run: Run) -> None:
    """Draw and say all there is to be said of it."""
    follower = RunFollower(run)
    while (view := follower.poll(100)) and view.read < 1:
        pass
    assert view is not None
    draw(view)
    present = follower.update()
    for step in (None, 0, 30, 179):
        if step is not None:
            draw(follower.at(step, 100))
        for width in (16, 58, 118):
            row = playhead_strip(Playhead(step), present, width)
            assert length(row) == (width if present.step else 0)
    state = State(run)
    json.dumps(summary(state))
    for event in state.events:
        for line in (describe(event, state) or "").splitlines():
            assert len(line) <= 79


def draw(view: RunView) -> None:
    for chart in (
        loss_chart(view, ChartView()),
        loss_chart(view, ChartView(log=True)),
        metric_chart(view, ChartView()),
    ):
        plot(chart, 80, 12)
        legend(chart, 80)
    assert length(status.first_row(view, "", 80)) <= 80
    assert length(status.fitting(status.entries(view), 80)) <= 80
    for figure in view.layer_figures:
        for row in layer_map(figure, ChartView().axis(view), 80, 9, Look()):
            assert length(row) <= 80
        for row in layer_bars(figure, 40, 9, Look()):
            assert length(row) <= 40
        assert len(verdict(figure)) <= 80


@pytest.mark.slow
@settings(max_examples=40)
@given(
    st.integers(0, 179),
    st.sampled_from(step_fields(5)),
    st.binary(min_size=8, max_size=8),
    st.integers(1, 30),
)
def test_any_bits_in_the_steps(step: int, field: StepField, bits: bytes, times: int) -> None:
    _, told, steps = recorded()
    layers = len(json.loads(told.splitlines()[0])["layers"])
    dtype = record_type(step_fields(layers))
    records = np.frombuffer(bytearray(steps), dtype)
    width = dtype[field[0]].base.itemsize
    records[field[0]][step : step + times] = np.frombuffer(bits[:width], field[1])[0]
    with tempfile.TemporaryDirectory() as home, at_once():
        look_at(run_of(Path(home), told, records.tobytes()))


@pytest.mark.slow
@settings(max_examples=60)
@given(st.integers(0, 10**6), json_numbers)
def test_any_number_in_the_events(place: int, number: str) -> None:
    _, told, steps = recorded()
    text = told.decode()
    places = [it.span() for it in re.finditer(r"(?<=[:,\[ ])-?\d[\d.e+-]*(?=[,}\]])", text)]
    first, end = places[place % len(places)]
    with tempfile.TemporaryDirectory() as home, at_once():
        look_at(run_of(Path(home), (text[:first] + number + text[end:]).encode(), steps))


def test_commands_survive_any_number(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, told, steps = recorded()
    hard = re.sub(r'(_loss|ccuracy|econds)":[\d.e-]+', r'\1":7.9e75', told.decode())
    run_of(home, hard.encode(), steps).lock.touch()
    for command in (["show", "last"], ["show", "last", "--json"], ["runs"]):
        assert main(command) == 0
    out = capsys.readouterr().out
    assert "7.9e+75" in out
    assert not re.search(r"\d{30}", re.sub(r"\{.*\}", "", out))


@pytest.mark.slow
def test_the_dashboard_takes_any_numbers_and_its_keys_still_act(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2).train(3)
    draw_from = random.Random(0)
    _, told, steps = recorded()
    layers = len(json.loads(told.splitlines()[0])["layers"])

    def wild(turn: int) -> Frame:
        records = np.frombuffer(bytearray(steps), record_type(step_fields(layers)))
        for field in ("loss", "metric", "layer_gradient_norm", "seconds", "learning_rate"):
            records[field][draw_from.randrange(170) :][: draw_from.choice([1, 3, 40])] = (
                draw_from.choice(HARD[: 11 if turn % 2 else 9])
            )
        folder = tmp_path / f"wild-{turn}"
        return frame_of(run_of(folder, told, records.tobytes()))

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        for turn in range(12):
            size = SIZES[turn % len(SIZES)]
            await pilot.resize_terminal(*size)
            with at_once():
                app.screen.post_message(RunRead(wild(turn)))
                await settle(app, pilot)
                await pilot.press("l")
                await settle(app, pilot)
            for chart in app.screen.query(Chart):
                assert all(
                    strip.cell_length == chart.size.width
                    for strip in map(chart.render_line, range(3))
                )
        await pilot.press("question_mark")
        await eventually(app, pilot, "Reading a run")
        await pilot.press("escape", "q")

    assert drive(tmp_path, worker.run, look) == worker.run


def test_one_flipped_bit_leaves_the_dashboard_alive(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2).train(3)
    steps = bytearray(worker.run.steps.read_bytes())
    records = np.frombuffer(steps, record_type(step_fields(len(worker.layers))))
    records["metric"][30] = 1.7e38
    worker.run.steps.write_bytes(steps)

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        with at_once():
            await eventually(app, pilot, ABOVE)
            await pilot.press("question_mark")
            await eventually(app, pilot, "Next panel")

    drive(tmp_path, worker.run, look)
