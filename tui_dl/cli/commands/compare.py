"""``tui-dl compare``: the settings and results in which runs differ."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.find_run import named
from tui_dl.cli.options import add_json, add_runs_named
from tui_dl.cli.output import print_json
from tui_dl.cli.styled import print_rows
from tui_dl.drawing.compared import draw_compared
from tui_dl.runs.side_by_side import Column, SideBySide, need_two, side_by_side

HELP = "compare runs: the settings and results in which they differ"
GROUP = "Look at runs"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_runs_named(
        parser, "two runs or more, the baseline first: ids, names, or a filter in quotation marks"
    )
    add_json(parser)


def run(options: Namespace) -> int:
    """Print the comparison."""
    found = named(options, options.runs_named)
    need_two(found)
    compared = side_by_side(found)
    if options.json:
        print_json(_facts(compared))
    else:
        print_rows(lambda width, height, look: draw_compared(compared, width))
    return DONE


def _facts(compared: SideBySide) -> dict[str, Any]:
    """The same as an object."""
    return {
        "metric": compared.metric,
        "best": compared.best,
        "columns": [_column(it, place, compared) for place, it in enumerate(compared.columns)],
    }


def _column(column: Column, place: int, compared: SideBySide) -> dict[str, Any]:
    results = {name: of[place] for name, of in compared.results.items()}
    return {
        "title": column.name,
        "runs": [it.run.id for it in column.entries],
        "settings": {key: of[place] for key, of in compared.settings.items()},
        "results": {name: it and it._asdict() for name, it in results.items()},
    }
