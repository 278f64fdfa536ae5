"""``tui-dl predict``: what a trained network says of the rows of a file."""

from __future__ import annotations

import subprocess
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tui_dl.cli.find_run import chosen
from tui_dl.cli.options import add_json, add_run, filled
from tui_dl.process import spawn

HELP = "predict for the rows of a file with a run's network"
GROUP = "Look at runs"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser)
    parser.add_argument(
        "file",
        metavar="FILE",
        type=filled,
        help="a table like the one that was trained on; it needs no target",
    )
    parser.add_argument(
        "--output",
        metavar="FILE",
        type=filled,
        help="write a CSV table with the probability of every class",
    )
    add_json(parser, "print one object a row")


def run(options: Namespace) -> int:
    """Start the process that computes, and return its exit status."""
    run = chosen(options).run
    given = [str(run.path.absolute()), str(_absolute(options.file))]
    if options.output:
        given += ["--output", str(_absolute(options.output))]
    given += ["--json"] * options.json
    command = spawn.command("tui_dl.process.predict", *given)
    return subprocess.run(command, env=spawn.environment(), cwd="/", check=False).returncode


def _absolute(path: str) -> Path:
    return Path(path).expanduser().absolute()
