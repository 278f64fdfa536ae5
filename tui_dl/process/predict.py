"""The process that predicts for the rows of a file: to standard output, or into a table.

`tui-dl predict` starts it, for the command line itself never computes.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tui_dl.data.readers.table import CategoryColumn
from tui_dl.engine.inference.agreement import Agreement
from tui_dl.engine.inference.table_model import TableModel
from tui_dl.process.load_model import load_model
from tui_dl.runs import atomic
from tui_dl.runs.folder import Run
from tui_dl.spec.data.table import TableFile
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import encode_printable
from tui_dl.support.os_errors import fault
from tui_dl.support.terminal_text import guarded

DONE, FAILED, WRONG_REQUEST, READER_LEFT = 0, 1, 2, 141  # as of all commands
PREDICTION, PROBABILITY = "prediction", "probability"


class Predicted(NamedTuple):
    """Answers for some rows, and for classes the probability of each."""

    answers: list[Any]
    shares: list[list[float]]


def main() -> int:
    """Predict for the rows of a file; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tui_dl.process.predict", description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with guarded():
        try:
            _predict(Run(options.run), options.file, options.output, options.json)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return READER_LEFT
        except UserError as error:
            print("tui-dl:", " ".join(str(error).split()), file=sys.stderr)
            return WRONG_REQUEST
        except OSError as error:
            print("tui-dl:", fault(error), file=sys.stderr)
            return FAILED
    return DONE


def _predict(run: Run, file: Path, output: Path | None, as_json: bool) -> None:
    """Write predictions to the file `output`, else to standard output, some rows at a time.

    Where the file has the target, how well the predictions agree with it is said too: beside the
    name of `output`, else on standard error.
    """
    if output and os.path.lexists(output) and (_is_special(output) or output.samefile(file)):
        raise UserError(f"--output {output}: choose a new file")
    model = load_model(run, threads=1)
    if not isinstance(model, TableModel) or run.experiment.train.target == "input":
        raise UserError(f"{run.id}: predicts no column of a table: use tui_dl.load from Python")
    assert isinstance(run.experiment.data, TableFile)
    decimal = run.experiment.data.decimal or "."
    agreement = Agreement(model.target, model.class_names, decimal)
    predicted = _predicted(model, file, agreement)
    if output:
        table = Table(model.class_names)
        try:
            atomic.write_parts(output, (text.encode() for text in table.texts(predicted)))
        except OSError as error:
            raise UserError(f"--output {fault(error)}") from None
        print(f"{table.rows:,} predictions in {output}")
        print(str(agreement) + "\n" * bool(str(agreement)), end="")
        return
    if as_json:
        sys.stdout.flush()
        for line in _objects(predicted, model.class_names):
            sys.stdout.buffer.write(encode_printable(line) + b"\n")
    else:
        for text in Table(()).texts(predicted):
            print(text, end="")
    sys.stdout.flush()
    print(str(agreement) + "\n" * bool(str(agreement)), end="", file=sys.stderr)


def _is_special(path: Path) -> bool:
    """Whether a path is something else than a file, such as a folder, a device or a link."""
    return path.is_symlink() or not path.is_file()


def _predicted(model: TableModel, file: Path, agreement: Agreement) -> Iterator[Predicted]:
    """The answers for the rows of a file, some rows at a time, which are added to `agreement`."""
    for part in model.parts(file):
        answers = model.answers(part.outputs)
        if isinstance(part.target, CategoryColumn):
            agreement.add(answers, part.target)
        shares = []
        if model.class_names:
            shares = np.asarray(model.shares(part.outputs), np.float64).round(6).tolist()
        given = answers.tolist()
        if not model.class_names:  # a network computes with seven digits
            given = [float(f"{it:.7g}") for it in given]
        yield Predicted(given, shares)


def _objects(predicted: Iterable[Predicted], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """An object a row: the prediction, and of classes the probability of each."""
    for part in predicted:
        for row, prediction in enumerate(part.answers):
            found = {PREDICTION: prediction}
            if names:
                found["probabilities"] = dict(zip(names, part.shares[row], strict=True))
            yield found


class Table:
    """Predictions as CSV: the answer, then the probability of each class, or of the answer.

    Attributes:
        rows: how many were written so far.
    """

    def __init__(self, names: Sequence[str]) -> None:
        """Of the classes `names`; if there are none, of the answer alone."""
        self._names, self.rows = names, 0

    def texts(self, predicted: Iterable[Predicted]) -> Iterator[str]:
        """The lines of the table, those of each part at once."""
        for part in predicted:
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            if not self.rows:
                header = [f"{PROBABILITY}_{name}" for name in self._names]
                writer.writerow([PREDICTION, *(header or [PROBABILITY] * bool(part.shares))])
            shares = part.shares if self._names else [[max(row)] for row in part.shares]
            for row, prediction in enumerate(part.answers):
                writer.writerow([prediction, *(shares[row] if shares else ())])
            self.rows += len(part.answers)
            yield text.getvalue()


if __name__ == "__main__":
    # Exit at once: the threads that compute only wait.
    os._exit(main())
