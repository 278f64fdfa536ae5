"""A prompt at which a trained network answers line after line."""

from __future__ import annotations

import shutil
from contextlib import suppress

from tui_dl.cli.exit_status import DONE
from tui_dl.process.predictor import Predictor
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError
from tui_dl.support.translations import said, tr

MARK = "> "


def prompt(run: Run, options: list[str]) -> int:
    """Read lines until an empty one or the end, and print what the network says of each.

    Args:
        run: the run whose network answers.
        options: arguments of the process that computes.

    Raises:
        UserError: the network answers no lines, or the process has ended.
    """
    with suppress(ImportError):
        import readline  # noqa: F401  # `input` uses it: lines can be edited and come back

    from tui_dl.drawing.answer import draw  # brings numpy

    with Predictor(run, *options) as predictor:
        wanted = said(predictor.wait().wanted)
        print(tr("{run}: {what}. An empty line ends.", run=run.name, what=wanted))
        while (line := _read()) is not None and line.strip():
            try:
                answer = predictor.ask(line)
            except UserError as error:
                if predictor.has_ended:
                    raise
                print(said(str(error)))
                continue
            for row in draw(answer, shutil.get_terminal_size().columns):
                print("".join(text for text, _ in row).rstrip())
    return DONE


def _read() -> str | None:
    """The next line; None at the end."""
    while True:
        try:
            line = input(MARK)
            line.encode()
        except EOFError:
            print()
            return None
        except UnicodeError:
            print(tr("the line is not UTF-8: set the terminal to UTF-8, and type it again"))
            continue
        return line
