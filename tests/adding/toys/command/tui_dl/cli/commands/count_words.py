"""``tui-dl count-words``: counts words, to show what a command is made of."""

from argparse import ArgumentParser, Namespace

from tui_dl.cli.options import add_json, whole_number
from tui_dl.cli.output import print_json
from tui_dl.support.errors import UserError

HELP = "count words"
GROUP = "Experiments"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    parser.add_argument("words", metavar="WORD", nargs="+")
    parser.add_argument("--times", type=whole_number(1, 9), default=1, help="count each so often")
    add_json(parser)


def run(options: Namespace) -> int:
    """Print how many words there are."""
    if "" in options.words:
        raise UserError("a word is empty")
    count = len(options.words) * options.times
    print_json({"words": count}) if options.json else print(count, "words")
    return 0
