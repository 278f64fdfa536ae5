"""``tui-dl data``: the report of an experiment's data, such as a table of one's own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

import msgspec

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.options import add_experiment, add_json
from tui_dl.cli.output import print_json
from tui_dl.cli.table import columns_of, print_columns
from tui_dl.drawing.data_report import (
    MOST_CLASSES,
    samples_sentence,
    splits_sentence,
    values_of,
)
from tui_dl.process.read_experiment import read
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.formatting import percent, whole
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

HELP = "report what a table, a text or a folder of images holds, and what is doubtful about it"
GROUP = "Experiments"

TO_TRAIN_ON = "TO TRAIN ON"  # rows of a class


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_experiment(parser)
    add_json(parser)


def run(options: Namespace) -> int:
    """Print the description of the data and the findings."""
    experiment = read(options.experiment, options.set)
    spec = experiment.data_spec
    if options.json:
        print_json(_facts(spec))
        return DONE
    print(f"{printable(options.experiment)}: {samples_sentence(spec)}")
    print(splits_sentence(spec))
    for note in spec.notes:
        print(printable(said(note)))
    if spec.columns:
        print()
        _print_columns(spec)
    if spec.class_counts:
        print()
        _print_classes(spec)
    if spec.columns:
        print()
        print(*_findings(spec), sep="\n")
    return DONE


def _print_columns(spec: DataSpec) -> None:
    rows = [
        (it.name, tr(it.kind), whole(it.features), whole(it.missing), values_of(it))
        for it in spec.columns
    ]
    columns = columns_of(("COLUMN", "KIND", "FEATURES", "MISSING", "VALUES"), rows)
    signs = {"FEATURES": ">", "MISSING": ">"}
    print_columns(columns, signs, ("FEATURES", "MISSING"), ("COLUMN", "VALUES"))


def _print_classes(spec: DataSpec) -> None:
    total = sum(spec.class_counts)
    counts = list(zip(spec.class_names, spec.class_counts, strict=True))
    rows = [(name, whole(count), percent(count / total)) for name, count in counts[:MOST_CLASSES]]
    if rest := counts[MOST_CLASSES:]:
        count = sum(count for _, count in rest)
        more = tr("{count} more", count=whole(len(rest)))
        rows.append((more, whole(count), percent(count / total)))
    columns = columns_of(("CLASS", TO_TRAIN_ON, "SHARE"), rows)
    print_columns(columns, {TO_TRAIN_ON: ">", "SHARE": ">"}, ("SHARE",), ("CLASS",))


def _findings(spec: DataSpec) -> Iterator[str]:
    """What is doubtful, and below each what to do; or that nothing is."""
    if not spec.findings:
        yield tr("nothing doubtful was found")
    for number, it in enumerate(spec.findings, 1):
        yield f"{number}. {printable(said(it.says))}"
        yield f"   {printable(said(it.remedy))}"


def _facts(spec: DataSpec) -> dict[str, Any]:
    """The same as an object."""
    return {
        "samples": spec.count,
        "splits": dict(zip(("train", "validation", "test"), spec.splits, strict=True)),
        "input": spec.input.shape,
        "classes": dict(zip(spec.class_names, spec.class_counts, strict=False)),
        "columns": msgspec.to_builtins(spec.columns),
        "notes": spec.notes,
        "findings": msgspec.to_builtins(spec.findings),
    }
