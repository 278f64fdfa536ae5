"""The one exception a user may see: a request that cannot be carried out, in one line."""

from tui_dl.support.terminal_text import printable


class UserError(Exception):
    """What is wrong, where, and what to do, in one line. The command line exits 2 with it."""

    def __str__(self) -> str:
        """The line, fit for a terminal: names and values in it may be anybody's."""
        return printable(super().__str__())
