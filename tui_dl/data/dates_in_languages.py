"""Dates in the languages of Babel, which has the words and formats of Unicode's CLDR."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from tui_dl.data.readers.plain_text import one_line
from tui_dl.support.errors import UserError

FORMATS = ("full", "long", "medium")  # short ones do not tell the day from the month
YEAR = [date(2000, 1, 1) + timedelta(it) for it in range(366)]  # every month with every weekday


def written(day: date, language: str, form: str) -> str:
    """The day in one of the `FORMATS` of a language."""
    from babel.dates import format_date

    return one_line(format_date(day, form, language))


def texts(days: Sequence[date], languages: Sequence[str], random: np.random.Generator) -> list[str]:
    """Each day in one of the languages, in one of its formats, about half in lower case."""
    chosen = random.integers(len(languages), size=len(days)).tolist()
    forms = random.integers(len(FORMATS), size=len(days)).tolist()
    small = random.integers(2, size=len(days)).tolist()
    found = [
        written(day, languages[language], FORMATS[form])
        for day, language, form in zip(days, chosen, forms, strict=True)
    ]
    return [it.lower() if is_small else it for it, is_small in zip(found, small, strict=True)]


def extent(languages: Sequence[str]) -> tuple[str, int]:
    """All characters that these languages write dates with, in order; and the longest text.

    Raises:
        UserError: Babel does not know a language.
    """
    from babel.localedata import exists

    for language in languages:
        if not exists(language):
            raise UserError(
                f"data.languages: {language!r} is no language of Babel: use its code, such as "
                '"de", "fr", "ko" or "en_GB"'
            )
    found = {written(day, it, form) for it in languages for form in FORMATS for day in YEAR}
    found |= {text.lower() for text in found}
    return "".join(sorted({*"".join(found)})), max(map(len, found))
