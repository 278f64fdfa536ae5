"""The parsers: the program's own, and one for each command, which adds its arguments."""

from __future__ import annotations

from argparse import PARSER, Action, ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

from rich.cells import cell_len
from rich_argparse import RichHelpFormatter

from tui_dl import __version__
from tui_dl.cli import registry
from tui_dl.cli.options import add_common
from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.support.command_line import NAME, command_line
from tui_dl.support.errors import UserError
from tui_dl.support.home_folders import expanded
from tui_dl.support.terminal_text import Guarded
from tui_dl.support.translations import tr


class _Formatter(RichHelpFormatter):
    """Help in colour on a terminal, in the language in use, with headings like sentences."""

    group_name_formatter = str.capitalize

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin with the word for it."""
        super().add_usage(usage, actions, groups, prefix or tr("usage: "))

    def _format_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None) -> str:
        """Lines that begin below the first one's prefix, which may have wide characters."""
        as_wide = "-" * cell_len(prefix or "")
        text = super()._format_usage(usage, actions, groups, as_wide)
        return (prefix or "") + text.removeprefix(as_wide)

    def start_section(self, heading: str | None) -> None:
        """Begin a section with its heading."""
        super().start_section(heading and tr(heading))

    def add_text(self, text: Any) -> None:
        """Add the description of a command."""
        super().add_text(text and tr(text))

    def _get_help_string(self, action: Action) -> str | None:
        """What an argument is for; argparse asks for it here, so that subclasses can change it."""
        return action.help and tr(action.help)


def asked_language(words: Sequence[str]) -> Language | None:
    """The language that ``--lang`` names, wherever it stands: the help before it speaks it too."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--lang", nargs="?")
    asked = parser.parse_known_args(words)[0].lang
    return cast(Language, asked) if asked in LANGUAGES else None


class Parser(ArgumentParser):
    """An argparse parser whose errors are a UserError, of one line as all others."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=_Formatter, allow_abbrev=False, **settings)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse unknown arguments at once, so that the hint names this command's help."""
        if args is not None and len([it for it in self._actions if not it.option_strings]) > 1:
            args = self._options_first(args)
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return options, unknown

    def _options_first(self, words: Sequence[str]) -> list[str]:
        """`words` with the arguments that are no options behind those that are.

        Else argparse, before Python 3.13, gives an optional argument nothing where an option stands
        between it and another one.
        """
        options: list[str] = []
        others: list[str] = []
        left = list(words)
        while left:
            word = left.pop(0)
            if word == "--":
                others += left
                break
            action = self._option_string_actions.get(word)
            (options if action or (word[0:1] == "-" and len(word) > 1) else others).append(word)
            if action and action.nargs is None and left:
                options.append(left.pop(0))
        return [*options, "--", *others]

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help and version unguarded: they are our own text, in colour on a terminal."""
        super()._print_message(message, file.unguarded if isinstance(file, Guarded) else file)

    def error(self, message: str) -> NoReturn:
        """Raise UserError, with a hint at the help of this parser's command."""
        help_of = command_line(*self.prog.split()[1:], "--help")
        raise UserError(f"{message}; see `{help_of}`")


class TopParser(Parser):
    """The program's parser: options, then the name of a command, then what is for that command.

    The parsed `command` is the command's module, or None where none is named; then `file` is what
    the dashboard opens, if that is, and `lang` the language in use.
    """

    def __init__(self, spoken: Language = "en") -> None:
        super().__init__(
            prog=NAME,
            description="Train small neural networks in the terminal and watch them learn. "
            "Without a command, the library of presets opens; with an experiment file or a "
            "file of data, the builder.",
        )
        self.add_argument("--version", action="version", version=f"{NAME} {__version__}")
        self.set_defaults(runs=None, debug=False, lang=spoken, file=None)
        add_common(self)
        command = self.add_argument(
            "command", metavar="COMMAND", nargs=PARSER, action=_ParseCommand
        )
        command.required = False

    def format_help(self) -> str:
        """List the commands under their headings, then the options."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for heading, commands in registry.groups():
            formatter.start_section(heading)
            formatter.add_arguments(Action([], name, help=says) for name, says in commands)
            formatter.end_section()
        options = [action for action in self._actions if action.option_strings]
        formatter.start_section("options")
        formatter.add_arguments(options)
        formatter.end_section()
        return formatter.format_help()


class _ParseCommand(Action):
    """Parses everything from a command's name on with the parser of that command.

    A file in place of a name is opened in the dashboard.
    """

    def __call__(
        self, parser: ArgumentParser, namespace: Namespace, values: Any, option: str | None = None
    ) -> None:
        name, *words = values
        if name not in registry.names() and _is_there(expanded(name)):
            namespace.file = name
            setattr(namespace, self.dest, None)
            file_parser = Parser(prog=f"{NAME} FILE")
            add_common(file_parser)
            file_parser.parse_args(words, namespace)
            return
        command = registry.load(name)
        setattr(namespace, self.dest, command)
        command_parser(name, command).parse_args(words, namespace)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # no file can have this name
        return False


def command_parser(name: str, command: registry.Command) -> Parser:
    """The parser of one command."""
    parser = Parser(prog=f"{NAME} {name}", description=command.HELP)
    add_common(parser)
    command.add_arguments(parser)
    return parser
