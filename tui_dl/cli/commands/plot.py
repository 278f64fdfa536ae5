"""``tui-dl plot``: the curves of several runs in one chart."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

import msgspec

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.find_run import named
from tui_dl.cli.options import add_json, add_runs_named
from tui_dl.cli.output import print_json
from tui_dl.cli.styled import print_rows
from tui_dl.drawing.variants import draw_variants
from tui_dl.runs.side_by_side import side_by_side
from tui_dl.runs.traces import Trace, Traces, labelled
from tui_dl.spec.train.metrics import VALIDATION_LOSS

HELP = "draw the curves of runs in one chart"
GROUP = "Look at runs"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_runs_named(parser)
    parser.add_argument("--log", action="store_true", help="losses on a logarithmic axis")
    add_json(parser, "print one object a run, as JSON")


def run(options: Namespace) -> int:
    """Print the charts."""
    found = named(options, options.runs_named)
    metric = side_by_side(found).metric
    runs = labelled(found)
    traces = Traces(runs).update()
    if options.json:
        for trace, each in zip(traces, runs.values(), strict=True):
            print_json({"run": each.id, **_series(trace)})
        return DONE
    shown = "accuracy" if metric == VALIDATION_LOSS else metric
    print_rows(
        lambda width, height, look: draw_variants(
            traces, None, shown, width, height, log=options.log
        )
    )
    return DONE


def _series(trace: Trace) -> dict[str, Any]:
    """A run's epochs, with the figures of each."""
    names = ("epoch", "step", "train_loss", "train_accuracy", "validation_loss", "metrics")
    epochs = [msgspec.to_builtins(it) for it in trace.epochs]
    return {"title": trace.name, "epochs": [{name: it[name] for name in names} for it in epochs]}
