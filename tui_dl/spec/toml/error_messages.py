"""Turns a decoder's error into a key path, what is wrong there, and the nearest valid key."""

from __future__ import annotations

import re
from reprlib import repr as short

import msgspec

from tui_dl.spec.toml import schema
from tui_dl.spec.toml.migrations import new_key, new_value
from tui_dl.support.did_you_mean import advice, same, suggest
from tui_dl.support.formatting import pointed

_PLACE = re.compile(r" - at `(?:key in )?\$([^`]*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`")
_LINE = re.compile(r"at line (\d+), column")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_GIVEN = re.compile(
    rf"\s*\[*\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*(?:=|\]+\s*$)"
)  # a key, or a table's header
_COMMA = re.compile(r"=\s*([-+]?\d+,\d+(?:e[-+]?\d+)?)")
_EXPECTED = re.compile(r"Expected `([^`]*)`(.*?)(?:, got .*)?")


def error_message(
    error: msgspec.ValidationError, raw: object, cls: type[msgspec.Struct]
) -> tuple[str, str]:
    """The key path and one line for `error`, raised while `raw` was converted to `cls`."""
    message = str(error)
    found = _PLACE.search(message)
    key = found.group(1).lstrip(".") if found else ""
    message = _PLACE.sub("", message)
    if unknown := _UNKNOWN.fullmatch(message):
        name = unknown.group(1)
        there = name if name.isprintable() else short(name)
        if new := new_key(key, name, schema.at(raw, key)[name], schema.keys(raw, cls, key)):
            return f"{key}.{there}", f"is now called {new}"
        return f"{key}.{there}".lstrip("."), f"unknown key{_meant(name, raw, cls, key)}"
    if missing := _MISSING.fullmatch(message):
        name = missing.group(1)
        known = schema.kinds(schema.type_at(raw, cls, key), name)
        return key, f"missing key {name}" + f"; known: {', '.join(known)}" * bool(known)
    if message.startswith("Invalid"):
        value, name = str(schema.at(raw, key)), key.rpartition(".")[2].partition("[")[0]
        if new := new_value(key, value):
            return key, f"{short(value)} is now called {new}"
        return key, f"unknown {name} {short(value)}{suggest(value, schema.words(raw, cls, key))}"
    if expected := _EXPECTED.fullmatch(message):
        kinds, limit = expected.groups()
        value = schema.at(raw, key)
        words = "str" in kinds.split(" | ")[1:]  # beside numbers there are only certain ones
        kind = " or ".join(schema.words(raw, cls, key)) if words else _plain(kinds)
        says = f"expected {kind}{_grouped(limit)}, found {_found(value)}"
        return key, says + _brackets(key, kinds, value) + _point(value)
    return key, message


def toml_error_message(error: Exception, text: str) -> str:
    """One line for `error`, raised while `text` was read as TOML, with the line that it is of."""
    found, lines = _LINE.search(message := str(error)), text.split("\n")
    number = int(found[1]) if found else len(lines)
    if message.startswith("Cannot overwrite a value"):  # a value ends here, and may be many lines
        input = filter(None, map(_GIVEN.match, lines[number - 1 :: -1]))
        return f"line {number} gives {next(input)[1]} once more: leave one out"
    if not found:
        return message
    line = lines[number - 1].strip()
    comma = _COMMA.search(line)
    return f"{message}: {short(line)}{_point(comma[1]) if comma else ''}"


def _meant(name: str, raw: object, cls: type[msgspec.Struct], key: str) -> str:
    """The key that was perhaps meant by `name` in the table at `key`, or where it belongs."""
    here, own = schema.keys(raw, cls, key), f"{key}.{name}".lstrip(".")
    there = [path for path in dict.fromkeys(schema.paths(cls)) if same(name, [_last(path)])]
    if there and own not in there and not same(name, here):
        return f"; did you mean {' or '.join(there)}?"
    return suggest(name, here, advice(name))


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _brackets(key: str, kinds: str, value: object) -> str:
    """What to write where one bracket too few or too many has made a table of a list."""
    if "array" in kinds and isinstance(value, dict):
        return f": begin each with [[{key}]]" if "[" not in key else ": put [ ] around it"
    if "object" in kinds and isinstance(value, list) and "[" not in key:
        return f": begin it with [{key}]"
    return ""


def _point(value: object) -> str:
    """What to write in place of a decimal comma."""
    number = pointed(value) if isinstance(value, str) else None
    return f": use a point: {number.strip()}" if number else ""


def _plain(kinds: str) -> str:
    """`int | null` in words."""
    return " or ".join(
        schema.PLAIN.get(kind, kind) for kind in kinds.split(" | ") if kind != "null"
    )


def _grouped(limit: str) -> str:
    """` <= 1000000.0` with its number as one reads it."""
    whole = r"(?<![\d.])(?<!e[+-])(\d+)(\.0)?(?![\d.e])"
    return re.sub(whole, lambda number: f"{int(number[1]):,}", limit)


def _found(value: object) -> str:
    """A value of the file in words."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"text {short(value)}"
        case int() | float():
            return short(value)
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "a table"
        case _:
            return f"a {type(value).__name__}"  # date, time or datetime
