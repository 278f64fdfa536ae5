"""A driver of Textual's that knows whether the terminal shows all that it was sent."""

from __future__ import annotations

import os
from asyncio import get_running_loop
from codecs import getincrementaldecoder
from collections.abc import Callable
from select import select
from threading import Event
from time import monotonic
from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui_dl.ui.paste_parser import PasteParser

ASK = "\x1b[?2026$p"  # whether output is synchronised: Textual's driver asks that when it starts
ANSWER_SECONDS = 10.0  # that an answer is waited for; a screen at 1 kB/s takes as long
LEAVE_SECONDS = 2.0  # the same when the dashboard is left: the shell would show the answer
ESCAPE = "\x1b"  # the key, and the beginning of what other keys and answers send
ESCAPE_SECONDS = 0.01  # after which it was the key; terminals send a sequence in one piece
SEQUENCE_SECONDS = 0.1  # that the rest of a sequence is waited for, which a slow link may divide
READ_BYTES = 4096


class Output:
    """The terminal as a file that Textual's thread writes to.

    Attributes:
        taken: how many writes it has taken.
    """

    def __init__(self, file: IO[str], on_taken: Callable[[], object]) -> None:
        """Write to `file`, and call `on_taken` in the writing thread when that has taken all."""
        self._file, self._on_taken = file, on_taken
        self._written = self.taken = 0

    def write(self, text: str) -> None:
        """Write, and wait where the terminal takes no more."""
        self._file.write(text)
        self._written += 1

    def flush(self) -> None:
        """Write out what is buffered."""
        self._file.flush()
        self.taken = self._written
        self._on_taken()

    def fileno(self) -> int:
        """The terminal's file descriptor."""
        return self._file.fileno()


class TerminalDriver(LinuxDriver):
    """Asks the terminal for an answer after each frame: what is on the way is not seen otherwise.

    An SSH server takes a megabyte from us that a slow link has not carried yet. A terminal that
    never answers counts as ready when its end of the line here has taken all.
    """

    def __init__(self, app: Any, **how: Any) -> None:
        super().__init__(app, **how)
        self._tell: Callable[[], object] = lambda: app.call_later(app.terminal_is_ready)
        self._output = Output(self._file, self._tell)
        self._file: Any = self._output
        self._sent = 0  # writes
        self._asked = 0.0  # when
        self._can_answer = False
        self._answered = Event()
        self._answered.set()

    @property
    def is_ready(self) -> bool:
        """Whether the terminal shows all that was sent, as far as can be known."""
        waited = monotonic() - self._asked
        shown = self._answered.is_set() or waited > ANSWER_SECONDS
        return shown and self._output.taken == self._sent

    def write(self, data: str) -> None:
        """Send `data`, after what was sent before."""
        self._sent += 1
        super().write(data)

    def end_frame(self) -> None:
        """Ask for an answer to the frame that was sent."""
        if self._can_answer:
            self._can_answer = self._answered.is_set()  # else it is asked again once it answers
            self._answered.clear()
            self._asked = monotonic()
            self.write(ASK)

    def run_input_thread(self) -> None:
        """Read keys and answers until the driver is stopped.

        Textual itself looks ten times a second whether an escape was the key, which so acts 100 to
        200 ms after it was pressed.
        """
        parser, decode = PasteParser(), getincrementaldecoder("utf-8")("replace").decode
        patience = SEQUENCE_SECONDS
        while not self.exit_event.is_set():
            if select([self.fileno], [], [], patience)[0]:
                text = decode(os.read(self.fileno, READ_BYTES))
                messages = [*parser.feed(text)] if text else []  # a letter may be divided
                patience = ESCAPE_SECONDS if text.endswith(ESCAPE) else SEQUENCE_SECONDS
            else:
                messages = parser.end_sequence()
            for message in messages:
                self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Note an answer; this is called in the reading thread."""
        if isinstance(message, TerminalSupportsSynchronizedOutput):
            self._can_answer = True
            self._answered.set()
            self._tell()
        super().process_message(message)

    def disable_input(self) -> None:
        """Read no more, once the last answer has come."""
        self._answered.wait(LEAVE_SECONDS)
        super().disable_input()

    def _sigtstp_application(self, *_: object) -> None:
        """Give the terminal back and stop, in a turn of the loop's own.

        A signal may come in the middle of a write, which holds a lock that giving back needs too.
        """
        if self._auto_restart:
            get_running_loop().call_soon_threadsafe(super()._sigtstp_application)
        else:  # an editor has the terminal
            super()._sigtstp_application()

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal back, whether it was given back or the process just stopped."""
        if self._must_signal_resume:
            super()._sigcont_application()
        elif self._auto_restart:
            get_running_loop().call_soon_threadsafe(self._restart)

    def _restart(self) -> None:
        self.suspend_application_mode()
        self._must_signal_resume = True
        self.resume_application_mode()
