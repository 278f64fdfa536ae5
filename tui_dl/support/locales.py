"""What the locale of the environment says of the terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping

NAMES = ("LC_ALL", "LC_CTYPE", "LANG")  # POSIX: the first that is set decides
CONSOLE = "linux"  # TERM of the Linux console, whose font has neither braille dots nor Korean
COERCED = "C.UTF-8"  # what Python sets LC_CTYPE to where there is no other locale (PEP 538)


def shows_unicode(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal shows UTF-8; it is taken to where nothing is set, as in containers."""
    if environment.get("TERM") == CONSOLE:
        return False
    value = character_locale(environment)
    return not value or "utf8" in value.partition(".")[2].lower().replace("-", "")


def character_locale(environment: Mapping[str, str] = os.environ) -> str:
    """The locale of characters as the user has set it; empty where nothing is set."""
    found = {name: environment.get(name, "") for name in NAMES}
    if found["LC_CTYPE"] == COERCED:
        found["LC_CTYPE"] = ""
    return next(filter(None, found.values()), "")
