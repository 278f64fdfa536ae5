"""The user's settings: one TOML file, read with whatever is wrong in it left out and said.

The file is in the user's config folder. A value that cannot be used is replaced by its default; a
file that is damaged or of a newer version is replaced as a whole, and never written to.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from tui_dl.support.did_you_mean import suggest
from tui_dl.support.home_folders import expanded
from tui_dl.support.os_errors import why

FORMAT = 1  # of the file
Speed = Annotated[float, msgspec.Meta(ge=1 / 64, le=64)]
Epochs = Annotated[float, msgspec.Meta(ge=0, le=100)]

WANTED = {  # of a setting: what it has to be
    "theme": "the name of a theme",
    "language": "en or ko",
    "speed": "a number from 1/64 to 64",
    "smoothing": "a number of epochs from 0 to 100",
    "bell": "off, bell or message",
    "hints": "true or false",
}


class Settings(msgspec.Struct, frozen=True):
    """What a user has set; every value has a default.

    Attributes:
        theme: the name of a theme of the dashboard.
        language: of the dashboard and of lessons; None: that of the environment.
        speed: at which a finished run is played; 1 takes 15 seconds, 2 half of that.
        smoothing: epochs over whose steps the train curve is a mean; 0 for none.
        bell: how the end of a long run is announced.
        hints: whether the first screens say which keys to begin with.
        keys: keys of the dashboard, by what they do: stop = "x".
    """

    theme: str = "tui-dl"
    language: Literal["en", "ko"] | None = None
    speed: Speed = 1.0
    smoothing: Epochs = 1.0
    bell: Literal["off", "bell", "message"] = "off"
    hints: bool = True
    keys: dict[str, str] = {}


class Read(NamedTuple):
    """What was read.

    Attributes:
        settings: the file's, and defaults where those cannot be used.
        complaints: what cannot be used, where and why, a line each.
        writable: whether the file may be changed: it is not if it could not be understood.
        text: the file's text; empty where there is none.
    """

    settings: Settings
    complaints: tuple[str, ...] = ()
    writable: bool = True
    text: str = ""


def settings_path() -> Path:
    """The file of settings: TUI_DL_SETTINGS, else one in the platform's config folder."""
    if chosen := os.environ.get("TUI_DL_SETTINGS"):
        return expanded(chosen).absolute()
    from platformdirs import user_config_path

    return user_config_path("tui-dl") / "settings.toml"


def read_settings(path: Path) -> Read:
    """The settings in `path`; the defaults where there is no such file."""
    import tomllib  # not where there is no file

    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except FileNotFoundError:
        return Read(Settings())
    except OSError as error:
        return _unread(f"{path}: cannot be read: {why(error)}")
    except UnicodeDecodeError:
        return _unread(f"{path}: is not text in UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _unread(f"{path}: is no TOML: {error}")
    version = table.pop("format", FORMAT)
    if type(version) is not int or version > FORMAT:
        return _unread(f"{path}: is of format {version!r}, and this tui-dl reads {FORMAT}")
    settings, complaints = _convert(table)
    said = tuple(placed(path, key, says, text) for key, says in complaints)
    return Read(settings, said, True, text)


def _unread(says: str) -> Read:
    return Read(Settings(), (f"{says}: defaults are used, and the file is left as it is",), False)


def _convert(table: dict[str, Any]) -> tuple[Settings, list[tuple[str, str]]]:
    """The settings of a table, and what cannot be used: its key, and why."""
    found: dict[str, Any] = {}
    complaints: list[tuple[str, str]] = []
    fields = {it.name: it for it in msgspec.structs.fields(Settings)}
    for key, value in table.items():
        if key not in fields:
            complaints.append((key, f"{key!r} is no setting{suggest(key, list(fields))}"))
        elif key == "keys":
            found[key] = dict(_keys(value, complaints))
        else:
            try:
                found[key] = msgspec.convert(value, fields[key].type)
            except msgspec.ValidationError:
                says = f"{key!r}: expected {WANTED[key]}: its default is used"
                complaints.append((key, says))
    return Settings(**found), complaints


def _keys(value: object, complaints: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The entries of [keys] that are text."""
    if not isinstance(value, dict):
        complaints.append(("keys", "keys is no table: write [keys], and a line for each"))
        return
    for action, key in value.items():
        if isinstance(key, str) and key.strip():
            yield action, key.strip()
        else:
            complaints.append((action, f"keys.{action} has no key: its default is used"))


def placed(path: Path | None, key: str, says: str, text: str) -> str:
    """What is wrong with a key, after the file and, where it is found, the line that sets it."""
    number = line_of(key, text.splitlines())
    return f"{path}{f':{number}' if number else ''}: {says}"


def line_of(key: str, lines: list[str]) -> int | None:
    """The number of the line, from 1, in which a key is set."""
    pattern = re.compile(rf"""\s*(?:["']?{re.escape(key)}["']?\s*=|\[\s*{re.escape(key)}\s*\])""")
    return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), None)
