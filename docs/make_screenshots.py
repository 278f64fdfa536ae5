"""The pictures in docs/images, made of real runs: ``python docs/make_screenshots.py``.

Needs the package with its ``dev`` extra, and the font DejaVu Sans Mono (Debian: fonts-dejavu-core).
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
from tui_dl.ui.panels.status_lines import StatusLines

IMAGES = Path(__file__).parent / "images"
FONT = "DejaVu Sans Mono"
FONTS = "/usr/share/fonts/truetype/dejavu"
SIZE = (120, 40)
LONGEST = 180  # seconds that a run may take


async def main() -> None:
    """Open the dashboard once for each picture, in a folder of runs that is thrown away."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "runs"
        for preset, picture, watch in (
            ("lenet5", "library", False),
            ("lenet5", "run", True),
            ("vanishing-gradient", "vanishing-gradient", True),
        ):
            app = TuiDl(home)
            async with app.run_test(size=SIZE) as pilot:
                await choose(app, pilot, preset)
                if watch:
                    await pilot.press("enter")
                    await ended(app, pilot)
                save(app, picture)


async def choose(app: TuiDl, pilot: Pilot[Run | None], preset: str) -> None:
    """Highlight `preset` in the library."""
    presets = app.screen.query_one("#presets", PresetList)
    presets.highlighted = presets.get_option_index(preset)
    await asyncio.sleep(0.5)
    await pilot.pause()


async def ended(app: TuiDl, pilot: Pilot[Run | None]) -> None:
    """Wait until the run on the screen is over."""
    async with asyncio.timeout(LONGEST):
        while True:
            await asyncio.sleep(0.25)
            shown = app.screen.query(StatusLines)
            if shown and shown.first().snapshot and not shown.first().snapshot.live:
                break
    await pilot.pause()


def save(app: TuiDl, name: str) -> None:
    """Write the screen as a PNG."""
    svg = app.export_screenshot(title="")
    png = resvg_py.svg_to_bytes(
        svg_string=svg, font_dirs=[FONTS], font_family=FONT, monospace_family=FONT
    )
    (IMAGES / f"{name}.png").write_bytes(bytes(png))


if __name__ == "__main__":
    asyncio.run(main())
