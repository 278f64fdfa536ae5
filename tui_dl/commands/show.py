"""``tui-dl show``: one run's figures."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from tui_dl.commands import DONE
from tui_dl.commands.output import counted, duration, loss, percent, print_json, print_table
from tui_dl.runs.home import find, runs_home
from tui_dl.runs.status import LIVE, State


def run(options: Namespace) -> int:
    """Print what its events say of it."""
    state = State(find(runs_home(options.runs), options.run))
    title = state.run.experiment.title
    if options.json:
        print_json(state.summary() | {"title": title, "failure": state.failure})
    else:
        print_table([("run", state.run.id), ("title", title), *_facts(state)])
    return DONE


def _facts(state: State) -> Iterator[tuple[str, str]]:
    """Names and values; what is not known yet is left out."""
    it = state.summary()
    why = state.failure or (it["stop_reason"] or "").replace("_", " ")
    yield "status", f"{it['status']}: {why}" if why not in ("", it["status"]) else it["status"]
    yield "path", it["path"]
    if it["parameters"]:
        yield "network", f"{it['parameters']:,} parameters, {counted(it['threads'], 'thread')}"
    if it["epochs"]:
        yield "epochs", f"{it['epochs']}, the best was {it['best_epoch']}"
        yield "train loss", loss(it["train_loss"])
        yield "validation", f"{loss(it['validation_loss'])}  {percent(it['validation_accuracy'])}"
    if it["test_accuracy"] is not None:
        yield "test", f"{loss(it['test_loss'])}  {percent(it['test_accuracy'])}"
    if it["median_step_ms"]:
        yield "step", f"{it['median_step_ms']:.2f} ms, {it['samples_per_second']:,.0f} samples/s"
    if it["seconds"] is not None:
        yield "time", f"{duration(it['seconds'])}, compiling took {it['compile_seconds']:.1f} s"
    if it["status"] in LIVE:
        yield "watch", f"tui-dl attach {state.run.id}"
