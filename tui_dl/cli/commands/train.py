"""``tui-dl train``: starts a run, and shows it as dashboard or progress lines."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tui_dl.cli.foreground import foreground, prepare
from tui_dl.cli.options import add_experiment, add_start, filled, whole_number
from tui_dl.cli.side_by_side import train_all
from tui_dl.process.launch import start
from tui_dl.process.read_experiment import read
from tui_dl.protocol.events import Extended
from tui_dl.runs.extended import continued, extension_sentence
from tui_dl.runs.folder import Run, name_of
from tui_dl.runs.home import find, runs_home
from tui_dl.runs.rename import checked_name
from tui_dl.runs.status import State
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.api_validation import MOST_SEED
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

HELP = "start a run of a preset, an experiment file or data of your own"
GROUP = "Start a run"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_experiment(parser, optional=True)
    parser.add_argument(
        "--from",
        dest="origin",
        metavar="RUN",
        type=filled,
        help="go on from the end of a run that is over, for more epochs, as a run of its own",
    )
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
        help="train all variants of the experiment too, from the same start, as a run each; "
        "prints lines of text: the dashboard, opened beside it, shows their curves (key 2)",
    )
    add_start(parser)


def run(options: Namespace) -> int:
    """Start the run; return when it is over, or left, or at once with --detach."""
    seed = [] if options.seed is None else [f"train.seed={options.seed}"]
    if (options.experiment is None) == (options.origin is None):
        raise UserError("train needs a preset or a file, or else --from RUN: give one of them")
    if options.variants and options.origin:
        raise UserError("--variants: they begin anew: leave out --from")
    home = runs_home(options.runs)
    origin = find(home, options.origin) if options.origin else None
    overrides = [*options.set, *seed]
    experiment = continued(origin, overrides) if origin else read(options.experiment, overrides)
    name = _name(options, origin)
    interrupts = prepare(options, lines=options.variants)
    if not options.json and not options.detach:
        _print_description(experiment.data_spec)
    if options.variants:
        return train_all(options, name, experiment, interrupts)
    run = start(home, name, experiment, options.threads, options.pace, origin)
    reported = _copied_events(State(run), options.json)
    return foreground(options, run, interrupts, reported, plays=True)


def _print_description(spec: DataSpec) -> None:
    """Print what was found out about the data, and what is doubtful about it."""
    for note in spec.notes:
        print(printable(said(note)))
    for finding in spec.doubts:
        print(printable(tr("doubtful: {what}", what=said(finding.says))))
    sys.stdout.flush()


def _copied_events(state: State, is_silent: bool) -> int:
    """Print where a run goes on from, if it does; how many of its events are not its own."""
    extended: Extended | None = state.last(Extended)
    if extended is None:
        return 0
    if not is_silent:
        print(printable(said(extension_sentence(extended))))
        sys.stdout.flush()
    return state.events.index(extended) + 1


def _name(options: Namespace, origin: Run | None) -> str:
    """The run's name: --name, else that of the preset, the run, or as much as can be of a file."""
    if options.name is None:
        return origin.name if origin else name_of(options.experiment)
    try:
        return checked_name(options.name)
    except UserError as error:
        raise UserError(f"--name {error}") from None
