"""The parsers of the commands."""

from __future__ import annotations

from argparse import _SubParsersAction

from tui_dl.cli.main import Parser, parser


def subparsers() -> dict[str, Parser]:
    """Every command's own parser, by name; the top parser has no name."""
    top = parser()
    commands = next(it for it in top._actions if isinstance(it, _SubParsersAction))
    return {"": top, **commands.choices}
