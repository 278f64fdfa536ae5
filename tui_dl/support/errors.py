"""The exception for errors that are shown to the user as one line."""

import re

from tui_dl.support.terminal_text import printable

# A word that would fill a screen: the reason stands behind it. Paths are hardly ever that long.
_LONG = re.compile(r"(\S{100})\S{200,}(\S{60})")


class UserError(Exception):
    """What is wrong, where, and what to do, in one line; the command line exits with status 2."""

    def __str__(self) -> str:
        """The line, which may quote text from files or keyboards.

        Control characters are replaced, and of a word of hundreds of letters the middle is left
        out.
        """
        return _LONG.sub(r"\1…\2", printable(super().__str__()))
