"""Sentences with tags: generated ones, or those of a user's file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.readers.conll import Sentence, TaggedFile, read_conll
from tui_dl.data.split import stratified
from tui_dl.data.tagged_sentences import as_samples, token_ids, vocabulary
from tui_dl.data.transforms.base import NO_WORDS
from tui_dl.spec.data.sentences import Sentences
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.splits import split_sizes
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.rng import stream

PIECE = re.compile(r"\w+(?:[-'’.&]\w+)*|[^\w\s]")  # a word or a sign
LEAST = 10  # sentences of a file
OUTSIDE = "O"

Parts = tuple[list[Sentence], list[Sentence], list[Sentence]]


def load(source: Sentences, seed: int) -> Dataset:
    """Sentences in their splits; the vocabulary is that of the training part.

    Raises:
        UserError: the file cannot be read as sentences with tags.
    """
    file = _file(source)
    parts = _generated(source, seed) if file is None else _split(file.sentences, source, seed)
    names = vocabulary(parts[0], source.input.vocab_size)
    (length,) = source.input.shape
    train, validation, test = (as_samples(it, names, source.tags, length) for it in parts)
    return Dataset(train, validation, test, fingerprint=file.fingerprint if file else "")


def inspect(source: Sentences, seed: int) -> tuple[DataSpec, Sentences]:
    """The description of a file of sentences, and the source with what was found out.

    Raises:
        UserError: the file cannot be read as sentences with tags.
    """
    file = _file(source)
    assert file is not None
    sentences, notes = file.sentences, list(file.notes)
    if len(sentences) < LEAST:
        raise UserError(
            f"{source.path}: {counted(len(sentences), 'sentence')}: at least {LEAST} are needed, "
            "with a blank line after each"
        )
    counts = Counter(tag for it in sentences for tag in it.tags)
    if len(counts) > Sentences.MOST_TAGS:
        raise UserError(
            f"{source.path}: {len(counts):,} different tags, and at most {Sentences.MOST_TAGS} are "
            "possible: say in which column they are: data.tag_column"
        )
    longest = max(len(it.words) for it in sentences)
    length = source.length or min(longest, Sentences.MOST_WORDS)
    if cut := sum(len(it.words) > length for it in sentences):
        notes.append(f"the first {length} words are read of {counted(cut, 'longer sentence')}")
    parts = _split(sentences, source, seed)
    names = vocabulary(parts[0], source.vocab_size or Sentences.MOST_TOKENS)
    tags = sorted(counts, key=lambda tag: (tag != OUTSIDE, tag[2:], tag))
    found = replace(source, length=length, vocab_size=max(len(names), 10), tags=tuple(tags))
    spec = DataSpec(
        found.input, found.target, len(sentences), (len(parts[0]), len(parts[1]), len(parts[2])),
        tuple(tags), fingerprint=file.fingerprint, file_size=file.size, notes=tuple(notes),
        token_names=names,
    )  # fmt: skip
    return spec, found


def encode(source: Sentences, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Typed sentences as samples without targets.

    Raises:
        ValueError: one has no words, or more than the network reads.
    """
    pieces = [pieces_of(text) for text in texts]
    (length,) = spec.input.shape
    for text, words in zip(texts, pieces, strict=True):
        if not 0 < len(words) <= length:
            start = repr(text if len(text) <= 40 else f"{text[:40]}...")
            raise ValueError(
                f"{start}: {counted(len(words), 'word')}: a sentence of 1 to {length} is needed"
            )
    source.require_extra()
    names = spec.token_names or _names(source, spec.input, seed)
    ids = token_ids(pieces, names, length)
    lengths = np.array([len(words) for words in pieces], np.int32)
    return Samples(ids, np.zeros_like(ids), lengths)


def remarks(source: Sentences, spec: DataSpec, seed: int, sample: str) -> Iterator[str]:
    """That no word was in training; names often were not, and are known by their letters' case."""
    if not {*pieces_of(sample)} & {*(spec.token_names or _names(source, spec.input, seed))}:
        yield NO_WORDS


def wanted(source: Sentences, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    return f"a sentence of at most {counted(spec.input.size, 'word')}"


def pieces_of(text: str) -> list[str]:
    """The words and signs of a sentence, each of which has a tag."""
    return PIECE.findall(text)


def _file(source: Sentences) -> TaggedFile | None:
    """The file of a source, read; None where sentences are generated."""
    if source.path is None:
        return None
    return read_conll(Path(source.path), source.token_column, source.tag_column)


@cache
def _names(source: Sentences, input: TensorSpec, seed: int) -> tuple[str, ...]:
    """What each token id of generated sentences stands for."""
    return vocabulary(_generated(source, seed)[0], input.vocab_size)


def _generated(source: Sentences, seed: int) -> Parts:
    """Sentences to train on, and others with names that training does not have."""
    # Faker is an extra, which those who have a file of their own do without.
    from tui_dl.data.sentence_grammar import sentence
    from tui_dl.data.sentence_names import names

    train, unseen = names(seed)
    random = stream(seed, "sentences")
    sizes = split_sizes(source.samples, source.validation, source.test)
    first, second, third = (
        [sentence(of, random) for _ in range(size)]
        for of, size in zip((train, unseen, unseen), sizes, strict=True)
    )
    return first, second, third


def _split(sentences: Sequence[Sentence], source: Sentences, seed: int) -> Parts:
    """The sentences of a file, split at random."""
    alike = np.zeros(len(sentences), np.int32)
    parts = stratified(alike, source.validation, source.test, seed)
    first, second, third = ([sentences[it] for it in part.tolist()] for part in parts)
    return first, second, third
