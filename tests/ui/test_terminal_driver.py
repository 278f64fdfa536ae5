"""What a terminal sends becomes keys: alone, in one piece, divided, and not valid UTF-8."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread

import pytest
from textual.app import App
from textual.events import Key
from textual.message import Message

from tui_dl.ui.paste_parser import PasteParser
from tui_dl.ui.terminal_driver import TerminalDriver

LONGEST = 60  # seconds that a key is waited for


class Reader(TerminalDriver):
    """Keeps what it has read."""

    def __init__(self, app: App[None]) -> None:
        super().__init__(app)
        self.read: SimpleQueue[Message] = SimpleQueue()

    def process_message(self, message: Message) -> None:
        self.read.put(message)

    def key(self) -> str:
        """The next key."""
        message = self.read.get(timeout=LONGEST)
        assert isinstance(message, Key)
        return message.key


@contextmanager
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Reader, int]]:
    """A driver that reads, and the other end of what it reads."""
    out, into = os.pipe()

    async def made() -> Reader:
        return Reader(App())  # a driver asks for the running loop

    with os.fdopen(out) as stream:
        monkeypatch.setattr(sys, "__stdin__", stream)
        driver = asyncio.run(made())
        thread = Thread(target=driver.run_input_thread)
        thread.start()
        try:
            yield driver, into
        finally:
            driver.exit_event.set()
            thread.join()
            os.close(into)


def test_what_follows_tells_escape_from_a_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(monkeypatch) as (driver, terminal):
        os.write(terminal, b"\x1b")
        assert driver.key() == "escape"
        os.write(terminal, b"\x1b[A\x1b")
        assert [driver.key(), driver.key()] == ["up", "escape"]


def test_bytes_that_are_no_text_do_not_end_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(monkeypatch) as (driver, terminal):
        os.write(terminal, b"\xffj")
        assert [driver.key(), driver.key()][1] == "j"


def test_a_divided_sequence_is_one_key() -> None:
    parser = PasteParser()
    found = [message for part in "\x1b[A" for message in parser.feed(part)]
    assert [message.key for message in found if isinstance(message, Key)] == ["up"]
    assert parser.end_sequence() == []
