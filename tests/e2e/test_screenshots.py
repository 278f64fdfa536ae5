"""The command that makes pictures of the dashboard makes all of them, from a real run."""

from __future__ import annotations

import asyncio
import importlib.util
import struct
from pathlib import Path
from types import ModuleType

import pytest

from tests.shell import ROOT
from tui_dl.ui.panels.tabs import NAMES

pytest.importorskip("resvg_py")


def script() -> ModuleType:
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("shots", ROOT / "docs" / "make_screenshots.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def size_of(png: Path) -> tuple[int, int]:
    """Width and height in pixels, as the file's header says."""
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return width, height


def test_every_tab_at_every_size(home: Path, tmp_path: Path) -> None:
    shots = script()
    folder = tmp_path / "pictures"
    asyncio.run(shots.every_tab(home, "first-network", folder))
    names = {
        f"{tab}-{columns}x{rows}.png"
        for tab in ("library", "build", "data", *NAMES, "runs")
        for columns, rows in shots.SIZES
    }
    assert {file.name for file in folder.iterdir()} == names
    for columns, rows in shots.SIZES:
        sizes = {size_of(folder / f"{tab}-{columns}x{rows}.png") for tab in NAMES}
        assert len(sizes) == 1
        width, height = sizes.pop()
        assert width / columns < height / rows  # cells are higher than wide
    pictures = {file.read_bytes() for file in folder.glob("*-120x40.png")}
    assert len(pictures) == len(shots.EVERY_TAB)  # no tab shows what another shows
