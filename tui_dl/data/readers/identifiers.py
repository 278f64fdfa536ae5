"""Identifiers: columns that only tell the rows apart, by a number or a name of its own in each."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from tui_dl.data.readers.cells import DistinctCells
from tui_dl.data.readers.numbers import are_whole
from tui_dl.data.sorted_numbers import distinct_numbers

LEAST_ROWS = 20  # in shorter tables values that differ in every row are no identifiers
LOOKED_AT = 1000  # distinct cells by which codes are ruled out
ID_NAME = re.compile(
    r"(?is)(.*[\W_])?([prsu]?id|idx|index|key|uuid|guid|no|nr|(id|pid)?num|number|rowid|row|"
    r"unnamed.*)$|(?-i:.*[a-z](Id|ID|No|Nr|Num|Number))$"  # as in censusNo
)
CODE = r"^[0-9A-Za-z_:./+=#-]+$"


def counts_rows(name: str, numbers: npt.NDArray[np.float64]) -> bool:
    """Whether numbers count rows from or to 0 or 1, or are unique whole ones named as an id is."""
    if len(numbers) < LEAST_ROWS:
        return False
    rising = numbers if numbers[0] < numbers[1] else numbers[::-1]
    if rising[0] in (0, 1) and (np.diff(rising) == 1).all():
        return True
    if not ID_NAME.match(name):
        return False
    present = numbers[~np.isnan(numbers)]
    is_each_new = len(present) >= LEAST_ROWS and are_whole(present)
    return is_each_new and len(distinct_numbers(present)) == len(present)


def names_rows(found: DistinctCells, is_text: bool) -> bool:
    """Whether every row has a cell of its own that is a code, a hash or a short name."""
    if len(found.codes) < LEAST_ROWS or len(found.words) < len(found.codes):
        return False
    return not is_text or all(
        pc.all(pc.match_substring_regex(words, CODE)).as_py()
        for words in (found.words.slice(0, LOOKED_AT), found.words)
    )
