"""The chart of the metric beside the loss."""

from __future__ import annotations

from textual.binding import Binding

from tui_dl.drawing.chart_spec import SECOND_DOT, ChartSpec, in_words, metric_chart
from tui_dl.runs.view import RunView, second_metric
from tui_dl.support.translations import tr
from tui_dl.ui.panels.chart import Chart


class MetricChart(Chart):
    """The metric of training and validation, such as accuracy."""

    ORDER = 2

    @property
    def panel_title(self) -> str:
        second, title = second_metric(self.experiment), tr(in_words(self.experiment.metric))
        title = title[:1].upper() + title[1:]
        return f"{title}, {SECOND_DOT} {tr(in_words(second))}" if second else title

    @classmethod
    def wants(cls, view: RunView) -> bool:
        """Until there are figures, the chart of the loss says why there are none."""
        return view.step > 0 or not view.live

    def chart_of(self, view: RunView) -> ChartSpec:
        return metric_chart(view, self.shown)

    def own_bindings(self) -> list[tuple[str, Binding]]:
        """None without the focus: the loss chart has the same keys, for both."""
        return []
