"""The Pictures tab: a grid, one picture enlarged, a cell of it; whatever is wrong with a file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from tests.ui.fabricate import STEPS_PER_EPOCH, Worker
from tests.ui.pictures import DRAWN, leave, panel, see
from tests.ui.screens import SIZES, Session, at_every_size, drive, eventually, settle, text
from tests.ui.test_keys import burst
from tui_dl.drawing import picture
from tui_dl.drawing.picture import ordered
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.engine.observers.observe import tensor
from tui_dl.protocol.artifact import Artifact
from tui_dl.runs import artifacts
from tui_dl.ui.app import TuiDl

FIRST = ordered(DRAWN)[0]  # the picture that stands before all others
WILD = (np.nan, np.inf, 1e38, -1e38)


async def back_to_the_grid(app: TuiDl, pilot: Session) -> None:
    while panel(app).level != "grid":
        await pilot.press("escape")


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.slow
def test_every_picture_is_in_the_tab(kind: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    see(worker, 3, kind)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, f"▸ {kind.replace('_', ' ')}")
        assert "cannot be drawn" not in text(app)
        await pilot.press("enter")
        await settle(app, pilot)
        assert "1 of 1" in text(app)

    drive(tmp_path, worker.run, look)


@at_every_size
def test_the_footer_has_the_keys_of_pictures_before_those_of_everywhere(
    size: tuple[int, int], tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(3)
    see(worker, 3)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, "⏎ Enlarge")
        for keys in ("s Stop", "⏎ Enlarge", "←↑↓→ Choose", "? Help"):
            assert keys in text(app).splitlines()[-1]
        await pilot.press("enter")
        await eventually(app, pilot, "esc Smaller")

    drive(tmp_path, worker.run, look, size)


@pytest.mark.parametrize("size", [*SIZES, (250, 80)])
def test_all_pictures_can_be_reached_at_any_size(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    see(worker, 3)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, f"▸ {FIRST}")
        found = [panel(app).chosen or FIRST]
        for _ in range(len(DRAWN) - 1):
            await pilot.press("right")
            await settle(app, pilot)
            found.append(panel(app).chosen)
            assert f"▸ {found[-1].replace('_', ' ')}" in text(app)
        assert sorted(found) == sorted(DRAWN)
        await pilot.press("right")
        assert panel(app).chosen == found[-1]

    drive(tmp_path, worker.run, look, size)


def test_the_picture_is_that_of_the_playhead(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)
    see(worker, 2, "confusion")
    worker.train(4)
    see(worker, 6, "confusion")

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, "▸ confusion")
        assert "epoch 6" not in text(app).splitlines()[1]  # exactly of this moment
        await pilot.press("comma")  # the end of epoch 5
        await eventually(app, pilot, "Pictures  epoch 2")
        await pilot.press("home")
        await eventually(app, pilot, "No picture has been made yet")
        await pilot.press("end")
        await eventually(app, pilot, "▸ confusion")

    drive(tmp_path, worker.run, look)


def test_a_run_that_is_over_shows_its_final_weights(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6, best=4)
    see(worker, 6, "confusion")
    final = replace(DRAWN["confusion"], epoch=4, step=6 * STEPS_PER_EPOCH, is_final=True)
    leave(worker, replace(final, labels=final.labels | {"split": ["test"]}))

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, "▸ confusion")
        assert "final weights" not in text(app)
        worker.end("early_stopping", best=4)
        await eventually(app, pilot, "final weights, of epoch 4")
        await pilot.press("enter")
        await eventually(app, pilot, "confusion matrix of the 270 test samples")

    drive(tmp_path, worker.run, look)


def test_a_cell_of_the_confusion_matrix_shows_its_samples(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    see(worker, 3, "confusion", "samples")

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, "▸ samples")
        await pilot.press("right", "enter")
        await eventually(app, pilot, "a longer name answered as dog: 9 of 21")
        await pilot.press("up", "right", "right", "right")
        await eventually(app, pilot, "dog answered as a longer name: 0 of 1,201")
        await pilot.press("enter")
        await eventually(app, pilot, "and 1 test sample")
        for shown in ("dog answered as a longer name", "▸ confusion"):
            await pilot.press("escape")
            await eventually(app, pilot, shown)
        assert not panel(app).check_action("higher", ())  # escape leaves the screen now

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize("tabs", ["1 3", "z 1 3"])
def test_escape_leaves_an_enlarged_picture_and_not_the_screen(tabs: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    see(worker, 3, "confusion", "samples")

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, "▸ samples")
        await pilot.press("enter", *tabs.split())  # the panel has the focus no longer
        await eventually(app, pilot, "1 of 2")
        await pilot.press("escape")
        await eventually(app, pilot, "▸ samples")
        await pilot.press("escape")
        await eventually(app, pilot, "Course")

    drive(tmp_path, worker.run, look)


def test_a_picture_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(tmp_path).start().train(3)
    see(worker, 3, "confusion", "samples")
    drawn: list[str] = []
    draw = picture.draw

    def record(artifact: Artifact, *how: Any) -> list[StyledLine]:
        drawn.append(artifact.kind)
        return draw(artifact, *how)

    monkeypatch.setattr(picture, "draw", record)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, "▸ samples")
        assert sorted(drawn) == ["confusion", "samples"]
        worker.train(1)
        await eventually(app, pilot, "epoch 4/")
        await settle(app, pilot)
        assert sorted(drawn) == ["confusion", "samples"]
        see(worker, 4, "confusion")
        worker.train(1)
        await eventually(app, pilot, "epoch 5/")
        await eventually(app, pilot, "epoch 4")
        assert sorted(drawn) == ["confusion", "confusion", "samples"]

    drive(tmp_path, worker.run, look, (90, 30))


def test_what_is_wrong_with_a_file_is_said_in_its_place(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    run = worker.run
    see(worker, 3, "confusion", "samples", "filters", "histograms")
    files = {
        kind: run.artifacts / kind / f"{3 * STEPS_PER_EPOCH}.safetensors"
        for kind in ("confusion", "samples", "filters")
    }
    files["confusion"].write_bytes(files["confusion"].read_bytes()[:100])
    files["samples"].write_bytes(
        files["samples"].read_bytes().replace(b'"format":"1"', b'"format":"9"')
    )
    files["filters"].write_bytes(files["confusion"].read_bytes() + b"x")
    later = replace(DRAWN["confusion"], kind="later", step=3 * STEPS_PER_EPOCH)
    artifacts.write(run, later)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, "▸ samples")
        shown = " ".join(text(app).replace("│", " ").split())
        assert "no picture of later: update tui-dl" in shown
        assert shown.count("damaged") == 2
        assert "weights" in shown  # the others are drawn
        for _ in range(6):
            await pilot.press("enter", "enter", "down")
            await back_to_the_grid(app, pilot)
            await pilot.press("right")
        await settle(app, pilot)
        shutil.rmtree(run.artifacts)
        worker.train(1)
        await eventually(app, pilot, "no pictures: none was recorded, or they were deleted")
        shutil.rmtree(run.path)
        await pilot.press("enter", "left", "down", "4", "3")
        await settle(app, pilot)

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize("wild", WILD)
@pytest.mark.slow
def test_wild_numbers_are_drawn(wild: float, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    for it in DRAWN.values():
        arrays = {
            name: tensor(np.full(array.shape, wild, np.float32)) if array.dtype == "F32" else array
            for name, array in it.arrays.items()
        }
        leave(
            worker,
            replace(it, arrays=arrays, step=3 * STEPS_PER_EPOCH, labels=it.labels),
        )

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, f"▸ {FIRST}")
        for _ in DRAWN:
            await pilot.press("enter", "enter", "down")
            await back_to_the_grid(app, pilot)
            await pilot.press("right")
        await settle(app, pilot)
        await pilot.press("4")
        await eventually(app, pilot, "61,706")

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize("tab", ["1", "4", "5", "6"])
def test_where_there_is_room_the_first_ones_stand_beside_the_curves(
    tab: str, tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(3)
    see(worker, 3)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press(tab)
        await eventually(app, pilot, f"▸ {FIRST}")
        assert "Loss" in text(app) or tab == "4"
        await pilot.resize_terminal(90, 40)
        await settle(app, pilot)
        assert f"▸ {FIRST}" not in text(app)

    drive(tmp_path, worker.run, look, (200, 60))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("keys", "level", "place"),
    [("3 enter right", "picture", 1), ("3 right right enter", "picture", 2),
     ("3 right enter escape right", "grid", 2)],
)  # fmt: skip
def test_keys_that_come_before_the_pictures_act_once_they_are_there(
    keys: str, level: str, place: int, size: tuple[int, int], tmp_path: Path
) -> None:
    kinds = ordered([it for it in DRAWN if it != "confusion"])[:3]
    worker = Worker(tmp_path).start().train(3)
    see(worker, 3, *kinds)

    async def press(app: TuiDl, pilot: Session) -> None:
        burst(app, keys)
        await settle(app, pilot)
        await eventually(app, pilot, kinds[place].replace("_", " "))
        assert (panel(app).level, panel(app).chosen) == (level, kinds[place])

    drive(tmp_path, worker.run, press, size)
