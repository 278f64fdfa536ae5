"""The process that predicts for the rows of a file: to standard output, or into a table.

`tui-dl predict` starts it, for the command line itself never computes.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tui_dl.engine.inference.table_model import TableModel
from tui_dl.process.load_model import load_model
from tui_dl.runs import atomic
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import encode_printable
from tui_dl.support.os_errors import fault
from tui_dl.support.terminal_text import guarded

DONE, FAILED, WRONG_REQUEST, READER_LEFT = 0, 1, 2, 141  # as of all commands
PREDICTION, PROBABILITY = "prediction", "probability"


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
    """Write predictions to the file `output`, else to standard output."""
    if output and output.exists() and (output.is_dir() or output.samefile(file)):
        raise UserError(f"--output {output}: choose a new file")
    model = load_model(run, threads=1)
    if not isinstance(model, TableModel) or run.experiment.train.target == "input":
        raise UserError(f"{run.id}: predicts no column of a table: use tui_dl.load from Python")
    outputs = model.outputs(file)
    answers = model.answers(outputs).tolist()
    names = model.class_names
    shares = np.asarray(model.shares(outputs), np.float64).round(6).tolist() if names else []
    if output:
        text = _table(answers, names, shares)
        try:
            atomic.replace(output, text.encode())
        except OSError as error:
            raise UserError(f"--output {fault(error)}") from None
        print(f"{len(answers):,} predictions in {output}")
    elif as_json:
        sys.stdout.flush()
        for line in _objects(answers, names, shares):
            sys.stdout.buffer.write(encode_printable(line) + b"\n")
    else:
        print(_table(answers, (), [[max(row)] for row in shares]), end="")


def _objects(
    answers: Sequence[Any], names: Sequence[str], shares: Sequence[Sequence[float]]
) -> Iterable[dict[str, Any]]:
    """An object a row: the prediction, and of classes the probability of each."""
    for row, prediction in enumerate(answers):
        found = {PREDICTION: prediction}
        if names:
            found["probabilities"] = dict(zip(names, shares[row], strict=True))
        yield found


def _table(answers: Sequence[Any], names: Sequence[str], shares: Sequence[Sequence[float]]) -> str:
    """Rows as CSV: the prediction, then the probability of each class, or of the predicted one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    header = [f"{PROBABILITY}_{name}" for name in names] or [PROBABILITY] * bool(shares)
    writer.writerow([PREDICTION, *header])
    for row, prediction in enumerate(answers):
        writer.writerow([prediction, *(shares[row] if shares else ())])
    return text.getvalue()


if __name__ == "__main__":
    # Exit at once: the threads that compute only wait.
    os._exit(main())
