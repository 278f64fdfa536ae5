"""The command line: its parser, and the exit status of every kind of ending.

The command `NAME` is the module `NAME.py` beside this one, imported only when it is called.
"""

from __future__ import annotations

import os
import re
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

from rich_argparse import RichHelpFormatter

from tui_dl import __version__
from tui_dl.cli.exit_status import DONE, FAILED, INTERRUPTED, READER_LEFT, WRONG_REQUEST
from tui_dl.support.api_validation import MOST_SEED
from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import fault
from tui_dl.support.processors import MOST_THREADS
from tui_dl.support.standard_streams import open_closed
from tui_dl.support.terminal_text import Guarded, guarded

_NO_COMMAND = re.compile(
    r"argument COMMAND: invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL
)


class Parser(ArgumentParser):
    """argparse whose errors are one line, as all our errors are."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=RichHelpFormatter, allow_abbrev=False, **settings)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """A command's own parser refuses what it does not know, for its hint is the helpful one."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return options, unknown

    def _print_message(self, message: str, file: Any = None) -> None:
        """Help and version are our own words, in colour on a terminal."""
        super()._print_message(message, file.unguarded if isinstance(file, Guarded) else file)

    def error(self, message: str) -> NoReturn:
        help_of = command_line(*self.prog.split()[1:], "--help")
        if wrong := _NO_COMMAND.fullmatch(message):
            from tui_dl.support.did_you_mean import suggest

            hint = suggest(wrong[1], re.findall("[a-z]+", wrong[2]), f"see `{help_of}`")
            raise UserError(f"{wrong[1]}: no such command{hint}")
        raise UserError(f"{message}; see `{help_of}`")


def parser() -> Parser:
    """All commands and their options."""
    top = Parser(
        prog="tui-dl",
        description="Train small neural networks in the terminal and watch them learn. "
        "Without a command, the library of presets opens.",
    )
    top.add_argument("--version", action="version", version=f"tui-dl {__version__}")
    top.set_defaults(command="library", runs=None, debug=False)
    _add_common(top)
    commands = top.add_subparsers(metavar="COMMAND", prog="tui-dl", parser_class=Parser)

    def add(name: str, says: str) -> Parser:
        parser: Parser = commands.add_parser(name, help=says, description=says)
        parser.set_defaults(command=name)
        _add_common(parser)
        return parser

    train = add("train", "start a run of a preset or an experiment file")
    train.add_argument("experiment", metavar="PRESET|FILE", type=_filled)
    _add_set(train)
    train.add_argument("--name", help="name of the run (default: the preset's or the file's)")
    train.add_argument(
        "--seed",
        type=partial(_whole, 0, MOST_SEED),
        metavar="N",
        help="the same as --set train.seed=N",
    )
    _add_how(train)

    _add_json(add("runs", "list all runs, newest first"), "print one object a line")
    show = add("show", "show a run's results")
    _add_run(show)
    _add_json(show)
    _add_run(add("attach", "open the dashboard on a run"), optional=True)
    _add_run(add("stop", "save the weights and end a run"))
    _add_run(add("pause", "save the weights and pause a run"))
    resume = add("resume", "resume a run that was paused, stopped or killed")
    _add_run(resume)
    _add_how(resume)
    change = add("set", "change the learning rate while a run is running")
    _add_run(change)
    change.add_argument("change", metavar="learning_rate=VALUE", type=_filled)
    presets = add("presets", "list the presets, or print one preset's file")
    presets.add_argument("preset", metavar="NAME", nargs="?", type=_filled)
    _add_json(presets, "print one object a line")
    check = add("check", "check an experiment; print the shape and cost of each layer")
    check.add_argument("experiment", metavar="PRESET|FILE", type=_filled)
    _add_set(check)
    _add_json(check)
    warmup = add("warmup", "compile the kernels of all presets, so that training starts at once")
    warmup.add_argument(
        "experiments",
        metavar="PRESET|FILE",
        nargs="*",
        type=_filled,
        help="compile only what these need",
    )
    _add_json(warmup, "print nothing but one object, at the end")
    _add_json(add("doctor", "check this machine, and say how to mend what does not work"))
    return top


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
            what = f"standard output cannot be written: {reason}"
        elif isinstance(error, OSError) and error.filename:
            what = f"{error.filename}: {error.strerror}"
        status = _complain(what, given, FAILED)
    return status


def _why_unwritable() -> str | None:
    """What keeps standard output from taking another line, if anything does."""
    try:
        print(flush=True)
    except OSError as error:
        _drop_output()
        return error.strerror
    return None


def _drop_output() -> None:
    """From now on standard output goes nowhere, for Python flushes it once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _carry_out(given: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        options = parser().parse_args(given)
    except SystemExit as end:  # --help and --version
        return int(end.code or DONE)
    module = import_module(f"tui_dl.cli.{options.command}")
    return int(module.run(options))


def _complain(what: str, given: list[str], status: int) -> int:
    if "--debug" in given:
        import traceback

        traceback.print_exc()
    print("tui-dl:", " ".join(what.split()), file=sys.stderr)
    return status


def _add_common(command: Parser) -> None:
    """Options that may stand before and after the command; the defaults are the top parser's."""
    command.add_argument(
        "--runs",
        metavar="PATH",
        default=SUPPRESS,
        help="folder of all runs (default: TUI_DL_RUNS, or the user's data folder)",
    )
    command.add_argument(
        "--debug", action="store_true", default=SUPPRESS, help="show a traceback with an error"
    )


def _add_json(command: Parser, says: str = "print one object") -> None:
    command.add_argument("--json", action="store_true", help=f"{says}, as JSON")


def _add_set(command: Parser) -> None:
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change one key of the experiment, such as train.epochs=3; may be repeated",
    )


def _add_run(command: Parser, optional: bool = False) -> None:
    command.add_argument(
        "run",
        metavar="RUN",
        nargs="?" if optional else None,
        default="last",
        type=_filled,
        help="an id, the start of an id, a name, or `last`" + " (default: last)" * optional,
    )


def _add_how(command: Parser) -> None:
    """Options of the commands that start a worker."""
    command.add_argument(
        "--threads",
        type=partial(_whole, 1, MOST_THREADS),
        metavar="N",
        help="threads to compute with (default: chosen automatically)",
    )
    how = command.add_mutually_exclusive_group()
    how.add_argument(
        "--detach", action="store_true", help="start in the background and return at once"
    )
    how.add_argument(
        "--headless", action="store_true", help="print progress lines instead of the dashboard"
    )
    _add_json(command, "print nothing but one object, at the end")


def _whole(least: int, most: int, text: str) -> int:
    if not re.fullmatch(r"\d{1,19}", text) or not least <= int(text) <= most:
        raise ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most:,}")
    return int(text)


def _filled(text: str) -> str:
    if not text.strip():
        raise ArgumentTypeError("is empty")
    return text
