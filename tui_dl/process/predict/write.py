"""Answers as CSV or JSON, on standard output or in a file."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tui_dl.process.predict.answers import Answers
from tui_dl.protocol.answer import Answer
from tui_dl.runs import atomic
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import encode_printable
from tui_dl.support.os_errors import fault

Cell = str | float | None


class Sink(NamedTuple):
    """Where answers go.

    Attributes:
        output: the file to write; standard output where there is none.
        as_json: on standard output: an object a line in place of CSV.
        has_spans: whether they may have spans.
    """

    output: Path | None
    as_json: bool
    has_spans: bool


def write(answered: Answers, sink: Sink) -> None:
    """Write answers part by part, then how well they agree with the targets of their file.

    A file is written whole or not at all, and has the probability of every class.

    Raises:
        UserError: the file cannot be written.
    """
    table = Table(every_class=sink.output is not None, has_spans=sink.has_spans)
    if sink.output:
        try:
            atomic.write_parts(sink.output, (it.encode() for it in table.texts(answered.parts)))
        except OSError as error:
            raise UserError(f"--output {fault(error)}") from None
        print(f"{table.rows:,} predictions in {sink.output}")
    elif sink.as_json:
        sys.stdout.flush()
        for part in answered.parts:
            for answer in part:
                sys.stdout.buffer.write(encode_printable(answer) + b"\n")
    else:
        for text in table.texts(answered.parts):
            print(text, end="")
    sys.stdout.flush()
    if says := answered.agreement():
        print(says, file=sys.stdout if sink.output else sys.stderr)


class Table:
    """Answers as CSV: the prediction, then what else there is to say of it.

    Attributes:
        rows: how many were written so far.
    """

    def __init__(self, every_class: bool, has_spans: bool) -> None:
        """With the probability of `every_class`, or of the predicted one alone."""
        self._every_class, self._has_spans, self.rows = every_class, has_spans, 0

    def texts(self, parts: Iterable[list[Answer]]) -> Iterator[str]:
        """The lines of the table, those of each part at once."""
        for part in parts:
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            if part and not self.rows:
                writer.writerow(self._cells(part[0]).keys())
            writer.writerows(self._cells(it).values() for it in part)
            self.rows += len(part)
            yield text.getvalue()

    def _cells(self, answer: Answer) -> dict[str, Cell]:
        """The cells of a row by the names of their columns."""
        if isinstance(answer.prediction, tuple):
            named = enumerate(answer.prediction, 1)
            cells: dict[str, Cell] = {f"prediction_{index}": value for index, value in named}
        else:
            cells = {"prediction": answer.prediction}
        if self._has_spans:
            cells["spans"] = "; ".join(f"{it.kind}={it.text}" for it in answer.spans)
        if answer.probabilities and self._every_class:
            cells |= {f"probability_{name}": it for name, it in answer.probabilities.items()}
        elif answer.confidence is not None:
            cells["probability"] = answer.confidence
        if answer.limit is not None:
            cells["limit"] = answer.limit
        return cells
