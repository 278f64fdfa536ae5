"""Keys that a user has set: what is refused, and that they act wherever the old ones did."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import settle, text
from tui_dl.ui.app import TuiDl
from tui_dl.ui.keymap import checked


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"stp": "k"}, "keys.stp is nothing that a key does; did you mean 'stop'?"),
        ({"stop": "ctrl+"}, "keys.stop: 'ctrl+' is no key: its default is used"),
        ({"stop": "hyper+x"}, "keys.stop: 'hyper+x' is no key: its default is used"),
        ({"stop": "p"}, "keys.stop: p is also the key of pause: its default is used"),
        ({"stop": "x"}, "keys.stop: x is also the key of axis: its default is used"),
        ({"play": "?"}, "keys.play: ? is also the key of help: its default is used"),
        ({"stop": "Z", "checkpoint": "Z"}, "keys.checkpoint: Z is also the key of stop"),
    ],
)
def test_a_key_bound_twice_or_to_nothing_is_refused(keys: dict[str, str], says: str) -> None:
    _, complaints = checked(keys, TuiDl)
    assert [it.startswith(says) for _, it in complaints] == [True]


def test_what_another_line_sets_free_can_be_used() -> None:
    assert checked({"stop": "m", "smoothing": "f5"}, TuiDl) == (
        {"stop": "m", "smoothing": "f5"},
        [],
    )
    assert checked({"train": "ctrl+t"}, TuiDl) == ({"train": "ctrl+t"}, [])


def test_the_new_key_acts_and_the_old_one_does_not(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[keys]\nstop = 'Z'\nlog_scale = 'f5'\n")
    worker = Worker(tmp_path).start().train(9, best=7)
    app = TuiDl(tmp_path, worker.run, settings_file=file)

    async def session() -> None:
        async with app.run_test(size=(160, 40)) as pilot:
            await settle(app, pilot)
            assert "Z Stop" in text(app)
            assert "f5 Log scale" in text(app)
            await pilot.press("s", "l")
            await settle(app, pilot)
            assert "Stop lenet5?" not in text(app)
            assert "0.1 ┤" not in text(app)
            await pilot.press("f5")
            await settle(app, pilot)
            assert "0.1 ┤" in text(app)
            await pilot.press("Z")
            await settle(app, pilot)
            assert "Stop lenet5?" in text(app)

    asyncio.run(session())


def test_what_cannot_be_used_is_said_in_one_notice_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        'theme = "nord2"\n[keys]\nstop = "p"\nnothing = "x"\nmark = "hyper+z"\n"\\u001b[1m" = "q"\n'
    )
    app = TuiDl(tmp_path, settings_file=file)

    async def session() -> None:
        async with app.run_test(size=(200, 60), notifications=True) as pilot:
            await settle(app, pilot)
            shown = [it for it in app._notifications if it.title == "Settings"]
            assert len(shown) == 1
            lines = shown[0].message.splitlines()
            assert [it.partition(": ")[0] for it in lines[:3]] == [
                f"{file}:{number}" for number in (3, 4, 5)
            ]
            assert lines[3:] == ["and 2 more: see tui-dl doctor"]

    asyncio.run(session())
