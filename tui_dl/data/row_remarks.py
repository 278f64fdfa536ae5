"""Remarks on rows to predict for: new categories, missing values, numbers far off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data.preparation import FARTHEST, Inputs, Preparation
from tui_dl.data.readers.table import Column, NumberColumn
from tui_dl.support.formatting import written

Remarks = dict[int, list[str]]  # of the rows that have some


def row_remarks(preparation: Preparation, columns: Mapping[str, Column], inputs: Inputs) -> Remarks:
    """Plain sentences on rows, each with the column's name.

    Args:
        preparation: of the network.
        columns: of the rows.
        inputs: (rows, features) what was made of them.
    """
    found: Remarks = defaultdict(list)
    start = 0
    for transform in preparation.facts.transforms:
        name, column = transform.name, columns[transform.name]
        features: npt.NDArray[Any] = inputs[:, start : start + transform.width]
        for row, says in transform.remarks(column, features):
            found[row].append(f"column {name!r}: {says}")
        if isinstance(column, NumberColumn):
            places = [start + at for at, it in enumerate(transform.scales) if it is not None]
            is_far = (np.abs(inputs[:, places]) >= FARTHEST).any(axis=1)
            for row in np.flatnonzero(is_far).tolist():
                found[row].append(
                    f"column {name!r}: {written(float(column.values[row]))} is far from those of "
                    "training: a nearer number takes its place"
                )
        start += transform.width
    return found
