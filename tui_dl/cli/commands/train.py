"""``tui-dl train``: starts a run, and shows it as dashboard or progress lines."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from unicodedata import normalize

from tui_dl.cli.foreground import foreground, prepare
from tui_dl.cli.options import add_experiment, add_start, whole_number
from tui_dl.cli.side_by_side import train_all
from tui_dl.process.launch import start
from tui_dl.process.read_experiment import read
from tui_dl.runs.folder import BYTES, LETTERS, is_name, name_of
from tui_dl.runs.home import runs_home
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.api_validation import MOST_SEED
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import printable

HELP = "start a run of a preset, an experiment file or data of your own"
GROUP = "Start a run"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_experiment(parser)
    parser.add_argument("--name", help="name of the run (default: the preset's or the file's)")
    parser.add_argument(
        "--seed",
        type=whole_number(0, MOST_SEED),
        metavar="N",
        help="the same as --set train.seed=N",
    )
    parser.add_argument(
        "--variants",
        action="store_true",
        help="train all variants of the experiment too, from the same start, as a run each",
    )
    add_start(parser)


def run(options: Namespace) -> int:
    """Start the run; return when it is over, or left, or at once with --detach."""
    seed = [] if options.seed is None else [f"train.seed={options.seed}"]
    experiment = read(options.experiment, [*options.set, *seed])
    name = _name(options)
    options.headless |= options.variants
    interrupts = prepare(options)
    if not options.json and not options.detach:
        _print_description(experiment.data_spec)
    if options.variants:
        return train_all(options, name, experiment, interrupts)
    home = runs_home(options.runs)
    run = start(home, name, experiment, options.threads, options.pace)
    return foreground(options, run, interrupts, plays=True)


def _print_description(spec: DataSpec) -> None:
    """Print what was found out about the data, and what is doubtful about it."""
    for note in spec.notes:
        print(printable(note))
    for finding in spec.doubts:
        print(printable(f"doubtful: {finding.says}"))
    sys.stdout.flush()


def _name(options: Namespace) -> str:
    """The run's name: --name, else the preset's, or the file's as far as it can be one."""
    if options.name is None:
        return name_of(options.experiment)
    name = normalize("NFC", options.name)
    if not is_name(name):
        raise UserError(
            f"--name {options.name!r}: a run's name is up to {LETTERS} letters, digits, `-`, `_` "
            f"or `.`, in at most {BYTES} bytes, and not `last`"
        )
    return name
