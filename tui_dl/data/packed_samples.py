"""The samples of a table as arrays and texts by name, for another process, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.preparation import restore
from tui_dl.data.readers.table import (
    CategoryColumn,
    Column,
    DateColumn,
    NumberColumn,
    TextColumn,
)
from tui_dl.data.source_rows import SourceRows

SPLITS = "train", "validation", "test"
PREPARATION, SECONDS = "preparation.", "datetime64[s]"

Arrays = dict[str, npt.NDArray[Any]]


class Cells(msgspec.Struct, frozen=True):
    """What a column of the user's file is beside its arrays.

    Attributes:
        name: the column's name.
        kind: the kind of column.
        texts: its categories, or the text of each row.
        order: of a column of dates.
    """

    name: str
    kind: str
    texts: tuple[str, ...] = ()
    order: str = ""


def packed(dataset: Dataset) -> tuple[Arrays, dict[str, str]]:
    """All of a dataset that has a preparation: arrays by name, and texts by name."""
    assert dataset.preparation
    arrays: Arrays = {PREPARATION + key: it for key, it in dataset.preparation.tensors().items()}
    texts = dataset.preparation.metadata() | {"fingerprint": dataset.fingerprint}
    for split in SPLITS:
        samples: Samples = getattr(dataset, split)
        arrays |= {f"{split}.inputs": samples.inputs, f"{split}.targets": samples.targets}
        if samples.lengths is not None:
            arrays[f"{split}.lengths"] = samples.lengths
        if samples.source is not None:
            cells = []
            for place, column in enumerate(samples.source.columns):
                described, values = _cells(column)
                cells.append(described)
                arrays[f"{split}.{place}.missing"] = column.missing.view(np.uint8)
                arrays |= {f"{split}.{place}.values": values} if values is not None else {}
            texts[split] = msgspec.json.encode(cells).decode()
    return arrays, texts


def unpacked(arrays: Mapping[str, npt.NDArray[Any]], texts: Mapping[str, str]) -> Dataset:
    """The dataset that was `packed`; UserError, KeyError or msgspec.MsgspecError for others."""
    learned = {
        key.removeprefix(PREPARATION): it for key, it in arrays.items() if PREPARATION in key
    }
    samples = (
        Samples(
            arrays[f"{split}.inputs"],
            arrays[f"{split}.targets"],
            arrays.get(f"{split}.lengths"),
            _source(split, arrays, texts[split]) if split in texts else None,
        )
        for split in SPLITS
    )
    return Dataset(
        *samples, preparation=restore(learned, texts), fingerprint=texts["fingerprint"]
    )


def _source(split: str, arrays: Mapping[str, npt.NDArray[Any]], texts: str) -> SourceRows:
    """The rows of a split as they are in the user's file."""
    cells = msgspec.json.decode(texts, type=list[Cells])
    places = (f"{split}.{place}" for place in range(len(cells)))
    return SourceRows(
        tuple(
            _column(it, arrays[f"{place}.missing"].view(np.bool_), arrays.get(f"{place}.values"))
            for it, place in zip(cells, places, strict=True)
        )
    )


def _cells(column: Column) -> tuple[Cells, npt.NDArray[Any] | None]:
    """A column's description, and the array of its values where it has one."""
    match column:
        case NumberColumn():
            return Cells(column.name, column.kind), column.values
        case CategoryColumn():
            return Cells(column.name, column.kind, column.categories), column.codes
        case DateColumn():
            return Cells(column.name, column.kind, order=column.order), column.values.view(np.int64)
        case TextColumn():
            return Cells(column.name, column.kind, tuple(column.values)), None
    raise TypeError(f"a column to predict from is no {column.kind}")


def _column(it: Cells, missing: npt.NDArray[np.bool_], values: Any) -> Column:
    """The column that `_cells` described."""
    match it.kind:
        case "number":
            return NumberColumn(it.name, missing, values)
        case "category":
            return CategoryColumn(it.name, missing, values, it.texts)
        case "date":
            return DateColumn(it.name, missing, values.view(SECONDS), it.order)
    return TextColumn(it.name, missing, list(it.texts))
