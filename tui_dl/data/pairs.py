"""Pairs of texts of a user's file, as characters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from tui_dl.data import characters, typed
from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.readers.pairs import PairsFile, read_pairs
from tui_dl.data.readers.plain_text import one_line
from tui_dl.data.split import stratified
from tui_dl.spec.data.pairs import Pairs
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.splits import split_sizes
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted

LEAST = 10  # pairs of a file


def load(source: Pairs, seed: int) -> Dataset:
    """Pairs that are not too long, split at random; targets end in a token of their own.

    Raises:
        UserError: the file cannot be read as pairs.
    """
    file = read_pairs(Path(source.path))
    pairs = _short(file, source)
    inputs, lengths = characters.encode(
        [it for it, _ in pairs], source.characters, source.input.size
    )
    places, end = source.target.size, len(source.target_characters)
    targets, written = characters.encode([it for _, it in pairs], source.target_characters, places)
    targets[np.arange(len(targets)), written] = end  # nothing after it has a target
    samples = Samples(np.maximum(inputs, 0), targets, lengths)
    alike = np.zeros(len(pairs), np.int32)
    parts = stratified(alike, source.validation, source.test, seed)
    train, validation, test = (samples.take(part) for part in parts)
    return Dataset(train, validation, test, fingerprint=file.fingerprint)


def inspect(source: Pairs, seed: int) -> tuple[DataSpec, Pairs]:
    """The description of a file of pairs, and the source with what was found out.

    Raises:
        UserError: the file cannot be read as pairs.
    """
    file = read_pairs(Path(source.path))
    longest = [max(len(pair[side]) for pair in file.pairs) for side in (0, 1)]
    found = replace(
        source,
        length=source.length or min(longest[0], Pairs.LONGEST),
        target_length=source.target_length or min(longest[1], Pairs.LONGEST),
    )
    pairs, notes = _short(file, found), list(file.notes)
    if left_out := len(file.pairs) - len(pairs):
        notes.append(
            f"{counted(left_out, 'pair')} left out: longer than {found.length} or "
            f"{found.target_length} characters (data.length, data.target_length)"
        )
    if len(pairs) < LEAST:
        raise UserError(
            f"{source.path}: {counted(len(pairs), 'pair')} of at most {found.length} and "
            f"{found.target_length} characters: at least {LEAST} are needed"
        )
    reads, writes = ("".join(sorted({*"".join(it[side] for it in pairs)})) for side in (0, 1))
    for many in (reads, writes):
        if len(many) > Pairs.MOST_CHARACTERS:
            raise UserError(
                f"{source.path}: {len(many):,} different characters: at most "
                f"{Pairs.MOST_CHARACTERS:,} are possible: leave out the rarest"
            )
    found = replace(found, characters=reads, target_characters=writes)
    splits = split_sizes(len(pairs), source.validation, source.test)
    spec = DataSpec(
        found.input, found.target, len(pairs), splits, (*writes, "end"),
        fingerprint=file.fingerprint, file_size=file.size, notes=tuple(notes),
        token_names=tuple(reads),
    )  # fmt: skip
    return spec, found


def encode(source: Pairs, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Typed texts as samples without targets; raises ValueError as `characters.encode` does."""
    return typed.of_characters(source, spec, [one_line(it) for it in texts])


def wanted(source: Pairs, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    return f"a text of at most {counted(spec.input.size, 'character')}"


def _short(file: PairsFile, source: Pairs) -> list[tuple[str, str]]:
    """The pairs that are no longer than the network reads and writes."""
    most = source.input.size, source.target.size - 1
    return [it for it in file.pairs if len(it[0]) <= most[0] and len(it[1]) <= most[1]]
