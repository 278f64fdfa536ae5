"""``tui-dl check``: does an experiment fit together, and what does each layer make?"""

from __future__ import annotations

from argparse import Namespace

from tui_dl.checks import notes
from tui_dl.commands import DONE
from tui_dl.commands.output import print_table
from tui_dl.experiment import Experiment, read


def run(options: Namespace) -> int:
    """Print the network layer by layer; an experiment that does not fit is a UserError."""
    experiment = read(options.experiment, options.set)
    _print_network(experiment)
    for note in notes(experiment):
        print(f"\n{note}")
    print(f"\n{options.experiment} is fine: {experiment.title}")
    return DONE


def _print_network(experiment: Experiment) -> None:
    source = str(experiment.data.__struct_config__.tag)
    rows = [("LAYER", "KEY", "OUTPUT", "PARAMETERS", "FLOPS A SAMPLE")]
    rows.append((source, "data", str(experiment.data.signal), "", ""))
    for row in experiment.rows:
        count = row.parameter_count
        rows.append(
            (row.name, row.key, str(row.output), f"{count:,}" if count else "", f"{row.flops:,}")
        )
    flops = sum(row.flops for row in experiment.rows)
    rows.append(("total", "", "", f"{experiment.parameter_count:,}", f"{flops:,}"))
    print_table(rows, "<<<>>")
