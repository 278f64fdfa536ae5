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
from tui_dl.protocol.answer import Answer
from tui_dl.support.errors import UserError

AT_ONCE = 1024  # lines that go through the network at once


class Answers(NamedTuple):
    """Answers in parts; once all are taken, `remarks` are lines about them.

    They say which cells of a file could not be read, and how well answers agree with its targets.
    """

    parts: Iterator[list[Answer]]
    remarks: Callable[[], list[str]] = list


def of_file(model: Model, file: Path, options: Options) -> Answers:
    """The answers to the rows or lines of a file, or to the image that it is.

    Raises:
        UserError: it cannot be read, or a line in it cannot be answered.
    """
    if isinstance(model, TableModel):
        return _of_table(model, file)
    if data.is_sample(model.experiment.data, file):
        try:
            return Answers(iter([model.answer([file], **options._asdict())]))
        except ValueError as error:
            raise UserError(str(error)) from None
    lines = read_lines(file, model.wanted)
    return _of_lines(model, lines, options, lambda index: f"{file}, line {index + 1:,}")


def of_lines(model: Model, lines: Sequence[str], options: Options) -> Answers:
    """The answers to some lines.

    Raises:
        UserError: one cannot be answered.
    """
    return _of_lines(model, list(lines), options, lambda index: "--text")


def _of_lines(
    model: Model, lines: list[str], options: Options, place: Callable[[int], str]
) -> Answers:
    """Answers to lines, all of which are read before the first one is answered."""
    starts = range(0, len(lines), AT_ONCE)
    try:
        if isinstance(model, TableModel):
            return Answers(iter([model.answer(lines)]))
        read = [_read(model, lines[it : it + AT_ONCE], it, place) for it in starts]
        return Answers(iter([answers(model, it, options) for it in read]))
    except ValueError as error:
        raise UserError(str(error)) from None


def _read(model: Model, lines: list[str], start: int, place: Callable[[int], str]) -> Asked:
    """Lines as samples; raises UserError with the place of the first one that is none."""
    try:
        return model.read(lines)
    except ValueError as error:
        for index, line in enumerate(lines, start):
            try:
                model.read([line])
            except ValueError as own:
                raise UserError(f"{place(index)}: {own}") from None
        raise UserError(str(error)) from None


def _of_table(model: TableModel, file: Path) -> Answers:
    """The answers to the rows of a table, and how well they agree with its target."""
    agreement = Agreement(model.target, model.class_names)
    notes: list[str] = []

    def parts() -> Iterator[list[Answer]]:
        for part in model.parts(file):
            notes[:] = part.notes
            if isinstance(part.target, CategoryColumn):
                agreement.add(model.answers(part.outputs), part.target, part.decimal)
            yield model.answers_of(part.outputs)

    return Answers(parts(), lambda: [line for line in (*notes, str(agreement)) if line])
