"""Arguments that several commands share, and the types of their values."""

from __future__ import annotations

import re
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from tui_dl.spec.course.lesson import LANGUAGES
from tui_dl.support.processors import MOST_THREADS

LEAST_PACE, MOST_PACE = 0.001, 1000  # epochs a second
RUNS = "ids, names, or a filter in quotation marks"
RUN = "an id, the start of an id, a name, or `last`"
NEWEST = "an id, the start of an id, a name, or `last` (default: last)"


def add_common(parser: ArgumentParser) -> None:
    """Options that may stand before and after the command; the defaults are the top parser's."""
    parser.add_argument(
        "--runs",
        metavar="PATH",
        default=SUPPRESS,
        help="folder of all runs (default: TUI_DL_RUNS, or the user's data folder)",
    )
    parser.add_argument(
        "--debug", action="store_true", default=SUPPRESS, help="show a traceback with an error"
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=SUPPRESS,
        help="the language: English or Korean (default: that of the settings, or of LANG)",
    )


def add_runs_named(parser: ArgumentParser, which: str = RUNS) -> None:
    """Add the runs that a command is about; `which` says how they are named."""
    parser.add_argument(
        "runs_named",
        metavar="RUN",
        nargs="+",
        type=filled,
        help=which,
    )


def add_json(parser: ArgumentParser, output: str = "print one object, as JSON") -> None:
    """Add ``--json``; `output` says what is printed then."""
    parser.add_argument("--json", action="store_true", help=output)


def add_experiment(parser: ArgumentParser, optional: bool = False) -> None:
    """Add the experiment to train or check, and ``--set``."""
    parser.add_argument(
        "experiment",
        metavar="PRESET|FILE",
        nargs="?" if optional else None,
        type=filled,
        help="a name from `tui-dl presets`, an experiment file, a table such as data.csv, a folder "
        "of images, or a data set such as digits or moons",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change one key of the experiment, such as train.epochs=3; may be repeated",
    )


def add_run(parser: ArgumentParser, optional: bool = False) -> None:
    """Add the run that a command is about; the newest one where it is `optional`."""
    parser.add_argument(
        "run",
        metavar="RUN",
        nargs="?" if optional else None,
        default="last",
        type=filled,
        help=NEWEST if optional else RUN,
    )


def add_start(parser: ArgumentParser) -> None:
    """Add the options of the commands that start a worker."""
    parser.add_argument(
        "--threads",
        type=whole_number(1, MOST_THREADS),
        metavar="N",
        help="threads to compute with (default: chosen automatically)",
    )
    parser.add_argument(
        "--pace",
        type=pace,
        metavar="N",
        help="at most N epochs a second, to watch and steer the run; the results are the same",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--detach", action="store_true", help="start in the background and return at once"
    )
    how.add_argument(
        "--headless", action="store_true", help="print progress lines instead of the dashboard"
    )
    add_json(parser, "print nothing but one object at the end, as JSON")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number from `least` to `most`."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,19}", text) or not least <= int(text) <= most:
            raise ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most:,}")
        return int(text)

    return read


def pace(text: str) -> float:
    """The type of an argument that is a number of epochs a second."""
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text) or not LEAST_PACE <= float(text) <= MOST_PACE:
        least, most = f"{LEAST_PACE:g}", f"{MOST_PACE:,}"
        raise ArgumentTypeError(
            f"{text!r} is not a number of epochs a second from {least} to {most}"
        )
    return float(text)


def filled(text: str) -> str:
    """The type of an argument that is not blank."""
    if not text.strip():
        raise ArgumentTypeError("is empty")
    return text
