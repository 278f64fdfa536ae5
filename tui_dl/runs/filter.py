"""Filters of a list of runs: ``accuracy > 0.9 preset:lenet5 wide``.

A filter is a row of conditions that all hold: comparisons as claims have them, over the figures of
one run; ``key:text`` for the keys below; and words that are in a run's title, name or id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from tui_dl.runs.details import FIGURES
from tui_dl.runs.entries import SPLITS, Entry, figure_of
from tui_dl.runs.listing import Listed
from tui_dl.runs.status import LIVE
from tui_dl.spec.claims import reader
from tui_dl.spec.claims.evaluate import COMPARE, MissingError, evaluate
from tui_dl.spec.claims.reader import Comparison, Figure
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.train.metrics import METRICS
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import is_printable
from tui_dl.support.translations import tr

LONGEST = 500  # characters
COLUMNS: dict[str, Callable[[Listed], float | None]] = {  # figures by the names in the list
    "loss": lambda it: it.best_validation_loss,
    "test": lambda it: it.details.figures.get(f"test_{it.details.metric}"),
    "validation": lambda it: it.details.figures.get(f"validation_{it.details.metric}"),
    "time": lambda it: it.details.figures.get("seconds"),
}
KEYS = ("preset", "status", "diagnosis", "title", "name", "id")

# One comparison: atoms with operators between them on both sides of a sign.
_ATOM = r"-?\s*(?:\([^()]*\)|[A-Za-z_][\w.]*(?:\[[^\]]*\])?[\w.]*|\d[\w.]*(?:[eE][-+]\d+)?)"
_EQUALS = r"(?<=\s)=(?=\s)"  # without blanks it is a part of a title: filters=12
_SIDE = rf"{_ATOM}(?:\s*[-+*/]\s*{_ATOM})*"
_COMPARISON = re.compile(rf"{_SIDE}(?:\s*(?:[<>]=?|[=!]=|{_EQUALS})(?:\s*{_SIDE})?)+")
_WORD = re.compile(r'(?:"[^"]*"|[^\s"])+|"')


Condition = Callable[[Entry], bool]


class Filter:
    """The conditions that are written in a text."""

    def __init__(self, text: str, known: Iterable[str] = ()) -> None:
        """Read them.

        Args:
            text: what was typed.
            known: names of figures besides those that most runs have.

        Raises:
            UserError: it cannot be read; the message begins with the column.
        """
        if len(text) > LONGEST or not is_printable(text):
            raise UserError(f"column 1: more than one line of {LONGEST} characters: shorten it")
        self._known = _names(known)
        self._conditions: list[Condition] = []
        place = 0
        while place < len(text):
            if text[place].isspace():
                place += 1
                continue
            found = _COMPARISON.match(text, place)
            read = self._comparison if found else self._word
            found = found or _WORD.match(text, place)
            assert found  # a word is anything
            self._conditions.append(read(found[0], place))
            place = found.end()
            if read == self._comparison and text[place : place + 1].strip():  # as in 90%
                raise _unreadable(place)

    def __call__(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries for which all conditions hold."""
        return [entry for entry in entries if all(holds(entry) for holds in self._conditions)]

    def _comparison(self, text: str, place: int) -> Condition:
        try:
            comparison = reader.read(re.sub(rf"{_EQUALS}\s", "==", text))
            for figure in comparison.figures():
                self._check(figure)
        except ConfigError as error:
            raise UserError(_moved(error.message, place)) from None
        return lambda entry: _holds(comparison, entry.listed)

    def _check(self, figure: Figure) -> None:
        """Raise ConfigError unless it is a figure of one run."""
        if figure.variant or figure.selector or figure.key:
            raise reader.refused(figure.column, "write the name of a figure alone, as in accuracy")
        if figure.name not in self._known:
            hint = suggest(figure.name, self._known)
            raise reader.refused(figure.column, f"{figure.name} is no figure of a run{hint}")

    def _word(self, text: str, place: int) -> Condition:
        """A word, or a key with a text; quotation marks hold several words together."""
        if text.count('"') % 2:
            at = place + text.index('"') + 1
            raise UserError(f'column {at}: a quotation mark is not closed: add a "')
        if sign := re.search("[<>]", re.sub('"[^"]*"', lambda it: " " * len(it[0]), text)):
            raise _unreadable(place + sign.start())
        key, colon, value = text.replace('"', "").partition(":")
        if not colon or text.startswith('"'):
            word = text.replace('"', "").casefold()
            return lambda entry: word in _text(entry)
        if key not in KEYS:
            raise UserError(f"column {place + 1}: there is no key {key}:{suggest(key, KEYS)}")
        wanted = value.casefold()
        return lambda entry: any(wanted in it.casefold() for it in _values(key, entry))


def names_of(entries: Iterable[Entry]) -> set[str]:
    """The names of all figures that runs have."""
    return {name for entry in entries for name in entry.listed.details.figures}


def _names(known: Iterable[str]) -> list[str]:
    """All names of figures, those without a split too, in alphabetical order."""
    numbers = [name for name, metric in METRICS.items() if metric.is_number]
    names = {*FIGURES, *COLUMNS, "seed", *numbers, *known}
    names |= {f"{split}{it}" for split in SPLITS for it in numbers}
    names |= {name.removeprefix(split) for name in names for split in SPLITS}
    return sorted(names)


def _unreadable(place: int) -> UserError:
    """The error of a text of which a part is no comparison, and no word."""
    return UserError(f"column {place + 1}: {reader.UNREADABLE}: {reader.RULE}")


def _moved(message: str, place: int) -> str:
    """The message of an error with its column in the whole text."""
    return re.sub(r"^column (\d+)", lambda it: f"column {int(it[1]) + place}", message)


def _text(entry: Entry) -> str:
    """Where words are looked for."""
    details = entry.listed.details
    return f"{details.title}\n{details.subject}\n{entry.run.id}".casefold()


def _values(key: str, entry: Entry) -> Sequence[str]:
    """The texts that a key stands for: in English, and as the list says them."""
    run, listed = entry
    match key:
        case "preset":
            return [listed.details.preset]
        case "status":
            return [listed.status, tr(listed.status), *(["live"] if listed.status in LIVE else [])]
        case "diagnosis":
            words = [it.replace("_", " ") for it in listed.diagnoses]
            return [*listed.diagnoses, *words, *map(tr, words)]
        case "title":
            return [listed.details.title, listed.details.subject]
        case _:
            return [run.name if key == "name" else run.id]


def _holds(comparison: Comparison, listed: Listed) -> bool:
    """Whether a comparison holds; not where a figure is missing."""

    def number(figure: Figure) -> float:
        column = COLUMNS.get(figure.name)
        value = column(listed) if column else figure_of(listed, figure.name)
        if value is None:
            raise MissingError(figure.name)
        return value

    try:
        left, right = (evaluate(it, number) for it in (comparison.left, comparison.right))
    except (MissingError, ArithmeticError):
        return False
    return COMPARE[comparison.sign](left, right)
