"""The process that predicts: its arguments, and how errors become an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tui_dl.engine.inference.tasks import Options, check
from tui_dl.process.load_model import load_model
from tui_dl.process.predict.answer_questions import answer_questions
from tui_dl.process.predict.answers import of_file, of_lines
from tui_dl.process.predict.write import Sink, write
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import fault
from tui_dl.support.terminal_text import guarded
from tui_dl.support.translations import said, use

DONE, FAILED, WRONG_REQUEST, READER_LEFT = 0, 1, 2, 141  # as of all commands


def main() -> int:
    """Predict as the command line says; returns the exit status."""
    options = _parser().parse_args()
    use(options.lang)
    with guarded():
        try:
            _predict(options)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return READER_LEFT
        except UserError as error:
            print("tui-dl:", said(" ".join(str(error).split())), file=sys.stderr)
            return WRONG_REQUEST
        except OSError as error:
            print("tui-dl:", said(fault(error)), file=sys.stderr)
            return FAILED
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="predict", description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--text", action="append")
    parser.add_argument("--lines", action="store_true", help="questions on standard input")
    parser.add_argument("--folder", type=Path, default=Path("/"), help="of files in lines")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--length", type=int)
    parser.add_argument("--temperature", type=float)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--lang", default="en", help="language of what is printed")
    return parser


def _predict(options: argparse.Namespace) -> None:
    """Answer line after line, or write what the network says of a file or some texts."""
    run, how = Run(options.run), Options(options.length, options.temperature, options.seed)
    if options.lines:
        answer_questions(run, options.folder, how)
        return
    if options.output:
        _check_new(options.output, options.file, run)
    try:
        check(run.experiment, how)
    except ValueError as error:
        raise UserError(f"--{error}") from None
    model = load_model(run, threads=1)
    given: Path | Sequence[str] = options.text or options.file
    answered = (
        of_file(model, given, how, options.folder)
        if isinstance(given, Path)
        else of_lines(model, given, how, options.folder)
    )
    write(answered, Sink(options.output, options.json, model.experiment.task == "tag"))


def _check_new(output: Path, file: Path | None, run: Run) -> None:
    """Raise UserError where `output` holds what is read or was learned from, or is no file."""
    if not os.path.lexists(output):
        return
    if output.is_symlink() or not output.is_file() or _is_in(file, output):
        raise UserError(f"--output {output}: choose a new file")
    data = run.experiment.data
    learned = Path(data.path) if data.reads_file and hasattr(data, "path") else None
    if _is_in(learned, output):
        raise UserError(f"--output {output}: the run has learned from it: choose a new file")


def _is_in(read: Path | None, output: Path) -> bool:
    """Whether `output` is the file `read`, or in the folder `read`."""
    places = (output, *output.resolve().parents)
    return read is not None and read.exists() and any(read.samefile(it) for it in places)
