"""Reads keys and pasted text from a terminal; whatever is pasted is text, and never a key."""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

ESC = "\x1b"
START, END = f"{ESC}[200~", f"{ESC}[201~"  # what a terminal puts around pasted text


class PasteParser(XTermParser):
    """Textual's parser, which would take an escape character in pasted text for keys."""

    def __init__(self) -> None:
        super().__init__()
        self._pastes = False
        self._before = ""  # the end of what was read, which may be the beginning of a mark

    def feed(self, data: str) -> Iterable[Message]:
        """The events of what was read."""
        fit = "".join(self._fit(data))
        return super().feed(fit) if fit else ()  # an empty text would end the input

    def end_sequence(self) -> list[Message]:
        """The keys that a sequence is, of which no more has come: the caller decides when."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
        return [*self.tick()]

    def _fit(self, data: str) -> Iterable[str]:
        """`data` without escape characters in pasted text; the end of it may come later."""
        while data:
            mark = END if self._pastes else START
            held, text = self._before, self._before + data
            found = text.find(mark)
            if found < 0:
                whole = len(text) - _beginning(text, mark)
                self._before = text[whole:]
                yield text[:whole].replace(ESC, "") if self._pastes else data
                return
            after = found + len(mark)
            yield text[:found].replace(ESC, "") + mark if self._pastes else text[len(held) : after]
            self._pastes, self._before, data = not self._pastes, "", text[after:]


def _beginning(text: str, mark: str) -> int:
    """How many characters at the end of `text` are the beginning of `mark`."""
    return next((size for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), 0)
