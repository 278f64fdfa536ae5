"""Texts for users in their language: English in the code, and a catalogue for every other one.

A catalogue is a TOML file that is named like its language: for each English text, with its
{placeholders}, the same in the language. A text that is missing there is shown in English;
`tests/support/test_translations.py` finds those, and those that nothing uses.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_current: dict[str, str] = {}  # the catalogue in use; in English there is none


def use(language: str) -> None:
    """Let `tr` say everything in a language from now on."""
    global _current
    _current = catalogue(language)


@cache
def catalogue(language: str) -> dict[str, str]:
    """The texts of a language by those in English; none of English itself."""
    file = Path(__file__).with_name(f"{language}.toml")
    if not file.exists():
        return {}
    import tomllib  # not where English is spoken

    return tomllib.loads(file.read_text(encoding="utf-8"))


def tr(text: str, **values: object) -> str:
    """A text in the language in use, with its placeholders filled in."""
    said = _current.get(text, text)
    return said.format(**values) if values else said
