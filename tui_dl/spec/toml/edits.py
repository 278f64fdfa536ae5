"""Edits of an experiment file's text that leave its comments and its layout as they are.

Each takes a text and returns a new one; the last line of both ends. What is not edited stays as it
is, letter by letter. A comment right above a key or row, or behind it in its line, belongs to it:
it moves with it and goes with it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tui_dl.spec.toml.spans import Path, Section, Span, Spans
from tui_dl.spec.toml.written import inline, written_key


def patched(text: str, before: Any, after: Any, path: Path = ()) -> str:
    """`text`, which has the value `before` at `path`, with `after` in its place."""
    if before == after and type(before) is type(after):
        return text
    if isinstance(before, dict) and isinstance(after, dict):
        for name in before.keys() - after.keys():
            text = without(text, (*path, name))
        for name, value in after.items():
            there = (*path, name)
            if name in before:
                text = patched(text, before[name], value, there)
            else:
                text = with_value(text, there, value)
        return text
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            text = patched(text, old, new, (*path, index))
        return text
    return with_value(text, path, after)


def with_value(text: str, path: Path, value: Any) -> str:
    """`text` with `value` at `path`, whose parent is there: a table or the file itself."""
    spans = Spans(text)
    if span := spans.values.get(path):
        return text[: span.start] + inline(value) + text[span.end :]
    if isinstance(path[-1], int):  # a table with a header
        return with_row(without_row(text, path), path, value)
    if _is_there(spans, path):
        return with_value(without(text, path), path, value)
    *parent, name = path
    if outer := spans.values.get(tuple(parent)):  # an inline table
        pair, end = f"{written_key(str(name))} = {inline(value)}", outer.end - 1
        inside = text[outer.start + 1 : end]
        if not inside.strip():
            return f"{text[: outer.start]}{{ {pair} }}{text[outer.end :]}"
        end = outer.start + 1 + len(inside.rstrip())
        return f"{text[:end]}, {pair}{text[end:]}"
    if not parent and isinstance(value, dict):
        return (
            f"{text}\n{table_text(f'[{written_key(str(name))}]', value)}"
            if text.strip()
            else table_text(f"[{written_key(str(name))}]", value)
        )
    at, names = _end_of(spans, tuple(parent))
    return f"{text[:at]}{_dotted((*names, name))} = {inline(value)}\n{text[at:]}"


def without(text: str, path: Path) -> str:
    """`text` without the key at `path` and all below it."""
    spans = Spans(text)
    if (span := spans.values.get(path)) and span.where == "pair":
        return _without_pair(text, spans, path, span)
    lines = [
        it for at, it in spans.values.items() if at[: len(path)] == path and it.where == "line"
    ]
    cuts = [(it.begin, _line_end(text, it.tail)) for it in lines]
    cuts += [(it.begin, it.last) for it in spans.of_table(path)]
    pairs = [
        it for it, at in spans.values.items() if it[: len(path)] == path and at.where == "pair"
    ]
    if not cuts and pairs:  # dotted keys in an inline table
        for pair in pairs:
            text = without(text, pair)
        return text
    for begin, end in _united(cuts):
        text = text[:begin] + text[end:]
    return text


def with_row(text: str, path: Path, row: dict[str, Any]) -> str:
    """`text` with a new `row` before the one at `path`, or behind the last one."""
    spans, array, index = Spans(text), path[:-1], path[-1]
    assert isinstance(index, int)
    count = spans.length(array)
    if array in spans.values:
        return _with_item(text, spans, array, index, inline(row))
    new = table_text(f"[[{_dotted(tuple(it for it in array if isinstance(it, str)))}]]", row)
    if not count:
        return f"{text}\n{new}" if text.strip() else new
    blocks = [_block(spans, (*array, it)) for it in range(count)]
    gaps = [text[a[1] : b[0]] for a, b in pairwise(blocks)]
    gap = gaps[0] if gaps and not gaps[0].strip() else ""
    if index < count:
        at = blocks[index][0]
        return f"{text[:at]}{new}{gap}{text[at:]}"
    at = blocks[-1][1]
    return f"{text[:at]}{gap}{new}{text[at:]}"


def without_row(text: str, path: Path) -> str:
    """`text` without the row of an array at `path`."""
    spans, array, index = Spans(text), path[:-1], path[-1]
    assert isinstance(index, int)
    count = spans.length(array)
    if span := spans.values.get(path):
        if span.own_line:
            return text[: span.begin] + text[_line_end(text, span.tail) :]
        if index + 1 < count:
            return text[: span.start] + text[spans.values[*array, index + 1].start :]
        before = spans.values[*array, index - 1].end if index else span.start
        return text[:before] + text[span.end :]
    begin, end = _block(spans, path)
    if index + 1 < count:
        following, _ = _block(spans, (*array, index + 1))
        end = following if not text[end:following].strip() else end
    return text[:begin] + text[end:]


def with_rows_swapped(text: str, path: Path) -> str:
    """`text` with the row at `path` and the next one in each other's place."""
    spans, array, index = Spans(text), path[:-1], path[-1]
    assert isinstance(index, int)
    after: Path = (*array, index + 1)
    if path not in spans.values:
        first, second = _block(spans, path), _block(spans, after)
        return _exchanged(text, [(first, second)])
    one, two = spans.values[path], spans.values[after]
    pairs = [((one.start, one.end), (two.start, two.end))]
    if one.own_line and two.own_line:  # their comments, too
        pairs.append(((one.begin, one.start), (two.begin, two.start)))
        pairs.append((_comment(text, one), _comment(text, two)))
    return _exchanged(text, pairs)


