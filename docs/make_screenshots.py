"""Makes pictures of the dashboard from real runs: ``python docs/make_screenshots.py [FOLDER]``.

Without a folder, the pictures in docs/images; with one, every tab of the home and of a run at each
of `SIZES`, to look at. Needs the package with its ``dev`` extra, and the font DejaVu Sans Mono
(Debian: fonts-dejavu-core). The runs take some seconds; on a busy machine their speed, which is in
the picture, is lower.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import resvg_py
from textual.pilot import Pilot

from tui_dl.runs.folder import Run
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.preset_list import PresetList
from tui_dl.ui.panels.tabs import NAMES
from tui_dl.ui.screens.run import RunScreen

IMAGES = Path(__file__).parent / "images"
FONT = "DejaVu Sans Mono"
FONTS = "/usr/share/fonts/truetype/dejavu"
SIZE = (120, 40)  # columns and rows of the terminal, for docs/images
SIZES = (80, 24), SIZE, (200, 60)
TIMEOUT = 300  # seconds for one run


class Shot(NamedTuple):
    """A picture: its name, the keys that lead to what it shows, and whether that is of a run."""

    name: str
    keys: Sequence[str] = ()
    of_run: bool = False


LIBRARY = Shot("library", "1")
BEFORE = [LIBRARY, Shot("build", "b"), Shot("data", (*"4oiris", "enter"))]
TABS = [Shot(name, str(place), of_run=True) for place, name in enumerate(NAMES, start=1)]
EVERY_TAB = [*BEFORE, *TABS, Shot("runs", "2")]


def main() -> None:
    """Make the pictures of the documentation, or all of them in the folder that is named."""
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "runs"
        if len(sys.argv) > 1:
            asyncio.run(every_tab(home, "lenet5", Path(sys.argv[1])))
        else:
            asyncio.run(of_documentation(home))


async def of_documentation(home: Path) -> None:
    """The pictures in docs/images."""
    shots = [LIBRARY, Shot("run", "1", of_run=True), Shot("pictures", "3", of_run=True)]
    await make(home, "lenet5", shots, SIZE, IMAGES)
    vanishing = Shot("vanishing-gradient", "1", of_run=True)
    await make(home, "vanishing-gradient", [vanishing], SIZE, IMAGES)


async def every_tab(home: Path, preset: str, folder: Path) -> None:
    """Every tab of the home and of a run at each size: ``<tab>-<columns>x<rows>.png``."""
    for columns, rows in SIZES:
        shots = [it._replace(name=f"{it.name}-{columns}x{rows}") for it in EVERY_TAB]
        await make(home, preset, shots, (columns, rows), folder)


async def make(
    home: Path, preset: str, shots: Sequence[Shot], size: tuple[int, int], folder: Path
) -> None:
    """Select `preset` in the library, train it where a run is asked for, and save each picture."""
    folder.mkdir(parents=True, exist_ok=True)
    app = TuiDl(home)
    async with app.run_test(size=size) as pilot:
        await select_preset(app, pilot, preset)
        for shot in shots:
            in_run = isinstance(app.screen, RunScreen)
            if shot.of_run and not in_run:
                await pilot.press("1", "enter")
                await wait_for_end(app, pilot)
            elif in_run and not shot.of_run:
                await pilot.press("escape")
            await pilot.press(*shot.keys)
            await asyncio.sleep(2.0)  # what is read in threads is drawn by then
            await pilot.pause()
            save_picture(app, folder / f"{shot.name}.png")


async def select_preset(app: TuiDl, pilot: Pilot[Run | None], preset: str) -> None:
    """Highlight `preset` in the library, once it is read."""
    await asyncio.sleep(2.0)
    presets = app.screen.query_one("#presets", PresetList)
    presets.highlighted = presets.get_option_index(preset)
    await pilot.pause()


async def wait_for_end(app: TuiDl, pilot: Pilot[Run | None]) -> None:
    """Wait until the run on the screen has ended, and show its end.

    Raises:
        TimeoutError: it takes more than `TIMEOUT` seconds.
    """
    async with asyncio.timeout(TIMEOUT):
        while not isinstance(app.screen, RunScreen) or app.screen.live:
            await asyncio.sleep(0.25)
    await pilot.press("end")


def save_picture(app: TuiDl, file: Path) -> None:
    """Write the screen to `file`, a PNG."""
    svg = app.export_screenshot(title="")
    png = resvg_py.svg_to_bytes(
        svg_string=svg, font_dirs=[FONTS], font_family=FONT, monospace_family=FONT
    )
    file.write_bytes(bytes(png))


if __name__ == "__main__":
    main()
