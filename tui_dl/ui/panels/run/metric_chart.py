"""The chart of the metric beside the loss."""

from __future__ import annotations

from tui_dl.drawing.chart_spec import SECOND_DOT, ChartSpec, in_words, metric_chart
from tui_dl.runs.folder import Run
from tui_dl.runs.view import RunView, second_metric
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.panels.chart import Chart


class MetricChart(Chart):
    """The metric of training and validation, such as accuracy."""

    ORDER = 2

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(experiment, run)
        second, title = second_metric(experiment), experiment.metric.capitalize()
        self.border_title = f"{title}, {SECOND_DOT} {in_words(second)}" if second else title

    def chart_of(self, view: RunView) -> ChartSpec:
        return metric_chart(view)
