"""Makes the pictures in docs/images from real runs: ``python docs/make_screenshots.py``.

Needs the package with its ``dev`` extra, and the font DejaVu Sans Mono (Debian: fonts-dejavu-core).
The two runs take some seconds; on a busy machine their speed, which is in the picture, is lower.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import resvg_py
from textual.pilot import Pilot

from tui_dl.runs.folder import Run
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.preset_list import PresetList
from tui_dl.ui.screens.run import RunScreen

IMAGES = Path(__file__).parent / "images"
FONT = "DejaVu Sans Mono"
FONTS = "/usr/share/fonts/truetype/dejavu"
SIZE = (120, 40)  # columns and rows of the terminal
TIMEOUT = 180  # seconds for one run


async def main() -> None:
    """Make each picture with a dashboard of its own, in a temporary folder of runs."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "runs"
        for preset, picture, train in (
            ("lenet5", "library", False),
            ("lenet5", "run", True),
            ("vanishing-gradient", "vanishing-gradient", True),
        ):
            app = TuiDl(home)
            async with app.run_test(size=SIZE) as pilot:
                await select_preset(app, pilot, preset)
                if train:
                    await pilot.press("enter")
                    await wait_for_end(app, pilot)
                save_picture(app, picture)


async def select_preset(app: TuiDl, pilot: Pilot[Run | None], preset: str) -> None:
    """Highlight `preset` in the library."""
    presets = app.screen.query_one("#presets", PresetList)
    presets.highlighted = presets.get_option_index(preset)
    await asyncio.sleep(0.5)
    await pilot.pause()


async def wait_for_end(app: TuiDl, pilot: Pilot[Run | None]) -> None:
    """Wait until the run on the screen has ended.

    Raises:
        TimeoutError: it takes more than `TIMEOUT` seconds.
    """
    async with asyncio.timeout(TIMEOUT):
        while not isinstance(app.screen, RunScreen) or app.screen.live:
            await asyncio.sleep(0.25)
    await asyncio.sleep(0.5)  # the panels have drawn the last figures by then
    await pilot.pause()


def save_picture(app: TuiDl, name: str) -> None:
    """Write the screen to ``docs/images/<name>.png``."""
    svg = app.export_screenshot(title="")
    png = resvg_py.svg_to_bytes(
        svg_string=svg, font_dirs=[FONTS], font_family=FONT, monospace_family=FONT
    )
    (IMAGES / f"{name}.png").write_bytes(bytes(png))


if __name__ == "__main__":
    asyncio.run(main())
