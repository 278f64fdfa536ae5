"""Sentences with what was found in them: each entity in a colour and with the letters of its kind.

What was found wrongly, or not at all, is marked, and what is there stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, StyledText
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "sentences and the names found in them"
ORDER = 7
LEAST_SIZE = (36, 5)
STYLES = ("train", "second", "best", "heat", "shared", "step")  # of kinds, in turn
LETTERS, SHORT = 3, 4  # letters of a kind; of one that is this short, all
NOTHING = "-"


class Span(NamedTuple):
    """An entity: its first place, the one after its last, and the number of its kind, from 0."""

    start: int
    end: int
    kind: int


class Sentence(NamedTuple):
    """Words, what there is among them and what was found, in order; and what is between words."""

    words: list[str]
    target: list[Span]
    answer: list[Span]
    between: str


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A legend, then each sentence, broken into lines."""
    codes = _codes([printable(it) for it in artifact.labels.get("kinds", [])])
    rows = [_legend(artifact.labels.get("kinds", []), codes, look)]
    for sentence in _sentences(artifact, len(codes)):
        rows += _lines(sentence, codes, width, look)
    return rows


def _codes(kinds: Sequence[str]) -> list[str]:
    """A few capital letters for each kind; whole names where these would be alike."""
    short = [(it if len(it) <= SHORT else it[:LETTERS]).upper() for it in kinds]
    return short if len(set(short)) == len(kinds) else [it.upper() for it in kinds]


def _legend(kinds: Sequence[str], codes: Sequence[str], look: Look) -> StyledLine:
    """What the letters stand for."""
    row: StyledLine = []
    for number, (kind, code) in enumerate(zip(kinds, codes, strict=True)):
        row += [(code, _style(number)), (f" {kind}  ", "dim")]
    return [*row, (_signs(look)[1], "bad"), (f" {tr('found / is there')}", "dim")]


def _sentences(artifact: Artifact, kinds: int) -> Iterator[Sentence]:
    """The sentences of an artifact; raises UnreadableError."""
    target, answer = numbers(artifact, "target", 2), numbers(artifact, "answer", 2)
    words = [printable(it) for it in artifact.labels.get("words", [])]
    sentences, places = target.shape
    if target.shape != answer.shape or len(words) != sentences * places:
        raise UnreadableError("its words are not those of its sentences")
    between = "".join(artifact.labels.get("between", [])[:1])
    for row in range(sentences):
        own = words[row * places : (row + 1) * places]
        there, found = (_spans(it[row].tolist(), kinds) for it in (target, answer))
        yield Sentence(own, there, found, between)


def _spans(row: Sequence[float], kinds: int) -> list[Span]:
    """The entities of a sentence; a place's number is negative where one begins."""
    found: list[Span] = []
    for place, number in enumerate(row):
        kind = int(min(abs(number), kinds + 1)) - 1 if number == number else -1
        if not 0 <= kind < kinds:
            continue
        last = found[-1] if found else None
        if number > 0 and last and last.end == place and last.kind == kind:
            found[-1] = last._replace(end=place + 1)
        else:
            found.append(Span(place, place + 1, kind))
    return found


def _lines(it: Sentence, codes: Sequence[str], width: int, look: Look) -> Iterator[StyledLine]:
    """The rows of one sentence."""
    right, wrong = _signs(look)
    is_right = it.target == it.answer
    sign: StyledText = (f"{right} ", "good") if is_right else (f"{wrong} ", "bad")
    indent = cell_len(sign[0])
    row: StyledLine = [sign]
    used = indent
    for piece, style in _short(_pieces(it, codes, wrong), width - indent):
        if used > indent and used + cell_len(piece) > width:
            yield row
            row, used = [(" " * indent, "plain")], indent
        row += [(piece, style), (it.between, "plain")]
        used += cell_len(piece + it.between)
    yield row


def _short(pieces: Iterable[StyledText], width: int) -> Iterator[StyledText]:
    """The pieces, those that are longer than a line word by word."""
    for text, style in pieces:
        for part in text.split(" ") if cell_len(text) > width else [text]:
            yield part, style


def _pieces(it: Sentence, codes: Sequence[str], wrong: str) -> Iterator[StyledText]:
    """Single words outside of entities, and whole entities in brackets with their kind."""
    place = 0
    spans = sorted({*it.target, *it.answer})
    while place < len(it.words):
        if not spans or place < spans[0].start:
            if it.words[place]:
                yield it.words[place], "plain"
            place += 1
            continue
        cluster = [spans.pop(0)]
        end = cluster[0].end
        while spans and spans[0].start < end:
            cluster.append(spans.pop(0))
            end = max(end, cluster[-1].end)
        text = it.between.join(it.words[place:end])
        found, there = ([s for s in cluster if s in own] for own in (it.answer, it.target))
        if found == there:
            yield f"[{text} {codes[cluster[0].kind]}]", _style(cluster[0].kind)
        else:
            both = (_named(own, (place, end), it, codes) for own in (found, there))
            yield f"{wrong}[{text} {' / '.join(both)}]", "bad"
        place = end


def _named(
    spans: Sequence[Span], whole: tuple[int, int], it: Sentence, codes: Sequence[str]
) -> str:
    """The kinds of some entities, with their words where they are a part of what is shown."""
    texts = [
        codes[span.kind]
        if (span.start, span.end) == whole
        else f"{codes[span.kind]} {it.between.join(it.words[span.start : span.end])}"
        for span in spans
    ]
    return " + ".join(texts) or NOTHING


def _style(kind: int) -> str:
    return STYLES[kind % len(STYLES)]


def _signs(look: Look) -> tuple[str, str]:
    """What marks right and wrong."""
    return ("ok", "no") if look.ascii else ("✔", "✘")
