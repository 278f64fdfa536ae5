"""Remembers what was chosen in the dashboard: one line of the file of settings changes."""

from __future__ import annotations

import re
from pathlib import Path

from tui_dl.runs.atomic import replace
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import fault
from tui_dl.support.private_files import make_folder
from tui_dl.support.settings import line_of, read_settings

TABLE = re.compile(r"\s*\[")


def remember(path: Path, key: str, value: str | bool) -> None:
    """Set a key in the file of settings; its other lines, comments too, stay as they are.

    Raises:
        UserError: the file could not be understood, so that it is left as it is, or not written.
    """
    read = read_settings(path)
    if not read.writable:
        raise UserError(f"{key} is not remembered: {read.complaints[0]}")
    text = changed(read.text, key, value)
    if text == read.text:
        return
    try:
        make_folder(path.parent)
        replace(path.resolve(), text.encode())
    except OSError as error:
        raise UserError(f"{key} is not remembered: {fault(error)}") from None


def changed(text: str, key: str, value: str | bool) -> str:
    """The `text` of a file of settings with a key set: in its line, or before the first table."""
    line = f"{key} = {str(value).lower() if isinstance(value, bool) else _quoted(value)}"
    lines = text.splitlines()
    tables = (number for number, it in enumerate(lines) if TABLE.match(it))
    first_table = next(tables, len(lines))
    number = line_of(key, lines[:first_table])
    if number is None:
        lines.insert(first_table, line)
    else:
        comment = re.search(r"\s+#[^\"']*$", lines[number - 1])
        lines[number - 1] = line + (comment[0] if comment else "")
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    """A text as TOML writes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
