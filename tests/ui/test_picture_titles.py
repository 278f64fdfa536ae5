"""The titles of pictures say which moment they are of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.fabricate import STEPS_PER_EPOCH, Worker
from tests.ui.pictures import DRAWN, leave, panel, see
from tests.ui.screens import SIZES, Session, at_every_size, drive, eventually, text
from tui_dl.drawing import picture
from tui_dl.protocol.events import Split
from tui_dl.ui.app import TuiDl

SPLIT = {"split": ["validation"]}


def test_a_picture_of_another_moment_than_the_others_says_which(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)
    see(worker, 2, "confusion", "samples", "mistakes")
    worker.train(4)
    see(worker, 6, "samples")

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await eventually(app, pilot, "Pictures  epoch 2")
        assert "samples  epoch 6" in text(app)  # that of the playhead
        await pilot.press("enter")
        await eventually(app, pilot, "1 of 3")
        assert "epoch" not in panel(app).plain
        await pilot.press("right")
        await eventually(app, pilot, "2 of 3")
        assert "  epoch 2" in panel(app).plain

    drive(tmp_path, worker.run, look, (80, 30))


@at_every_size
def test_a_picture_of_a_split_says_which_and_how_many_samples_that_has(
    size: tuple[int, int], tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(2)
    kinds = ("confusion", "mistakes")
    for kind in kinds:
        seen = replace(DRAWN[kind], epoch=2, step=2 * STEPS_PER_EPOCH)
        leave(worker, replace(seen, labels=seen.labels | SPLIT))

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        for kind in sorted(kinds, reverse=True):
            await eventually(app, pilot, f"▸ {kind}")
            assert re.search(f"▸ {kind}  (of 270 validation samples|validation .270.)", text(app))
            await pilot.press("enter")
            await eventually(app, pilot, " of the 270 validation samples")
            await pilot.press("escape", "right")

    drive(tmp_path, worker.run, look, size)


def test_a_split_is_said_in_the_words_that_fit() -> None:
    it = replace(DRAWN["confusion"], labels=SPLIT)
    counts: dict[Split, int] = {"validation": 180}
    said = [picture.of_split(it, counts, room) for room in (25, 24, 15, 9)]
    assert said == ["of 180 validation samples", "validation (180)", "validation", ""]
    assert picture.of_split(replace(it, labels={}), counts, 80) == ""


@pytest.mark.parametrize("size", [*SIZES, (165, 40)])
def test_the_epoch_of_a_picture_is_never_cut(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(20, best=12)
    for kind in ("confusion", "decision_boundary"):
        final = replace(DRAWN[kind], epoch=12, step=20 * STEPS_PER_EPOCH, is_final=True)
        leave(worker, replace(final, labels=final.labels | SPLIT))
    worker.end("early_stopping", best=12)

    async def look(app: TuiDl, pilot: Session) -> None:
        if size[0] < 160:
            await pilot.press("3")
        await eventually(app, pilot, "▸ decision boundary")
        assert re.search(r"Pictures  (final weights, of )?epoch 12 ", text(app))
        for _ in range(2):
            panel(app).focus()
            await pilot.press("enter")
            await eventually(app, pilot, " of 2 ")
            assert re.search(r"  (final weights, of )?epoch 12$", panel(app).plain.splitlines()[0])
            await pilot.press("escape", "right")

    drive(tmp_path, worker.run, look, size)
