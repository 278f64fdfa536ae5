"""Talks to the process that predicts line after line: it is kept alive, so each answer is quick."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from tui_dl.process import spawn
from tui_dl.protocol.answer import Answer, Answered, Question, Ready, Refused, Reply
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import encode

_decoder: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


class Predictor:
    """A process with the network of a run, which answers typed lines.

    `close` ends it, in whichever thread answers are waited for.

    Attributes:
        has_ended: whether there will be no more answers.
    """

    def __init__(self, run: Run, *options: str, quiet: bool = False) -> None:
        """Start the process.

        Args:
            run: the run.
            options: further arguments of the process.
            quiet: whether nothing is to be written to standard error, which is a terminal.
        """
        self.has_ended = False
        self._process = spawn.start(
            "tui_dl.process.predict.command_line",
            str(run.path.absolute()),
            *("--lines", "--folder", str(Path.cwd()), *options),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else None,
        )

    def wait(self) -> Ready:
        """Wait until the network is loaded.

        Raises:
            UserError: there are no weights, or the network answers no lines.
        """
        reply = self._read()
        assert isinstance(reply, Ready)
        return reply

    def ask(self, text: str) -> Answer:
        """What the network says of a line.

        Raises:
            UserError: the line cannot be answered, or the process has ended.
        """
        assert self._process.stdin
        with suppress(OSError):  # it has ended, which reading says
            self._process.stdin.write(encode(Question(text)) + b"\n")
            self._process.stdin.flush()
        reply = self._read()
        assert isinstance(reply, Answered)
        return reply.answer

    def _read(self) -> Reply:
        """The next reply; raises UserError where it is a refusal, or where there is none."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            self.has_ended = True
            raise UserError("the process that predicts has ended: try again")
        reply = _decoder.decode(line)
        if isinstance(reply, Refused):
            raise UserError(reply.reason)
        return reply

    def close(self) -> None:
        """End the process."""
        self._process.kill()  # a thread that waits for an answer gets the end, and goes on
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe
                pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
