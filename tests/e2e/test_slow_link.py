"""A terminal that takes two kilobytes a second is not behind: it gets the newest frame only."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pyte
import pytest

from tests.e2e.conftest import eventually
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.ui.terminal_driver import ASK

pytest.importorskip("bench.feed")

SIZE = (200, 60)
SLOW, SECONDS = 2000, 10  # bytes a second, and how long
FRAME = 16_000  # bytes: more than one of this size has; 72,000 waited where frames were queued
KERNEL = 22_048  # bytes that a pseudo-terminal of Linux takes before it makes a writer wait


class Link:
    """A terminal that is read by hand, and what it shows."""

    def __init__(self, answers: bool, *command: str) -> None:
        self._answers, self._content = answers, b""
        self._asked, self.holds = 0, False
        self.screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self.screen)
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        self.process = subprocess.Popen(
            command, stdin=inner, stdout=inner, stderr=inner, start_new_session=True
        )
        os.close(inner)

    def read(self, most: int, wait: float) -> int:
        """Read at most so many bytes, and wait for them for so many seconds."""
        if not select.select([self._end], [], [], wait)[0]:
            return 0
        content = os.read(self._end, most)
        self._stream.feed(content)
        *asked, self._content = (self._content + content).split(ASK.encode())
        self._asked += len(asked)
        if not self.holds:
            self.answer()
        return len(content)

    def answer(self) -> None:
        """Give the answers that are asked for."""
        if self._answers:
            self.press("\x1b[?2026;2$y" * self._asked)
        self._asked = 0

    def rest(self, quiet: float) -> int:
        """Read all there is until nothing has come for `quiet` seconds; how much it was."""
        total = 0
        while found := self.read(65536, quiet):
            total += found
        return total

    def press(self, key: str) -> None:
        """Type a key."""
        os.write(self._end, key.encode())

    def says(self, words: str) -> bool:
        """Whether a row shows `words`, once what has come was read."""
        self.read(65536, 0.1)
        return any(words in row for row in self.screen.display)


@pytest.mark.parametrize(("answers", "most"), [(True, 2 * FRAME), (False, KERNEL + 2 * FRAME)])
def test_a_slow_terminal_gets_the_newest_frame(answers: bool, most: int, home: Path) -> None:
    feed = subprocess.Popen([sys.executable, "-m", "bench.feed", str(home)])
    eventually(lambda: all_runs(home))
    (run,) = all_runs(home)
    link = Link(answers, sys.executable, "-m", "tui_dl", "attach", run.id, "--runs", str(home))
    try:
        eventually(lambda: link.says("running") and link.says("live"))
        link.rest(0.05)
        for turn in range(10 * SECONDS):
            link.press("12"[turn % 2])  # tabs: other panels all over the screen
            link.read(SLOW // 10, 0.0)
            time.sleep(0.1)
        link.press("1")
        feed.kill()
        feed.wait()
        link.holds = True  # its answers: else the frames that follow each other now count, too
        left = link.rest(0.02)  # what has waited
        link.holds = False
        link.answer()
        epochs = len(State(run).epochs)
        eventually(lambda: link.says(f"epoch {epochs:,}"))
        assert left < most, left
    finally:
        feed.kill()
        os.killpg(link.process.pid, signal.SIGKILL)
        link.process.wait()
        feed.wait()
