"""What the builder shows where there is room: the network drawn, and sentences of layers whole."""

from __future__ import annotations

from pathlib import Path

from tests.ui.screens import Session, at_every_size, drive, settle, text
from tui_dl.spec.layers import KINDS
from tui_dl.spec.row_text import sentence
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.build.layer_rows import LayerRows
from tui_dl.ui.panels.frame import WIDE
from tui_dl.ui.panels.preset_pictures import NetworkPicture


@at_every_size
def test_the_network_is_drawn_where_rows_are_left(size: tuple[int, int], tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b")
        await settle(app, pilot)
        picture = app.screen.query_one(NetworkPicture)
        assert bool(picture.size) == (size[0] >= WIDE)
        assert ("conv2d_2 · relu" in text(app)) == (size[0] >= WIDE)
        await pilot.press("d")
        await settle(app, pilot)
        assert "conv2d_2 · relu" not in text(app)  # it is the first one now
        await pilot.resize_terminal(200, 36)
        await settle(app, pilot)
        rows = app.screen.query_one(LayerRows)
        assert rows.size.height == len(rows._lines()) + 1  # it takes none of the layers' rows

    drive(tmp_path, None, build, size)


def test_sentences_of_layers_are_whole_where_there_is_room(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("b", "a")
        await settle(app, pilot)
        shown = text(app)
        assert all(sentence(it) in shown for it in KINDS)

    drive(tmp_path, None, look, (200, 60))
