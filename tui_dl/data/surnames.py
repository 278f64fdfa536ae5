"""Surnames of 13 languages, as characters; or the lines of a user's file, each with a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from tui_dl.data import typed
from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.readers.labelled_lines import LabelledLines, read_labelled_lines
from tui_dl.data.readers.plain_text import normal
from tui_dl.data.split import stratified
from tui_dl.spec.data.surnames import MOST_CHARACTERS, MOST_LANGUAGES, Surnames
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.rng import stream

LOCALES = {
    "Croatian": "hr_HR", "Dutch": "nl_NL", "English": "en_GB", "Finnish": "fi_FI",
    "French": "fr_FR", "German": "de_DE", "Irish": "ga_IE", "Italian": "it_IT", "Polish": "pl_PL",
    "Slovak": "sk_SK", "Spanish": "es_ES", "Swedish": "sv_SE", "Zulu": "zu_ZA",
}  # fmt: skip
MOST_NAMES = 1_500  # of a language, so that none is more than a sixth of all
LEAST_LINES = 100  # of an own file
LONGEST = 100  # characters of a line

Name = tuple[str, str]  # and its language


def load(source: Surnames, seed: int) -> Dataset:
    """Names in random order, split by language.

    Raises:
        UserError: there are fewer names than are wanted, or the file cannot be read.
    """
    if source.path is not None:
        file = read_labelled_lines(Path(source.path), LONGEST)
        names, fingerprint = _names(file), file.fingerprint
    else:
        names, fingerprint = of_faker(source, seed), ""
    order = stream(seed, "surnames").permutation(len(names))[: source.samples]
    chosen = [names[it] for it in order]
    if len(chosen) < source.samples:
        raise UserError(
            f"data.samples: there are {counted(len(names), 'name')} of these languages: take fewer"
        )
    samples = typed.of_characters(source, source.inspect(), [name for name, _ in chosen])
    class_of = {language: number for number, language in enumerate(source.languages)}
    samples.targets[:] = [class_of[language] for _, language in chosen]
    parts = stratified(samples.targets, source.validation, source.test, seed)
    return Dataset(*(samples.take(part) for part in parts), fingerprint=fingerprint)


def of_faker(source: Surnames, seed: int) -> list[Name]:
    """The surnames of Faker's languages, at most `MOST_NAMES` of each, without ambiguous ones.

    A name that two languages have is left out, and so is one with other characters than those of
    `source`, or more.

    Raises:
        UserError: Faker has no names of a language.
    """
    sets: dict[str, set[str]] = {}
    for language in source.languages:
        if language not in LOCALES:
            raise UserError(f"data.languages: {language}: the languages are {', '.join(LOCALES)}")
        provider = import_module(f"faker.providers.person.{LOCALES[language]}").Provider
        kept = [getattr(provider, it) for it in dir(provider) if "last_names" in it]
        names: Iterable[str] = (it for them in kept if not callable(them) for it in them)
        sets[language] = {normal(it).lower() for it in names}
    languages = Counter(name for names in sets.values() for name in names)
    known = set(source.characters)
    found: list[Name] = []
    for language, names in sets.items():
        own = sorted(
            it
            for it in names
            if languages[it] == 1 and 2 <= len(it) <= source.length and known.issuperset(it)
        )
        order = stream(seed, "surnames of a language", source.languages.index(language))
        found += [(own[it], language) for it in order.permutation(len(own))[:MOST_NAMES]]
    return found


def inspect(source: Surnames, seed: int) -> tuple[DataSpec, Surnames]:
    """The description of a file of lines with labels, and the source with what was found out.

    Raises:
        UserError: the file cannot be read as such lines, or has too few of them.
    """
    assert source.path is not None
    file = read_labelled_lines(Path(source.path), LONGEST)
    names, notes = _names(file), list(file.notes)
    if left_out := len(file.texts) - len(names):
        repeat = "repeats" if left_out == 1 else "repeat"
        notes.append(f"{counted(left_out, 'line')} that {repeat} another one: left out")
    counts = Counter(language for _, language in names)
    found = {it for name, _ in names for it in name}
    problem = ""
    if len(names) < LEAST_LINES:
        problem = f"has {counted(len(names), 'different line')}: give {LEAST_LINES} or more"
    elif not 2 <= len(counts) <= MOST_LANGUAGES:
        problem = f"has {counted(len(counts), 'label')}: give 2 to {MOST_LANGUAGES}"
    elif not 2 <= len(found) <= MOST_CHARACTERS:
        problem = f"has {len(found):,} different characters: 2 to {MOST_CHARACTERS} are allowed"
    elif rare := [it for it, count in counts.items() if count < 3]:
        problem = f"the label {rare[0]!r} has fewer than 3 lines: give more, or leave it out"
    if problem:
        raise UserError(f"{source.path}: {problem}")
    found_out = replace(
        source,
        samples=len(names),
        length=max(2, *(len(name) for name, _ in names)),
        languages=tuple(sorted(counts)),
        characters="".join(sorted(found)),
    )
    spec = replace(
        found_out.inspect(),
        fingerprint=file.fingerprint,
        file_size=file.size,
        notes=tuple(notes),
    )
    return spec, found_out


def encode(source: Surnames, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Names that a user typed, as samples without targets.

    Raises:
        ValueError: one is empty or too long, or has a character that the network does not know.
    """
    return typed.of_characters(source, spec, [normal(it).strip().lower() for it in texts])


def wanted(source: Surnames, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    return f"a name of at most {source.length} characters"


def _names(file: LabelledLines) -> list[Name]:
    """The different lines of a file, in its order."""
    pairs = zip(file.texts, file.labels, strict=True)
    return list(dict.fromkeys((text.lower(), label) for text, label in pairs))
