"""Where in the text of a TOML file each key, value and table header stands.

The text is valid TOML: `tomllib` has read it. So only what separates values is looked at.
"""

from __future__ import annotations

import re
import tomllib
from typing import Literal, NamedTuple

Path = tuple[str | int, ...]  # of a value: ("network", 2, "filters")

_BLANK = re.compile(r"[ \t\r]*")
_KEY = re.compile(r"""[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_STRING = re.compile(
    r'"{3}(?:[^\\]|\\.)*?"{3,5}(?!")|' r"'{3}.*?'{3,5}(?!')|" r'"(?:[^"\\]|\\.)*"|' r"'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\r\n]+")
_COMMENT = re.compile(r"#[^\n]*")


class Span(NamedTuple):
    """Where one value stands, by characters of the text.

    Attributes:
        begin: of its key, or of comment lines right above it where it begins a line.
        start: of the value itself.
        end: the end of the value.
        tail: the end of what belongs to it in its line: a comma, a comment.
        where: on a line of its own, as a pair of an inline table, or as an item of an array.
        own_line: whether nothing else stands in its lines.
    """

    begin: int
    start: int
    end: int
    tail: int
    where: Literal["line", "pair", "item"]
    own_line: bool


class Section(NamedTuple):
    """A table header and the lines below it, up to the next header.

    Attributes:
        path: of its table; that of the file's beginning is empty.
        begin: of the header, or of comment lines right above it.
        last: the end of its last line that is neither empty nor a comment.
    """

    path: Path
    begin: int
    last: int


class Spans:
    """All places of a text.

    Attributes:
        values: by path, also those inside arrays and inline tables.
        sections: in the order of the file.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[Path, Span] = {}
        self.sections: list[Section] = [Section((), 0, 0)]
        self._counts: dict[Path, int] = {}  # of arrays whose tables have headers
        self._scan()

    def length(self, path: Path) -> int:
        """How many items the array at `path` has, inline or by headers."""
        return self._counts.get(path, 0)

    def of_table(self, path: Path) -> list[Section]:
        """The sections of the table at `path` and of tables in it."""
        return [it for it in self.sections if it.path[: len(path)] == path]

    def _scan(self) -> None:
        at = lead = 0
        while at < len(self.text):
            line_end = self._line_end(at)
            first = self._skip_blank(at)
            letter = self.text[first : first + 1]
            if letter == "#":
                at = line_end
                continue
            if letter in ("", "\n"):
                at = lead = line_end
                continue
            at = self._header(first, lead) if letter == "[" else self._statement(first, lead)
            lead = at

    def _header(self, at: int, lead: int) -> int:
        is_array = self.text.startswith("[[", at)
        names, after = self._key(at + 1 + is_array)
        path: Path = ()
        for name in names[:-1]:
            path = self._newest((*path, name))
        path = (*path, names[-1])
        if is_array:
            self._counts[path] = self._counts.get(path, 0) + 1
            path = self._newest(path)
        end = self._line_end(after)
        self.sections.append(Section(path, lead, end))
        return end

    def _newest(self, path: Path) -> Path:
        """The path of the newest table of an array of tables; else the path itself."""
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _statement(self, at: int, lead: int) -> int:
        names, equals = self._key(at)
        path = (*self.sections[-1].path, *names)
        start = self._skip_blank(equals + 1)
        end = self._value(start, path)
        tail = self._tail(end)
        self.values[path] = Span(lead, start, end, tail, "line", True)
        last = self._line_end(tail)
        self.sections[-1] = self.sections[-1]._replace(last=last)
        return last

    def _key(self, at: int) -> tuple[tuple[str, ...], int]:
        """The parts of a dotted key, and where it has ended."""
        names = []
        while found := _KEY.match(self.text, self._skip_blank(at)):
            name = found[0]
            names.append(next(iter(tomllib.loads(f"{name}=0"))) if name[0] in "\"'" else name)
            at = self._skip_blank(found.end())
            if not self.text.startswith(".", at):
                break
            at += 1
        return tuple(names), at

    def _value(self, at: int, path: Path) -> int:
        """Note the places inside the value at `at`; returns its end."""
        if self.text[at] == "[":
            return self._array(at, path)
        if self.text[at] == "{":
            return self._inline_table(at, path)
        if found := _STRING.match(self.text, at):
            return found.end()
        bare = _BARE.match(self.text, at)
        assert bare
        return at + len(bare[0].rstrip())

    def _array(self, at: int, path: Path) -> int:
        index, at = 0, at + 1
        lead = at  # where comments above the next item may begin
        while self.text[start := self._skip_comments(at)] != "]":
            end = self._value(start, (*path, index))
            comma = self._skip_comments(end)
            after = comma + 1 if self.text[comma] == "," else end
            line_start = self.text.rfind("\n", 0, start) + 1
            begins_line = not self.text[line_start:start].strip() and line_start > lead - 1
            tail = self._tail(after) if after > end else self._tail(end)
            own = begins_line and self.text[tail : tail + 1] in ("\n", "\r")
            begin = self._comments_above(line_start, lead) if own else start
            self.values[(*path, index)] = Span(begin, start, end, tail, "item", own)
            index, at, lead = index + 1, after, tail
        self._counts[path] = index
        return start + 1

    def _comments_above(self, line_start: int, least: int) -> int:
        """The beginning of the comment lines right above the line at `line_start`."""
        while line_start > least:
            above = self.text.rfind("\n", 0, line_start - 1) + 1
            if above < least or not self.text[above:line_start].lstrip().startswith("#"):
                break
            line_start = above
        return line_start

    def _inline_table(self, at: int, path: Path) -> int:
        at = self._skip_blank(at + 1)
        while self.text[at] != "}":
            names, equals = self._key(at)
            start = self._skip_blank(equals + 1)
            end = self._value(start, (*path, *names))
            self.values[(*path, *names)] = Span(at, start, end, end, "pair", False)
            at = self._skip_blank(end)
            if self.text[at] == ",":
                at = self._skip_blank(at + 1)
        return at + 1

    def _skip_blank(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        assert found
        return found.end()

    def _skip_comments(self, at: int) -> int:
        """The next character that is neither blank, nor the end of a line, nor of a comment."""
        while True:
            at = self._skip_blank(at)
            if self.text.startswith("\n", at):
                at += 1
            elif found := _COMMENT.match(self.text, at):
                at = found.end()
            else:
                return at

    def _tail(self, at: int) -> int:
        """The end of a comment that begins right after `at`; else `at`."""
        found = _COMMENT.match(self.text, self._skip_blank(at))
        return found.end() if found else at

    def _line_end(self, at: int) -> int:
        """Behind the end of the line that `at` is in."""
        return (self.text.find("\n", at) + 1) or len(self.text)
