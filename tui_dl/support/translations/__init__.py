"""Texts for users in their language: English in the code, and a catalogue for every other one.

A catalogue is a TOML file that is named like its language: for each English text, with its
{placeholders}, the same in the language. A text that is missing there is shown in English;
`tests/support/test_translations.py` and `tests/ui/test_korean.py` find those.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

PLACEHOLDER = re.compile(r"\{(\w+)\}")
NUMBER = r"-?\d[\d.,]*[kMG]?"  # what stands at a {count}
SEPARATORS = ": ", "; "  # between the parts of a sentence that are translated one by one
PART = r"(?:(?!: ).)+?"  # what may stand at a placeholder: no more than such a part; but at
VALUES = {"count": r"-?\d[\d.,]*[kMG]?", "what": r".+?", "why": r".+?"}  # a number, or parts
NAMES = {"name", "key", "path", "command"}  # what stands there is said as it is written
LEAST = 4  # characters of a text beside its placeholders, for sentences to be compared with it

_language = "en"
_current: dict[str, str] = {}  # the catalogue in use; in English there is none


def use(language: str) -> None:
    """Let `tr` say everything in a language from now on."""
    global _current, _language
    _current, _language = catalogue(language), language
    _forms.cache_clear()
    said.cache_clear()


def in_use() -> str:
    """The language in which `tr` says everything."""
    return _language


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
    found = _current.get(text, text)
    return found.format(**values) if values else found


@lru_cache(maxsize=4096)
def said(sentence: str) -> str:
    """A finished English sentence in the language in use: that of an error, an event, a report.

    Such sentences are made where no language is known, and run folders keep them in English. What
    stands at the placeholders of the text that fits is translated as well, but for `NAMES`; where
    none fits, each part between colons and semicolons; what is in no catalogue stays as it is.
    """
    if not _current or not sentence:
        return sentence
    if (exact := _current.get(sentence)) is not None:
        return exact
    for literal, pattern, text in _forms():
        if literal in sentence and (found := _compiled(pattern).fullmatch(sentence)):
            parts = found.groupdict().items()
            return text.format(**{at: it if at in NAMES else said(it) for at, it in parts})
    for separator in SEPARATORS:
        head, _, rest = sentence.partition(separator)
        if rest:
            return f"{said(head)}{tr(separator)}{said(rest)}"
    return sentence


@cache
def _forms() -> list[tuple[str, str, str]]:
    """Texts with placeholders, those that say most first: a part, what matches, the translation."""
    found = []
    for english, text in _current.items():
        names, literals = PLACEHOLDER.findall(english), PLACEHOLDER.split(english)[::2]
        size = sum(len(it.strip()) for it in literals)
        if names and (size >= LEAST or set(names) == {"count"}):
            groups = [f"(?P<{it}>{VALUES.get(it, PART)})" for it in names] + [""]
            parts = zip(map(re.escape, literals), groups, strict=True)
            pattern = "".join(literal + group for literal, group in parts)
            found.append((size, max(literals, key=len), pattern, text))
    found.sort(key=lambda it: -it[0])
    return [(it, pattern, text) for _, it, pattern, text in found]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled once a sentence has its literal: few have, and all take 40 ms."""
    return re.compile(pattern, re.DOTALL)
