"""The chart of a family of runs: the test error over the number of training samples."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.drawing.chart_spec import ChartSpec, Line
from tui_dl.drawing.x_axis import XAxis
from tui_dl.runs.traces import Trace


def by_samples(traces: Sequence[Trace], metric: str, dot: str) -> Line | None:
    """The test error over the number of training samples, once all runs are over.

    None where the runs do not differ in it, or are not of one experiment.
    """
    if len({it.subject for it in traces}) > 1:
        return None
    over = [(it.samples, it.test) for it in sorted(traces, key=lambda it: it.samples) if it.test]
    if len(over) < len(traces) or len({samples for samples, _ in over}) < 2:
        return None
    errors = [1 - test.accuracy for _, test in over if test.accuracy is not None]
    losses = [test.loss for _, test in over if test.loss is not None]
    is_error = metric == "accuracy" and len(errors) == len(over)
    values = errors if is_error else losses
    if len(values) < len(over):  # one diverged
        return None
    name = f"test {'error' if is_error else 'loss'} over the number of training samples"
    xs = [float(samples) for samples, _ in over]
    return Line(name, (xs, values), "validation", dot=dot)


def family_chart(line: Line) -> ChartSpec:
    """From no samples to the most; an error is a share."""
    last = line.points[0][-1]
    return ChartSpec((line,), x=XAxis(last=last), percent=" error " in line.name, outliers=True)
