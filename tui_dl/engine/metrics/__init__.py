"""Metrics beside the loss, over all samples of a split.

A file here computes one metric, or a few that are alike: its ``MEASURES`` has a function of
`Predictions` for each, by the metric's name. A file that is here is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tui_dl.engine.metrics.predictions import Measure, Numbers, Predictions
from tui_dl.protocol.events import Metrics
from tui_dl.spec.train.metrics import METRICS


def _found() -> dict[str, Measure]:
    """All functions of this package's files, by the metrics' names.

    Raises:
        ImportError: two of them are for one metric; the message names both files.
    """
    found: dict[str, Measure] = {}
    for name in sorted(module.name for module in iter_modules(__path__, f"{__name__}.")):
        module = import_module(name)
        for metric, function in getattr(module, "MEASURES", {}).items():
            if metric in found:
                files = f"{found[metric].__code__.co_filename} and {module.__file__}"
                raise ImportError(f"two functions of {metric}: {files}: rename one")
            found[metric] = function
    return found


MEASURES = _found()


def measure(
    names: Sequence[str],
    outputs: Numbers,
    targets: Any,
    class_names: Sequence[str] = (),
    unit: float = 1.0,
) -> Metrics:
    """Compute the metrics `names` of a split's outputs, (samples, ..., classes) for classes.

    Args:
        names: metrics, as in `train.metrics`; those that are not of such targets are left out.
        outputs: a single output for two classes is above 0 for the second.
        targets: int classes (samples, ...), negative where there is no target, or real numbers.
        class_names: the classes' names, for entity_f1.
        unit: what 1 of real targets is worth in the units of the user's file.
    """
    it = Predictions(outputs, targets, class_names, unit)
    of_classes = it.are_of_classes(targets)
    if of_classes and not len(it.labels):
        return {}
    subject = "classes" if of_classes else "real numbers"
    return {name: MEASURES[name](it) for name in names if METRICS[name].subject == subject}
