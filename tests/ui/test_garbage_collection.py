"""The garbage collector runs while no key is pressed."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.ui.screens import Session, drive, eventually
from tui_dl.ui.app import TuiDl
from tui_dl.ui.garbage_collection import ENOUGH, REST

KEYS = 6


@pytest.fixture
def collections() -> Iterator[list[float]]:
    """When full collections began; Python itself has no reason for one."""
    found: list[float] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            found.append(monotonic())

    before = gc.get_threshold()
    gc.set_threshold(2_000, 10, 1_000_000)
    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)
    gc.set_threshold(*before)


def make_garbage() -> None:
    """Make enough of it for a full collection."""
    while gc.get_count()[2] < ENOUGH:
        kept: list[object] = [[] for _ in range(1_000)]
        kept.append(kept)


@pytest.mark.slow
def test_it_runs_when_keys_rest(tmp_path: Path, collections: list[float]) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        for _ in range(KEYS):
            make_garbage()
            before = len(collections)
            await pilot.press("j")
            answered = app._pressed
            await asyncio.sleep(REST / 10)
            assert all(it - answered >= REST for it in collections[before:] if it > answered)
        make_garbage()
        before = len(collections)
        end = monotonic() + 60
        while len(collections) == before and monotonic() < end:
            await asyncio.sleep(REST / 10)
        assert len(collections) > before

    drive(tmp_path, None, look)


def test_it_does_not_run_without_a_reason(tmp_path: Path, collections: list[float]) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        gc.collect()
        gc.set_threshold(1_000_000, 1_000, 1_000)
        collections.clear()
        await eventually(app, pilot, "Course")
        await asyncio.sleep(2.5 * REST)
        assert not collections

    drive(tmp_path, None, look)
