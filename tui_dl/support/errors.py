"""The exception for errors that are shown to the user as one line."""

from tui_dl.support.terminal_text import printable


class UserError(Exception):
    """What is wrong, where, and what to do, in one line; the command line exits with status 2."""

    def __str__(self) -> str:
        """The line with control characters replaced, for it may quote text from files."""
        return printable(super().__str__())
