"""Every state and tab of all screens, from the smallest size up, against text files.

After a wanted change write them anew and review the difference:

    TUI_DL_GOLDEN=write pytest tests/ui/test_golden.py
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from tests.ui.fabricate import Worker
from tests.ui.screens import at_every_size, drive, settle, text
from tui_dl.runs.folder import Run
from tui_dl.ui.app import TuiDl

GOLDEN = Path(__file__).parent / "golden"
LOG = "Traceback (most recent call last):\n  step 81\nFloatingPointError: loss is not finite\n"


def _with_runs(home: Path) -> None:
    """Runs of two presets, one of them with a diagnosis."""
    Worker(home, "first-network").start().train(6).end("finished", best=6)
    vanishing = Worker(home, "vanishing-gradient", layer_decay=0.15).start().train(6).diagnose()
    vanishing.end("finished", best=6)


STATES: dict[str, Callable[[Path], Worker | None]] = {
    "library": lambda home: None,
    "library-runs": _with_runs,
    "starting": Worker,
    "compiling": lambda home: Worker(home).start().compile(4),
    "running": lambda home: Worker(home).start().compile(2).train(9, best=7),
    "early-stop": lambda home: (
        Worker(home).start().compile(2).train(17, best=9).stop_early(patience=8)
    ),
    "vanishing": lambda home: (
        Worker(home, "vanishing-gradient", layer_decay=0.15).start().compile(2).train(6)
    ),
    "diagnosed": lambda home: (
        Worker(home, "vanishing-gradient", layer_decay=0.15).start().compile(2).train(6).diagnose()
    ),
    "failed": lambda home: (
        Worker(home).start().compile(2).train(4).fail("the loss is not finite at step 81", LOG)
    ),
}


TABS = {  # the key of a tab, and the states in which it is looked at
    "gradients": ("2", ["vanishing"]),
    "pictures": ("3", ["running"]),
    "network": ("4", ["running"]),
    "lesson": ("5", ["running"]),
    "events": ("6", ["early-stop"]),
}
SCREENS = [(state, state, "") for state in STATES] + [
    (f"{tab}-of-{state}", state, key) for tab, (key, states) in TABS.items() for state in states
]


HOME = [  # tabs of the home
    ("runs", "library-runs", "2"),
    ("runs-none", "library", "2"),
    ("runs-marked", "library-runs", "2,space,space"),
    ("runs-compared", "library-runs", "2,space,space,c"),
]
SCREENS += HOME
BUILD = [  # keys with a comma between them
    ("build", "library", "end,b,down,down,down"),
    ("build-wrong", "library", "end,b,down,down,down,enter,backspace,4,0,enter"),
    ("build-typing", "library", "end,b,down,down,down,enter,space,s"),
    ("build-add", "library", "end,b,a,p,o,o,l"),
    ("build-training", "library", "end,b,end,up,up"),
]
SCREENS += BUILD


IN_KOREAN = [  # screens on which a lesson is read
    ("library-in-korean", "library-runs", "L"),
    ("lesson-in-korean", "running", "5L"),
    ("early-stop-in-korean", "early-stop", "L"),
]


@at_every_size
@pytest.mark.parametrize(("name", "state", "keys"), SCREENS)
def test_screen(name: str, state: str, keys: str, size: tuple[int, int], tmp_path: Path) -> None:
    _compare(name, state, keys, size, tmp_path)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize(("name", "state", "keys"), IN_KOREAN)
def test_korean(name: str, state: str, keys: str, size: tuple[int, int], tmp_path: Path) -> None:
    shown = _compare(name, state, keys, size, tmp_path)
    lines = shown.splitlines()
    frames = {cell_len(line) for line in lines if line[:1] in "╭╰"}
    assert {cell_len(line) for line in lines if "│" in line} <= frames


def _compare(name: str, state: str, keys: str, size: tuple[int, int], tmp_path: Path) -> str:
    """Look at a state after some keys; return what is shown."""
    worker = STATES[state](tmp_path)
    shown = ""

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        nonlocal shown
        for key in keys.split(",") if "," in keys else keys:
            await pilot.press(key)
            await settle(app, pilot)
        shown = text(app)

    drive(tmp_path, worker.run if worker else None, look, size)
    golden = GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("TUI_DL_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown + "\n", encoding="utf-8")
    assert shown + "\n" == golden.read_text(encoding="utf-8")
    return shown
