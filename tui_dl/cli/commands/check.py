"""``tui-dl check``: checks an experiment without training, and shows what it costs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

import msgspec

from tui_dl.cli.exit_status import DONE, FAILED
from tui_dl.cli.options import add_experiment, add_json
from tui_dl.cli.output import print_json, print_table
from tui_dl.cli.table import columns_of, print_columns
from tui_dl.course.lesson_text import title
from tui_dl.process.computation import compute
from tui_dl.process.read_experiment import read
from tui_dl.process.startable import check_startable
from tui_dl.protocol.check_result import CheckResult, CheckResults
from tui_dl.runs.home import runs_home
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.spec.memory.need import Need
from tui_dl.spec.validation import notes
from tui_dl.support.formatting import gigabytes
from tui_dl.support.machine_memory import Available
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

HELP = "check an experiment; print the shape and cost of each layer"
GROUP = "Experiments"

FLOPS = "FLOPS PER SAMPLE"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_experiment(parser)
    parser.add_argument(
        "--deep", action="store_true", help="train it for a moment to see whether it can learn"
    )
    add_json(parser)


def run(options: Namespace) -> int:
    """Print the network layer by layer; what `train` would refuse is a UserError.

    With --deep the exit status says whether the network passed all checks.
    """
    experiment = read(options.experiment, options.set)
    need, available = check_startable(experiment, runs_home(options.runs))
    deep = _deep(experiment) if options.deep else []
    status = DONE if all(it.passed for it in deep) else FAILED
    if options.json:
        facts = _facts(experiment, need, available)
        print_json(facts | {"checks": msgspec.to_builtins(deep)} if options.deep else facts)
        return status
    _print_network(experiment)
    if found := experiment.data_spec.notes:
        print("", *map(said, found), sep="\n")
    for note in notes(experiment):
        print(f"\n{said(note)}")
    sizes = {"needed": gigabytes(need.bytes), "there": gigabytes(available.bytes)}
    print(f"\n{tr('memory: {needed} of {there} available', **sizes)}")
    shown = {"name": options.experiment, "title": title(experiment, options.lang)}
    print(printable(tr("{name} is valid: {title}", **shown)))
    if deep:
        print()
        _print_checks(deep)
    return status


def _deep(experiment: Experiment) -> list[CheckResult]:
    """The results of a process that trains it for a moment."""
    return compute("tui_dl.process.deep_check", experiment, CheckResults).checks


def _print_checks(results: list[CheckResult]) -> None:
    """A line a check, and below one that fails what to do."""
    rows = []
    for it in results:
        rows.append((tr("ok" if it.passed else "failed"), tr(it.name), said(it.says)))
        if not it.passed:
            rows.append(("", "", tr("try: {what}", what=said(it.remedy))))
    print_table(rows)


def _print_network(experiment: Experiment) -> None:
    rows = [(kind(experiment.data), "data", said(str(experiment.data_spec.input)), "", "")]
    for node in experiment.nodes:
        count = node.parameter_count
        rows.append(
            (
                node.name,
                node.key,
                said(str(node.output)),
                f"{count:,}" if count else "",
                f"{node.flops:,}",
            )
        )
    rows.append((tr("total"), "", "", f"{experiment.parameter_count:,}", f"{experiment.flops:,}"))
    columns = columns_of(("LAYER", "KEY", "OUTPUT", "PARAMETERS", FLOPS), rows)
    # The beginnings of keys are all alike, so keys are left out rather than cut.
    print_columns(columns, {"PARAMETERS": ">", FLOPS: ">"}, ("KEY",), ("OUTPUT", "LAYER"))


def _facts(experiment: Experiment, need: Need, available: Available) -> dict[str, Any]:
    """The same as an object; memory in bytes."""
    return {
        "title": experiment.title,
        "input": experiment.data_spec.input.shape,
        "layers": [
            {
                "name": node.name,
                "key": node.key,
                "output": node.output.shape,
                "parameters": node.parameter_count,
                "flops": node.flops,
            }
            for node in experiment.nodes
        ],
        "parameters": experiment.parameter_count,
        "flops": experiment.flops,
        "notes": [*experiment.data_spec.notes, *notes(experiment)],
        "memory": {
            "needed": need.bytes,
            "available": available.bytes,
            "parts": {"Python and the kernels": need.libraries}
            | {part.name: part.bytes for part in need.parts},
        },
    }
