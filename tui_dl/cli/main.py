"""Carries out a command line; how it ends becomes an exit status and at most one line of error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tui_dl.cli.exit_status import DONE, FAILED, INTERRUPTED, READER_LEFT, WRONG_REQUEST
from tui_dl.cli.output import complain
from tui_dl.cli.parser import TopParser, asked_language
from tui_dl.cli.registry import Command
from tui_dl.course.language import language
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import fault
from tui_dl.support.standard_streams import open_closed
from tui_dl.support.terminal_text import guarded
from tui_dl.support.translations import use


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command line and return its exit status."""
    try:
        open_closed()
    except OSError as error:  # too many open files
        os.write(2, f"tui-dl: {fault(error)}\n".encode())
        return FAILED
    with guarded():
        return _main(list(sys.argv[1:] if arguments is None else arguments))


def _main(given: list[str]) -> int:
    try:
        status = _carry_out(given)
        sys.stdout.flush()
    except UserError as error:
        status = _complain(str(error), given, WRONG_REQUEST)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:  # `tui-dl runs | head -1`
        _drop_output()
        status = READER_LEFT
    except Exception as error:
        what = f"internal error: {type(error).__name__}: {error}; run again with --debug"
        if isinstance(error, OSError) and (reason := _why_unwritable()):
            what = f"standard output: cannot be written: {reason}"
        elif isinstance(error, OSError) and error.filename:
            what = f"{error.filename}: {error.strerror}"
        status = _complain(what, given, FAILED)
    return status


def _why_unwritable() -> str | None:
    """The reason why standard output cannot be written; None where it can."""
    try:
        print(flush=True)
    except OSError as error:
        _drop_output()
        return error.strerror
    return None


def _drop_output() -> None:
    """Send standard output to /dev/null, because Python flushes it once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _carry_out(given: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    spoken = language(asked_language(given))
    use(spoken)
    try:
        options = TopParser(spoken).parse_args(given)
    except SystemExit as end:  # --help and --version
        return int(end.code or DONE)
    command: Command | None = options.command
    if command is None:
        from tui_dl.cli import library

        return library.run(options)
    return command.run(options)


def _complain(what: str, given: list[str], status: int) -> int:
    if "--debug" in given:
        import traceback

        traceback.print_exc()
    complain(" ".join(what.split()))
    return status
