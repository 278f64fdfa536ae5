"""Answers to a file or to typed lines, some of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tui_dl import data
from tui_dl.data.readers.table import CategoryColumn
from tui_dl.engine.inference.agreement import Agreement
from tui_dl.engine.inference.model import Model
from tui_dl.engine.inference.table_model import TableModel
from tui_dl.engine.inference.tasks import Asked, Options, answers
from tui_dl.process.predict.read_lines import read_lines
from tui_dl.process.predict.sample_files import with_files
from tui_dl.protocol.answer import Answer
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import quoted

Lines = list[str] | list[Path]

AT_ONCE = 1024  # lines that go through the network at once


class Answers(NamedTuple):
    """Answers in parts.

    Attributes:
        parts: the answers.
        place: where the sample of an index is, in words.
        agreement: once all answers are taken, how well they agree with targets; empty without any.
    """

    parts: Iterator[list[Answer]]
    place: Callable[[int], str]
    agreement: Callable[[], str] = str


def of_file(model: Model, file: Path, options: Options, folder: Path = Path("/")) -> Answers:
    """The answers to the rows or lines of a file, or to the image that it is.

    A line that names a file in `folder` stands for the file, where the network reads files.

    Raises:
        UserError: it cannot be read, or a line in it cannot be answered.
    """
    if isinstance(model, TableModel):
        return _of_table(model, file)
    if data.is_sample(model.experiment.data, file):
        try:
            return Answers(iter([model.answer([file], **options._asdict())]), lambda _: str(file))
        except ValueError as error:
            raise UserError(str(error)) from None
    lines = with_files(model, read_lines(file, model.wanted), folder)
    return _of_lines(model, lines, options, lambda index: f"{file}, line {index + 1:,}")


def of_lines(
    model: Model, lines: Sequence[str], options: Options, folder: Path = Path("/")
) -> Answers:
    """The answers to some lines, which name files as in `of_file`.

    Raises:
        UserError: one cannot be answered.
    """
    return _of_lines(model, with_files(model, lines, folder), options, lambda index: "--text")


def _of_lines(model: Model, lines: Lines, options: Options, place: Callable[[int], str]) -> Answers:
    """Answers to lines, all of which are read before the first one is answered."""
    starts = range(0, len(lines), AT_ONCE)
    try:
        if isinstance(model, TableModel):
            return Answers(iter([model.answer(lines)]), _of_row(lines))
        read = [_read(model, lines[it : it + AT_ONCE], it, place) for it in starts]
        return Answers(iter([answers(model, it, options) for it in read]), place)
    except ValueError as error:
        raise UserError(str(error)) from None


def _of_row(lines: Lines) -> Callable[[int], str]:
    """Where a typed row is: of several, the row itself."""
    return lambda index: "--text" if len(lines) == 1 else f"--text {quoted(str(lines[index]))}"


def _read(model: Model, lines: Lines, start: int, place: Callable[[int], str]) -> Asked:
    """Lines as samples; raises UserError with the place of the first one that is none."""
    try:
        return model.read(lines)
    except ValueError as error:
        for at in range(len(lines)):
            try:
                model.read(lines[at : at + 1])
            except ValueError as own:
                raise UserError(f"{place(start + at)}: {own}") from None
        raise UserError(str(error)) from None


def _of_table(model: TableModel, file: Path) -> Answers:
    """The answers to the rows of a table, and how well they agree with its target."""
    agreement = Agreement(model.target, model.class_names)

    def parts() -> Iterator[list[Answer]]:
        for part in model.parts(file):
            if isinstance(part.target, CategoryColumn):
                agreement.add(model.answers(part.outputs), part.target, part.decimal)
            yield model.answers_of(part)

    return Answers(parts(), lambda index: f"{file}, row {index + 1:,}", agreement.__str__)
