"""``tui-dl presets``: lists the course, or prints the file of one preset, or its lesson."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from rich.cells import cell_len

from tui_dl import presets
from tui_dl.cli.exit_status import DONE
from tui_dl.cli.options import add_json, filled
from tui_dl.cli.output import print_json
from tui_dl.cli.table import columns_of, print_columns
from tui_dl.course.lesson_text import chapter, lesson, title
from tui_dl.process.read_experiment import read
from tui_dl.spec.course.lesson import Language
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError

HELP = "list the presets, or print one preset's file"
GROUP = "Experiments"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    parser.add_argument(
        "preset",
        metavar="NAME",
        nargs="?",
        type=filled,
        help="a preset, whose file is printed (default: list all)",
    )
    parser.add_argument("--lesson", action="store_true", help="print the preset's lesson instead")
    add_json(parser, "print one object a line, as JSON")


def run(options: Namespace) -> int:
    """List all presets, or print one."""
    if options.preset is None:
        if options.lesson:
            raise UserError("--lesson: name a preset too")
        _list(options.lang, as_json=options.json)
    elif options.preset not in presets.COURSE:
        hint = suggest(options.preset, presets.COURSE)
        raise UserError(f"{options.preset}: no such preset{hint}")
    elif options.json:
        print_json(read(options.preset))
    elif options.lesson:
        print(lesson(options.preset, read(options.preset), options.lang))
    else:
        print(presets.find(options.preset).read_text(encoding="utf-8"), end="")
    return DONE


def _list(spoken: Language, as_json: bool) -> None:
    course = [(name, read(name)) for name in presets.COURSE]
    if as_json:
        for name, it in course:
            print_json(
                {
                    "preset": name,
                    "chapter": chapter(name, it, spoken),
                    "title": title(it, spoken),
                    "parameters": it.parameter_count,
                }
            )
        return
    rows = [
        (name, f"{it.parameter_count:,}", chapter(name, it, spoken), title(it, spoken))
        for name, it in course
    ]
    columns = columns_of(("PRESET", "PARAMETERS", "CHAPTER", "TITLE"), rows)
    widest = max(map(cell_len, columns["TITLE"]))
    print_columns(columns, {"PARAMETERS": ">"}, ("CHAPTER", "PARAMETERS"), ("TITLE",), widest)
