"""``tui-dl find-lr``: finds a learning rate by a range test, and draws its curve."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

import msgspec

from tui_dl.cli.exit_status import DONE, FAILED
from tui_dl.cli.line import line_width
from tui_dl.cli.options import add_experiment, add_json
from tui_dl.cli.output import print_json
from tui_dl.process.computation import compute
from tui_dl.process.read_experiment import read
from tui_dl.protocol.rate_range import RateRange
from tui_dl.support.command_line import command_line
from tui_dl.support.formatting import counted, rate
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

HELP = "find a learning rate by a short test"
GROUP = "Experiments"

HEIGHT = 15  # rows of the curve
WIDEST = 100  # columns
KEY = "train.optimizer.learning_rate"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_experiment(parser)
    add_json(parser)


def run(options: Namespace) -> int:
    """Print the learning rate at which the loss falls fastest, FAILED where it never does."""
    experiment = read(options.experiment, options.set)
    found = compute("tui_dl.process.find_lr", experiment, RateRange)
    status = FAILED if found.suggestion is None else DONE
    if options.json:
        print_json(msgspec.to_builtins(found))
        return status
    if sys.stdout.isatty():
        _draw(found)
    lowest, highest = rate(found.rates[0]), rate(found.rates[-1])
    count = said(counted(len(found.rates), "step"))
    rates = {"steps": count, "least": lowest, "most": highest}
    steps = tr("{steps} with rates from {least} to {most}", **rates)
    configured = experiment.train.optimizer.learning_rate
    if found.suggestion is None:
        see = command_line("check", "--deep")
        print(tr("the loss does not fall in {steps}: see `{command}`", steps=steps, command=see))
        return status
    suggested = f"{found.suggestion:.2g}"
    says = "learning rate {rate}: the loss falls fastest there, in {steps}"
    print(tr(says, rate=suggested, steps=steps))
    if found.diverged is not None:
        print(tr("it diverges at {rate}", rate=rate(found.diverged)))
    print(tr("the experiment has {rate}; to train with this one:", rate=rate(configured)))
    changes = [it for change in (*options.set, f"{KEY}={suggested}") for it in ("--set", change)]
    print(f"  {command_line('train', printable(options.experiment), *changes)}")
    return status


def _draw(found: RateRange) -> None:
    from tui_dl.drawing.rate_curve import draw_rate_curve  # plotext is for a terminal only

    for row in draw_rate_curve(found, min(line_width(), WIDEST), HEIGHT):
        print("".join(text for text, _ in row).rstrip())
