"""How well predictions agree with the targets of a file that has them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tui_dl.data.booleans import as_known
from tui_dl.data.readers.numbers import read_numbers
from tui_dl.data.readers.table import CategoryColumn
from tui_dl.engine.metrics.errors import mae, rmse
from tui_dl.engine.metrics.r2 import r2
from tui_dl.support.formatting import counted, fixed, percent, written

Answers = npt.NDArray[np.generic]


class Agreement:
    """Compares answers with targets, some rows at a time."""

    def __init__(self, target: str, class_names: Sequence[str]) -> None:
        """Of the column `target`; `class_names` are empty where it is a number."""
        self._target = target
        self._classes = frozenset(class_names)
        self._right = self._count = self._unknown = 0
        self._numbers: list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]] = []

    def add(self, answers: Answers, column: CategoryColumn, decimal: str) -> None:
        """Add (rows,) answers and the column of their targets, with its decimal mark."""
        present = ~column.missing
        if not self._classes:
            words = pa.array(column.categories, pa.string())
            values = np.append(read_numbers(words, decimal), np.nan)[column.codes]
            present &= np.isfinite(values)
            self._numbers.append((values[present], answers[present].astype(np.float64)))
        else:
            cells = as_known(column.categories, self._classes)
            names = [self._name(it, decimal) for it in cells]
            known = np.array([it in self._classes for it in names] + [False])[column.codes]
            wanted = np.array([*names, ""])[column.codes]
            self._right += int((wanted == answers)[present].sum())
            self._unknown += int((~known & present).sum())
        self._count += int(present.sum())

    def _name(self, cell: str, decimal: str) -> str:
        """The class that a cell names: 3.0 is the class 3."""
        number = float(read_numbers(pa.array([cell], pa.string()), decimal)[0])
        if cell in self._classes or not number.is_integer():
            return cell
        return f"{int(number)}"

    def __str__(self) -> str:
        """The figures in one line; empty where no row has a target."""
        if not self._count:
            return ""
        rows = f"{counted(self._count, 'row')} with {self._target!r}"
        if self._classes:
            line = f"{rows}: accuracy {percent(self._right / self._count)}"
            if self._unknown:
                line += f"; {self._unknown:,} of a class that training did not have are wrong"
            return line
        targets, answers = (np.concatenate(it)[:, None] for it in zip(*self._numbers, strict=True))
        explained = r2(targets, answers)
        figure = "undefined" if np.isnan(explained) else fixed(explained, 3)
        typical, mean = written(rmse(targets, answers)), written(mae(targets, answers))
        return f"{rows}: r2 {figure}, rmse {typical}, mae {mean}, both in its units"
