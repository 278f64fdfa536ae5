"""The parsers of the commands."""

from __future__ import annotations

from tui_dl.cli import registry
from tui_dl.cli.parser import Parser, TopParser, command_parser


def parsers() -> dict[str, Parser]:
    """Every command's own parser, by name; the top parser has no name."""
    commands = {name: command_parser(name, registry.load(name)) for name in registry.names()}
    return {"": TopParser(), **commands}
