"""Answers as CSV or JSON, on standard output or in a file."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tui_dl.data.notes import Note, to_midi
from tui_dl.process.predict.answers import Answers
from tui_dl.protocol.answer import Answer
from tui_dl.runs import atomic
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import encode_printable
from tui_dl.support.os_errors import fault
from tui_dl.support.translations import said

Cell = str | float | None
TUNES = (".abc", ".mid", ".midi")  # endings of files


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
    """Write answers part by part, then the remarks on them.

    A file is written whole or not at all, and has the probability of every class; one that ends
    with .abc or .mid has the tunes that are the answers.

    Raises:
        UserError: the file cannot be written.
    """
    table = Table(every_class=sink.output is not None, has_spans=sink.has_spans)
    if sink.output:
        is_tune = sink.output.suffix.lower() in TUNES
        made = _tunes(answered, sink.output) if is_tune else table.texts(answered.parts)
        try:
            atomic.write_parts(
                sink.output, (it if isinstance(it, bytes) else it.encode() for it in made)
            )
        except OSError as error:
            raise UserError(f"--output {fault(error)}") from None
        says = f"a tune in {sink.output}"
        print(said(says if is_tune else f"{table.rows:,} predictions in {sink.output}"))
    elif sink.as_json:
        sys.stdout.flush()
        for part in answered.parts:
            for answer in part:
                sys.stdout.buffer.write(encode_printable(answer) + b"\n")
    else:
        for text in table.texts(answered.parts):
            print(text, end="")
    sys.stdout.flush()
    for remark in answered.remarks():
        print(said(remark), file=sys.stdout if sink.output else sys.stderr)


def _tunes(answered: Answers, output: Path) -> Iterator[str | bytes]:
    """All tunes in ABC notation, or one as a MIDI file; raises UserError where there is none."""
    found = [answer for part in answered.parts for answer in part]
    if not all(it.notes for it in found):
        raise UserError(f"--output {output}: the network composes no tunes: choose another ending")
    if output.suffix.lower() == ".abc":
        return iter(["\n".join(str(it.prediction) for it in found)])
    if len(found) > 1:
        raise UserError(f"--output {output}: a MIDI file has one tune: give one line")
    return iter([to_midi([Note(*it) for it in found[0].notes])])


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
