"""A small grammar of synthetic English sentences about persons, places and organisations.

In a template ``{person}``, ``{place}`` and ``{organisation}`` stand for names, other words in
braces for one of `GAPS`; everything is separated by blanks. Many sentences begin alike, and only
what comes after a name says whose it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui_dl.data.readers.conll import Sentence
from tui_dl.data.sentence_names import Names

OPENINGS = ("", "", "", "", "Yesterday", "On {weekday}", "In {year}", "Last {time} ,", "Today")
TEMPLATES = (
    "{person} was {done} in {place} .",
    "{person} was {done} by {person} in {place} .",
    "{person} , {age} , {lived} in {place} .",
    "{person} , a {job} from {place} , {joined} {organisation} .",
    "{person} {joined} {organisation} as a {job} .",
    "{person} {joined} {organisation} after {age} years in {place} .",
    "{person} met {person} at a {event} in {place} .",
    "{person} and {person} {lived} in {place} .",
    "{person} and her {relative} moved to {place} .",
    "{person} said his {relative} would return to {place} .",
    "{person} told the {job} that {organisation} had sold its {asset} .",
    "{person} 's {relative} won the {event} .",
    "the {job} wrote to {person} and her {relative} .",
    "the {job} wrote to {organisation} and its {asset} .",
    "a {job} called {person} {lived} near {place} .",
    "a {firm} called {organisation} opened an office in {place} .",
    "{organisation} was {made} in {place} .",
    "{organisation} was {made} by {organisation} .",
    "{organisation} , {based} in {place} , sold its {asset} .",
    "{organisation} , which made {product} , hired {person} .",
    "{organisation} and its {asset} moved to {place} .",
    "{organisation} said its {asset} would be sold to {organisation} .",
    "{organisation} 's {asset} fell by {age} percent .",
    "shares of {organisation} {moved} by {age} percent .",
    "the {asset} of {organisation} in {place} {moved} .",
    "the {firm} {organisation} hired {person} from {organisation} .",
    "the {job} {person} left {organisation} for {place} .",
    "{place} was {struck} by a storm .",
    "{place} , a town of {many} people , was {struck} by a flood .",
    "{place} and its {sight} drew many visitors .",
    "{place} 's {sight} was {struck} by a fire .",
    "the {sight} of {place} was {struck} by a fire .",
    "trains from {place} to {place} were late .",
    "it rained in {place} , and in {place} it snowed .",
    "the {event} was held in {place} , {country} .",
    "{person} flew from {place} to {place} .",
)
GAPS: dict[str, tuple[str, ...]] = {
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday"),
    "time": ("week", "month", "year", "summer", "winter"),
    "done": ("born", "elected", "married", "arrested", "injured", "interviewed", "buried"),
    "made": ("founded", "sold", "taken over", "merged", "closed", "registered", "audited"),
    "struck": ("hit", "damaged", "cut off", "surprised"),
    "lived": ("lived", "worked", "studied", "grew up", "stayed"),
    "joined": ("joined", "left", "worked for", "was hired by", "sued"),
    "based": ("based", "registered", "with offices"),
    "moved": ("rose", "fell", "dropped", "climbed"),
    "job": ("doctor", "teacher", "lawyer", "singer", "minister", "player", "writer", "driver"),
    "relative": ("brother", "sister", "mother", "father", "wife", "husband", "daughter", "son"),
    "asset": ("shares", "factories", "owners", "staff", "profits", "customers", "branches"),
    "product": ("cars", "shoes", "engines", "glass", "furniture", "software"),
    "firm": ("company", "bank", "airline", "insurer", "retailer"),
    "event": ("congress", "race", "festival", "final", "trial", "match"),
    "sight": ("castle", "harbour", "cathedral", "market", "museum", "bridge"),
}  # fmt: skip
FORMS = ("Group", "Inc", "PLC", "Ltd", "Holdings", "Industries")
OF_CITIES = ("Bank", "Airlines", "Insurance", "University")
ENTITIES = ("person", "place", "organisation", "country")


def sentence(names: Names, random: np.random.Generator) -> Sentence:
    """One sentence, with a BIO tag for each word."""
    opening, template = chosen(OPENINGS, random), chosen(TEMPLATES, random)
    words: list[str] = []
    tags: list[str] = []
    for piece in f"{opening} {template}".split():
        gap = piece.strip("{}")
        new = _filled(gap, names, random) if piece != gap else [piece]
        is_name = gap in ENTITIES and piece != gap
        kind = "place" if gap == "country" else gap
        words += new
        tags += [f"B-{kind}", *[f"I-{kind}"] * (len(new) - 1)] if is_name else ["O"] * len(new)
    words[0] = words[0][0].upper() + words[0][1:]
    return Sentence(tuple(words), tuple(tags))


def chosen(options: Sequence[str], random: np.random.Generator) -> str:
    """One of the options, all equally likely."""
    return options[int(random.integers(len(options)))]


def _filled(gap: str, names: Names, random: np.random.Generator) -> list[str]:
    """The words that a gap is filled with."""
    match gap:
        case "person":
            return _person(names, random)
        case "organisation":
            return _organisation(names, random)
        case "place":
            return chosen(names.cities, random).split()
        case "country":
            return chosen(names.countries, random).split()
        case "age":
            return [str(random.integers(2, 90))]
        case "year":
            return [str(random.integers(1950, 2030))]
        case "many":
            return [str(random.integers(2, 900) * 100)]
    return chosen(GAPS[gap], random).split()


def _person(names: Names, random: np.random.Generator) -> list[str]:
    """First and last name, or the last one alone, or the first one."""
    first, last = chosen(names.first, random).split(), chosen(names.last, random).split()
    return ([*first, *last], last, first)[random.choice(3, p=(0.4, 0.5, 0.1))]


def _organisation(names: Names, random: np.random.Generator) -> list[str]:
    """A last name alone or with what kind of firm it is, two of them, or a city's institution."""
    last, other = (chosen(names.last, random).split() for _ in range(2))
    city = chosen(names.cities, random).split()
    return (
        last,
        [*last, chosen(FORMS, random)],
        [*last, "and", *other],
        [*city, chosen(OF_CITIES, random)],
        ["University", "of", *city],
    )[random.choice(5, p=(0.4, 0.25, 0.1, 0.15, 0.1))]
