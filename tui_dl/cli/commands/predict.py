"""``tui-dl predict``: what a trained network says of a file, of typed lines, or line after line."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from tui_dl.cli.find_run import chosen
from tui_dl.cli.options import add_json, add_run, filled, whole_number
from tui_dl.process import spawn
from tui_dl.support.api_validation import MOST_SEED, positive
from tui_dl.support.errors import UserError
from tui_dl.support.home_folders import expanded

HELP = "predict with a run's network, for a file or for lines that are typed"
GROUP = "Look at runs"

MOST_LENGTH = 10_000


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=filled,
        help="a table like the one that was trained on, which needs no target; a text with a line "
        "for each sample; or an image (default: a prompt)",
    )
    what.add_argument(
        "--text",
        metavar="LINE",
        action="append",
        type=line,
        help="predict for this line; may be repeated",
    )
    parser.add_argument(
        "--output",
        metavar="FILE",
        type=filled,
        help="write a CSV table with the probability of every class",
    )
    parser.add_argument(
        "--length",
        metavar="N",
        type=whole_number(1, MOST_LENGTH),
        help="characters or notes of what is generated",
    )
    parser.add_argument(
        "--temperature",
        metavar="T",
        type=temperature,
        help="draw what is generated from softmax(logits / T); 0 takes the likeliest",
    )
    parser.add_argument(
        "--seed", metavar="S", type=whole_number(0, MOST_SEED), help="seed of the draws"
    )
    add_json(parser, "print one object a sample, as JSON")


def run(options: Namespace) -> int:
    """Start the process that computes, and return its exit status; or open the prompt."""
    run = chosen(options).run
    how = ["--lang", options.lang]
    for name in ("length", "temperature", "seed"):
        if (value := getattr(options, name)) is not None:
            how += [f"--{name}", str(value)]
    if options.file is None and not options.text:
        _need_prompt(options)
        from tui_dl.cli.prompt import prompt

        return prompt(run, how)
    given = [str(run.path.absolute()), "--folder", str(Path.cwd()), *how]
    given += [f"--text={text}" for text in options.text or ()]
    if options.output:
        given += ["--output", str(_absolute(options.output))]
    given += ["--json"] * options.json
    if options.file:
        given += ["--file", str(_absolute(options.file))]
    command = spawn.command("tui_dl.process.predict.command_line", *given)
    return subprocess.run(command, env=spawn.environment(), cwd="/", check=False).returncode


def line(text: str) -> str:
    """The type of an argument that is a text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ArgumentTypeError("is not UTF-8: set the terminal to UTF-8") from None
    return filled(text)


def temperature(text: str) -> float:
    """The type of an argument that is a number of 0 or more."""
    try:
        return positive("temperature", float(text))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a number of 0 or more") from None


def _need_prompt(options: Namespace) -> None:
    """Raise UserError unless a prompt can be opened, and is all that was asked for."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError("give FILE, or a line by --text: there is no terminal for a prompt")
    for name in ("output", "json"):
        if getattr(options, name):
            raise UserError(f"--{name}: give FILE, or a line by --text, too")


def _absolute(path: str) -> Path:
    return expanded(path).absolute()
