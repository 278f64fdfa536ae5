"""Inputs are of the order of 1: not so large that units saturate, nor so small that none acts."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.train.checks.subject import Measured, Subject
from tui_dl.support.formatting import short

STEPS = 0

LEAST, MOST = 0.05, 10.0  # root mean squares: 0.05 of the whole, 10 of a column


def check(subject: Subject) -> Measured | None:
    """The largest root mean square of a column, or that of the whole where it is too small.

    A column is one number of a sample; of an image or a sequence all numbers are one column. A rare
    category or word is 0 nearly always, so a single column may be as small as it likes, and the
    whole is taken without zeros.
    """
    spec = subject.experiment.data_spec
    if spec.input.vocab_size:
        return None
    inputs = subject.samples.inputs.astype(np.float64)
    columns = inputs if len(spec.input.shape) == 1 else inputs.reshape(-1, 1)
    squares = (columns * columns).mean(axis=0)
    worst, filled = int(squares.argmax()), np.count_nonzero(columns)
    largest = float(np.sqrt(squares[worst]))
    whole = float(np.sqrt(squares.sum() * len(columns) / max(filled, 1)))
    if largest > MOST:
        of = f"column {worst + 1} of the inputs" if columns.shape[1] > 1 else "the inputs"
        figure, mean, deviation = largest, columns[:, worst].mean(), columns[:, worst].std()
        says = (
            f"{of}: mean {short(float(mean))}, deviation {short(float(deviation))}; expected is a "
            f"root mean square from {LEAST:g} to {MOST:g}"
        )
    else:
        figure = whole
        says = (
            f"the inputs that are not 0: root mean square {short(whole)}; expected is from "
            f"{LEAST:g} to {MOST:g}"
        )
    return Measured(
        figure,
        LEAST,
        MOST,
        says,
        'scale them: subtract the mean, divide by the deviation (data.transform "standardize")',
    )
