"""Samples as a user would type them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np

from tui_dl.data import Samples
from tui_dl.data.characters import decode
from tui_dl.spec.data.base import Data
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind

FEW = 5


def own_lines(source: Data) -> list[str]:
    """Lines for a source whose samples do not say what was typed: `TYPED` of its test cases."""
    cases = import_module(f"tests.cases.sources.{kind(source)}")
    lines: list[str] = getattr(cases, "TYPED", [])
    return lines


def typed(experiment: Experiment, samples: Samples) -> list[str] | Path:
    """The first few samples as lines, or `own_lines`; or the file of samples of a table."""
    source, few = experiment.data, samples.take(np.arange(min(FEW, len(samples))))
    if isinstance(source, TableFile):
        return source.file
    if lines := own_lines(source):
        return lines
    if few.source is not None:
        return [text for (text,) in few.source.texts(len(few))]
    lengths = [None] * len(few) if few.lengths is None else few.lengths.tolist()
    if source.reads:
        texts = decode(few.inputs, source.reads)
        return [text[:length] for text, length in zip(texts, lengths, strict=True)]
    rows = [row[:length].tolist() for row, length in zip(few.inputs, lengths, strict=True)]
    return [" ".join(f"{value:.9g}" for value in row) for row in rows]
