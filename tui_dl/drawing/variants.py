"""Variants side by side: their curves in one chart, and a table of where each one is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tui_dl.drawing.bars import bar
from tui_dl.drawing.chart_spec import BLOCK, ChartSpec, Line
from tui_dl.drawing.family_chart import by_samples, family_chart
from tui_dl.drawing.picture_grid import GAP, side_by_side
from tui_dl.drawing.plot import plot
from tui_dl.drawing.run_sign import run_sign
from tui_dl.drawing.styled_text import StyledLine, column, cut, cut_apart, length, right
from tui_dl.drawing.x_axis import XAxis
from tui_dl.protocol.events import EpochEnded
from tui_dl.runs.traces import Trace
from tui_dl.runs.view import Points
from tui_dl.spec.train.metrics import METRICS
from tui_dl.support.formatting import metric_figure, short
from tui_dl.support.translations import said, tr

STYLES = ("train", "validation", "second", "best", "stop", "strong")
DOTS = BLOCK + "×+o*#"
LEAST_ROWS = 8  # of a chart with its title, where there are several
FEWEST_ROWS = 4  # of one: below that there is the table alone
MOST_CHARTS = 3
MOST_WIDTH = 110  # columns of a chart, of which more show nothing better
BESIDE_FROM = 60  # columns of each of two charts that stand side by side
LONGEST_NAME, BAR = 24, 16  # cells
FIGURES = 48  # cells of a row beside the name
LOSS = 10  # cells of a loss: "not finite"
SHORTEST_NAME = 8  # cells, however little room there is


def figures(metric: str) -> tuple[str, str, str]:
    """What is drawn of each variant, the most important first."""
    return "validation loss", "training loss", f"validation {metric.replace('_', ' ')}"


def draw_variants(
    traces: Sequence[Trace],
    epoch: int | None,
    metric: str,
    width: int,
    height: int,
    first: int = 0,
    log: bool = False,
) -> list[StyledLine]:
    """The table, and below it as many charts as fit; where it is wide, the first of them alone.

    Args:
        traces: of the variants.
        epoch: the moment that is shown; None: the newest.
        metric: that is drawn beside the losses.
        width: cells of a row.
        height: rows.
        first: which of `figures` comes first.
        log: whether losses have a logarithmic axis.
    """
    rows = _table(traces, epoch, metric, width)
    room = height - len(rows)
    family = by_samples(traces, metric, DOTS[0]) if epoch is None else None
    names = ((family.name,) if family else ()) + figures(metric)

    def charts(start: int, most: int, width: int) -> list[StyledLine]:
        """As many figures as fit one below the other, from `start` on."""
        count = min(max(room // LEAST_ROWS, 1), most)
        drawn: list[StyledLine] = []
        for index in range(count):
            name = names[(first + start + index) % len(names)]
            if family and name == family.name:
                chart = family_chart(family)
            else:
                chart = _chart(traces, epoch, name, metric, log)
            below = room * (index + 1) // count - room * index // count
            drawn += _titled(said(name).capitalize(), chart, width, below)
        return drawn

    if room < FEWEST_ROWS:
        return rows[:height]
    if width < 2 * BESIDE_FROM + GAP:
        return rows + charts(0, MOST_CHARTS, width)
    each = min((width - GAP) // 2, MOST_WIDTH)
    return rows + side_by_side([charts(0, 1, each), charts(1, MOST_CHARTS - 1, each)], each, room)


def _titled(title: str, chart: ChartSpec, width: int, height: int) -> list[StyledLine]:
    """A chart below its title."""
    heading: StyledLine = [(title, "strong")]
    if chart.empty:
        return [heading, [(tr("no epoch yet"), "dim")], *([[]] * (height - 2))]
    return [heading, *plot(chart, width, height - 1)]


def _chart(
    traces: Sequence[Trace], epoch: int | None, name: str, metric: str, log: bool
) -> ChartSpec:
    """One figure of all variants up to an epoch; the axis is that of the whole runs."""
    lines = tuple(
        Line(it.name, _points(it, epoch, name, metric), style, dot=dot)
        for it, (style, dot) in zip(traces, map(sign_of, range(len(traces))), strict=True)
    )
    last = max([1, *(it.last for it in traces)])
    is_loss = name.endswith("loss")
    percent = metric == "accuracy" and not is_loss
    axis = XAxis(last=float(last))
    return ChartSpec(lines, x=axis, percent=percent, log=log and is_loss, far_lines=percent)


def sign_of(index: int) -> tuple[str, str]:
    """The style and the dot of a variant."""
    return STYLES[index % len(STYLES)], DOTS[index % len(DOTS)]


def _points(trace: Trace, epoch: int | None, name: str, metric: str) -> Points:
    """Epochs and values of a figure; those that are not finite are left out."""
    found = [
        (float(it.epoch), value)
        for it in trace.epochs
        if (epoch is None or it.epoch <= epoch) and (value := _value(it, name, metric)) is not None
    ]
    return [x for x, _ in found], [y for _, y in found]


def _value(ended: EpochEnded, name: str, metric: str) -> float | None:
    if name == "validation loss":
        return ended.validation_loss
    if name == "training loss":
        return ended.train_loss
    value = ended.metrics.get(metric, ended.validation_accuracy)
    return value if isinstance(value, float) else None


def _table(traces: Sequence[Trace], epoch: int | None, metric: str, width: int) -> list[StyledLine]:
    """A row a variant: key and sign, epoch, losses and metric, as a bar too if it is a share."""
    most = max(width - FIGURES - BAR - GAP, min(LONGEST_NAME, width - FIGURES), SHORTEST_NAME)
    cells = min(max(cell_len(it.name) for it in traces), most)
    names = "epoch", "train loss", "val. loss", metric.replace("_", " ")
    heads = [right(tr(name), size) for name, size in zip(names, (5, 11, 10, 9), strict=True)]
    words = tr("during training"), tr("Training"), ""
    head = column(next(it for it in words if cell_len(it) <= cells), cells)
    rows: list[StyledLine] = [[(f"    {head}  {'  '.join(heads)}", "dim")]]
    shown = cut_apart([it.name for it in traces], cells)
    for index, (it, title) in enumerate(zip(traces, shown, strict=True)):
        until = [each for each in it.epochs if epoch is None or each.epoch <= epoch]
        style, dot = sign_of(index)
        row: StyledLine = [
            (f"{index + 1} ", "dim"),
            (f"{dot} ", style),
            (column(title, cells), "plain"),
        ]
        if until:
            now = until[-1]
            value = _value(now, figures(metric)[2], metric)
            sign = run_sign(it.status, it.is_diagnosed, it.is_better)
            row += [
                (f"  {now.epoch:>5} ", "plain"),
                sign if len(until) == len(it.epochs) else (" ", "plain"),
                (right(_loss(now.train_loss), 11), "plain"),
                (right(_loss(now.validation_loss), 12), "plain"),
                (right(metric_figure(metric, value), 11), "plain"),
            ]
            fits = length(row) + len("  ") + BAR <= width
            if METRICS[metric].is_share and value is not None and fits:
                row += [("  ", "plain"), (bar(value, BAR), style)]
        else:
            row.append((f"  {tr(it.status)}", "dim"))
        rows.append(row)
    return rows


def _loss(value: float | None) -> str:
    """A loss that leaves a blank at the left of its column."""
    return cut(short(value), LOSS)
