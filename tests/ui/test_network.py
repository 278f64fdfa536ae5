"""The Network tab: a row for each layer, with its share of a step's time; it scrolls."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from msgspec.structs import replace

from tests.cases.observer import artifact
from tests.ui.fabricate import STEPS_PER_EPOCH, Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl.runs import artifacts
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.run.network import NetworkPanel


@at_every_size
def test_every_layer_can_be_seen(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient").start().train(1)
    names = [node.name for node in worker.experiment.nodes]

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("4")
        await eventually(app, pilot, "total")
        seen = set(text(app).split())
        for _ in names:
            await pilot.press("down")
        await settle(app, pilot)
        seen |= set(text(app).split())
        for _ in range(3):
            await pilot.press("pageup")
            await settle(app, pilot)
            seen |= set(text(app).split())
        assert set(names) <= seen
        assert app.screen.query_one(NetworkPanel).first == 0
        assert f"{worker.experiment.parameter_count:,}" in text(app)

    drive(tmp_path, worker.run, look, size)


def test_the_shares_of_the_time_come_with_the_first_epoch(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "lenet5").start()
    worker.steps_of(1, 5)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("4")
        await eventually(app, pilot, "61,706")
        assert "share of a step" not in text(app)
        times = np.array([3.0, 1.0], np.float32)
        layers = ["conv2d_1", "dense_1"]
        it = artifact("step_time", {"forward": times, "backward": times}, layers=layers)
        artifacts.write(worker.run, replace(it, epoch=1, step=STEPS_PER_EPOCH))
        worker.train(1)
        await eventually(app, pilot, "75.0 %")
        assert "share of a step" in text(app)

    drive(tmp_path, worker.run, look)
