"""The metrics of a run that are one number, in words."""

from __future__ import annotations

from collections.abc import Iterator

from tui_dl.protocol.events import Metrics
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.train.metrics import METRICS
from tui_dl.support.formatting import metric_figure, percent, short, written
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

BESIDE = ("return", "r2")  # metrics that are printed beside the loss, where there is no accuracy


def beside_loss(accuracy: float | None, metrics: Metrics) -> str:
    """The figure that is printed beside the loss: accuracy, r2 or the mean return of episodes."""
    for name in BESIDE:
        if isinstance(value := metrics.get(name), float):
            return metric_figure(name, value)
    return percent(accuracy)


def scalar_metrics(metrics: Metrics, spec: DataSpec) -> Iterator[tuple[str, str]]:
    """Name and value of each but accuracy, r2 and return, which are printed beside the loss.

    Those in the target's units name the target, where the data in `spec` has a name for it.
    """
    for name, value in metrics.items():
        if name in ("accuracy", *BESIDE) or isinstance(value, list):
            continue
        in_units = name in METRICS and METRICS[name].in_units
        shown = written if in_units else short
        figure = tr("undefined") if value is None else shown(value)
        named = tr("in the units of {name}", name=repr(spec.target_name))
        unit = f"  ({named})" if in_units and spec.target_name else ""
        yield printable(name.replace("_", " ")), printable(figure + unit)


def by_class(metrics: Metrics, spec: DataSpec) -> Iterator[tuple[str, str]]:
    """Name and values of each metric that has one number a class, with the classes' names."""
    for name, values in metrics.items():
        if isinstance(values, list) and len(values) == len(spec.class_names):
            if any(isinstance(value, list) for value in values):  # a matrix
                continue
            pairs = zip(spec.class_names, values, strict=True)
            shown = ", ".join(f"{key} {short(value)}" for key, value in pairs)
            yield printable(name.replace("_", " ")), printable(shown)
