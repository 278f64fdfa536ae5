"""Forecasts of a time series over its true values, one after another through the test part."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.spec.experiment import Experiment

POINTS = 112  # values that are shown


class Forecast(Observer):
    """``truth``, ``forecast`` and ``naive`` (values,): the latter two are made window by window.

    Each window of the test part begins where the forecast of the one before ends; `naive` repeats
    the last season that the window's past has. Numbers are in the units of the user's file. Labels:
    ``name``, the column's, and ``horizon``, how many values one forecast has.
    """

    def wants(self, experiment: Experiment) -> bool:
        return experiment.data.season > 0 and experiment.train.target == "data"

    def observe(self, context: Context) -> Seen | None:
        test, data = context.dataset.test, context.experiment.data
        spec, horizon = context.experiment.data_spec, context.experiment.target.size
        windows = np.arange(0, len(test), horizon)[: max(POINTS // horizon, 1)]
        samples = test.take(windows)
        outputs = context.evaluator.outputs(samples)[1].reshape(len(windows), horizon)
        context.evaluator.outputs(context.test)  # which observers that follow expect
        naive = samples.inputs[:, np.arange(horizon) % data.season - data.season]
        arrays = {"truth": samples.targets, "forecast": outputs, "naive": naive}
        labels = {"horizon": [str(horizon)]}
        if spec.target_name:
            labels["name"] = [spec.target_name[:40]]
        shown = {
            key: (it.reshape(-1)[:POINTS] * spec.target_unit + spec.target_mean).astype(np.float32)
            for key, it in arrays.items()
        }
        return Seen(shown, labels)
