"""What was done to samples before the network got them, as a few lines for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tui_dl.protocol.answer import Answer

MOST = 10  # lines


@dataclass
class Remarks:
    """Counts the remarks of answers that pass by.

    Attributes:
        place: where the sample of an index is, in words.
    """

    place: Callable[[int], str]
    _found: dict[str, tuple[int, int]] = field(default_factory=dict)  # first sample, how many

    def of(self, parts: Iterable[list[Answer]]) -> Iterator[list[Answer]]:
        """The answers as they are."""
        index = 0
        for part in parts:
            for answer in part:
                for says in answer.remarks:
                    first, count = self._found.get(says, (index, 0))
                    self._found[says] = first, count + 1
                index += 1
            yield part

    def lines(self) -> Iterator[str]:
        """Each remark once, with the first sample that it is on and how many others there are."""
        for says, (first, count) in list(self._found.items())[:MOST]:
            others = f" and {count - 1:,} more" if count > 1 else ""
            yield f"{self.place(first)}{others}: {says}"
        if (rest := len(self._found) - MOST) > 0:
            yield f"{rest:,} more such remarks: --json has them beside each answer"