def lines_of(text: str, path: Path) -> tuple[int, int]:
    """The lines, from 0, in which the value at `path` stands; none where it is not there."""
    spans = Spans(text)
    if span := spans.values.get(path):
        begin, end = span.begin, span.tail
    elif spans.of_table(path):
        begin, end = _block(spans, path)
        end -= text[:end].endswith("\n")
    else:
        return 0, 0
    return text.count("\n", 0, begin), text.count("\n", 0, end) + 1


def _exchanged(text: str, pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> str:
    """`text` with the two pieces of each pair in each other's place."""
    changes = [(a, text[slice(*b)]) for a, b in pairs] + [(b, text[slice(*a)]) for a, b in pairs]
    for (begin, end), piece in sorted(changes, reverse=True):
        text = text[:begin] + piece + text[end:]
    return text


def _comment(text: str, span: Span) -> tuple[int, int]:
    """The place of the comment behind an item, with the blanks before it; or where it would be."""
    comma = text.find(",", span.end, span.tail)
    hash = text.find("#", span.end, span.tail)
    is_comma = comma >= 0 and (hash < 0 or comma < hash)
    return (comma + 1 if is_comma else span.end), span.tail


def _with_item(text: str, spans: Spans, array: Path, index: int, new: str) -> str:
    """`text` with a new item in an array that is written in brackets."""
    outer, count = spans.values[array], spans.length(array)
    if not count:
        return f"{text[: outer.start]}[{new}]{text[outer.end :]}"
    if index < count:
        span = spans.values[*array, index]
        if span.own_line:
            return f"{text[: span.begin]}{_indent(text, span)}{new},\n{text[span.begin :]}"
        return f"{text[: span.start]}{new}, {text[span.start :]}"
    span = spans.values[*array, count - 1]
    comma = _comment(text, span)[0] > span.end
    head, tail = text[: span.end] + "," * (not comma), text[span.end :]
    if not span.own_line:
        after = span.end + text[span.end :].index(",") + 1 if comma else span.end
        return f"{head} {new}{tail}" if not comma else f"{text[:after]} {new}{text[after:]}"
    end = span.tail - span.end
    return f"{head}{tail[:end]}\n{_indent(text, span)}{new}{',' * comma}{tail[end:]}"


def _indent(text: str, span: Span) -> str:
    return text[text.rfind("\n", 0, span.start) + 1 : span.start]


def _without_pair(text: str, spans: Spans, path: Path, span: Span) -> str:
    """`text` without a pair of an inline table, and without a comma that it needed."""
    pairs = sorted(
        (it.begin, it.end)
        for at, it in spans.values.items()
        if it.where == "pair" and _encloses(spans, path) == _encloses(spans, at)
    )
    here = pairs.index((span.begin, span.end))
    if here + 1 < len(pairs):
        return text[: span.begin] + text[pairs[here + 1][0] :]
    if here:
        return text[: pairs[here - 1][1]] + text[span.end :]
    return text[: span.begin].rstrip() + text[span.end :].lstrip()


def _encloses(spans: Spans, path: Path) -> Path:
    """The path of the inline table that the pair at `path` stands in."""
    return next(path[:end] for end in reversed(range(len(path))) if path[:end] in spans.values)


def _is_there(spans: Spans, path: Path) -> bool:
    """Whether there is a table at `path`, by its header or by dotted keys."""
    size = len(path)
    return any(it[:size] == path for it in spans.values) or bool(spans.of_table(path))


def _end_of(spans: Spans, table: Path) -> tuple[int, Path]:
    """Where a line is added to a table that is not inline, and how its key begins there."""
    own = [it for it in spans.sections if it.path == table]
    if own:
        return own[-1].last, ()
    lines = [
        (span.tail, path)
        for path, span in spans.values.items()
        if path[: len(table)] == table and span.where == "line"
    ]
    tail, _ = max(lines)
    section = _section_at(spans, tail)
    return _line_end(spans.text, tail), table[len(section.path) :]


def _section_at(spans: Spans, at: int) -> Section:
    return next(it for it in reversed(spans.sections) if it.begin <= at)


def _block(spans: Spans, path: Path) -> tuple[int, int]:
    """Where a table with a header begins, with the comment above it, and where it ends."""
    own = spans.of_table(path)
    return own[0].begin, max(it.last for it in own)


def _united(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces that do not overlap, the last one first."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(cuts):
        if found and begin < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((begin, end))
    return found[::-1]


def table_text(header: str, table: dict[str, Any]) -> str:
    """A header and its keys, a line each."""
    lines = [f"{written_key(name)} = {inline(value)}" for name, value in table.items()]
    return "\n".join([header, *lines]) + "\n"


def _dotted(path: Path) -> str:
    return ".".join(written_key(str(name)) for name in path)


def _line_end(text: str, at: int) -> int:
    return (text.find("\n", at) + 1) or len(text)
