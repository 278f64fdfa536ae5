"""Running text as windows of characters, with the character that follows at every place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from tui_dl.data import typed
from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.readers.plain_text import normal, read_plain_text
from tui_dl.spec.data.text import MOST_CHARACTERS, Text
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.splits import split_sizes
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.rng import stream

DOCUMENTATION = "pydoc_data.topics"  # a module with texts of Python's documentation
LEAST_PARAGRAPH = 80  # characters; shorter ones are headings and code
PROSE = 0.93  # of a paragraph: letters, blanks and commas, at least; others are code and grammar
PLAIN = str.maketrans("’‘“”–—", "''\"\"--")
STRETCHES = 50  # of a text; each is in one part of the data, so that every part is from all over it
LEAST_WINDOWS = 100  # of a text


def load(source: Text, seed: int) -> Dataset:
    """Windows one after the other, with one character between them, so that no two share any.

    Whole stretches of the text are for validation and test, chosen at random.
    """
    text, fingerprint = _read(source)
    token_of = {character: token for token, character in enumerate(source.characters)}
    ids = np.array([token_of[it] for it in text if it in token_of], np.int32)
    step = source.length + 1
    windows = ids[: source.samples * step]
    if len(windows) < source.samples * step:
        raise UserError(
            f"data.samples: the text has {counted(len(ids), 'character')}, and {source.samples:,} "
            f"windows of {source.length} take {source.samples * step:,}: take fewer"
        )
    windows = windows.reshape(source.samples, step)
    samples = Samples(windows[:, :-1].copy(), windows[:, 1:].copy())
    order = stream(seed, "text").permutation(STRETCHES)
    stretches = np.array_split(np.arange(source.samples), STRETCHES)
    shuffled = np.concatenate([stretches[it] for it in order])
    _, for_validation, for_test = split_sizes(source.samples, source.validation, source.test)
    ends = [for_test, for_test + for_validation]
    test, validation, train = (samples.take(np.sort(it)) for it in np.split(shuffled, ends))
    return Dataset(train, validation, test, fingerprint=fingerprint)


def inspect(source: Text, seed: int) -> tuple[DataSpec, Text]:
    """The description of a file of text, and the source with its characters and windows.

    Raises:
        UserError: the file cannot be read as a text, or is too short.
    """
    assert source.path is not None
    file = read_plain_text(Path(source.path))
    text, notes = normal(file.text), list(file.notes)
    found = Counter(text).most_common()
    kept = sorted(it for it, _ in found[:MOST_CHARACTERS])
    if rare := sum(count for _, count in found[MOST_CHARACTERS:]):
        notes.append(
            f"the {MOST_CHARACTERS:,} most frequent characters are read; {rare:,} of "
            f"{counted(len(text), 'character')}, which are rarer, are left out"
        )
    most = (len(text) - rare) // (source.length + 1)
    if len(kept) < 2 or most < LEAST_WINDOWS:
        raise UserError(
            f"{source.path}: {counted(len(text), 'character')}, {len(kept):,} of them different: "
            f"a text needs {LEAST_WINDOWS} windows of data.length = {source.length} characters: "
            "give a longer one, or make data.length smaller"
        )
    if most > source.samples:
        read = source.samples * (source.length + 1)
        notes.append(
            f"the first {read:,} of {counted(len(text), 'character')} are read; "
            f"data.samples = {most} reads all"
        )
    found_out = replace(source, samples=min(most, source.samples), characters="".join(kept))
    spec = replace(
        found_out.inspect(),
        fingerprint=file.fingerprint,
        file_size=file.size,
        notes=tuple(notes),
    )
    return spec, found_out


def encode(source: Text, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Beginnings of texts, as samples without targets: the last `length` characters of each.

    Raises:
        ValueError: one is empty, or has a character that the network does not know.
    """
    read = [(it if source.path else plain(it))[-source.length :] for it in map(normal, texts)]
    return typed.of_characters(source, spec, read)


def remarks(source: Text, spec: DataSpec, seed: int, sample: str) -> Iterator[str]:
    """That only the end of a text is read, where it is longer."""
    if (size := len(normal(sample))) > source.length:
        yield f"the last {source.length} of {counted(size, 'character')} are read"


def wanted(source: Text, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    return f"the beginning of a text, of which the last {source.length} characters are read"


def plain(text: str) -> str:
    """`text` as that of the documentation is: in lower case, with ASCII's quotation marks."""
    return text.translate(PLAIN).lower().replace("\n", " ")


def _read(source: Text) -> tuple[str, str]:
    """The text, and the fingerprint of its file."""
    if source.path is None:
        return documentation(), ""
    file = read_plain_text(Path(source.path))
    return normal(file.text), file.fingerprint


def documentation() -> str:
    """The prose of Python's documentation, each paragraph once, in the order of its topics.

    Raises:
        UserError: this Python was installed without it.
    """
    try:
        topics: dict[str, str] = import_module(DOCUMENTATION).topics
    except ImportError:
        raise UserError(
            f"data.source: text needs {DOCUMENTATION}, a part of Python that is not installed "
            "here: give a text of your own as data.path"
        ) from None
    pieces = [it for topic in sorted(topics) for it in re.split(r"\n\s*\n", topics[topic])]
    paragraphs = [" ".join(it.split()) for it in pieces]
    return " ".join(plain(it) for it in dict.fromkeys(paragraphs) if is_prose(it))


def is_prose(paragraph: str) -> bool:
    """Whether a paragraph is sentences, not code, a table or a heading."""
    letters = sum(it.isalpha() or it in " ,.’'" for it in paragraph)
    return len(paragraph) >= LEAST_PARAGRAPH and letters >= PROSE * len(paragraph)
