"""A network trained on a table: from raw rows to class names or numbers in the target's units."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from tui_dl.data.preparation import Preparation
from tui_dl.data.readers.read_rows import TableRows, read_rows, rows_of_records
from tui_dl.data.readers.table import Column, TableOptions
from tui_dl.data.row_remarks import Remarks, row_remarks
from tui_dl.data.table import options_of
from tui_dl.engine.inference import tasks
from tui_dl.engine.inference.model import Model
from tui_dl.engine.inference.probabilities import one_a_class, probabilities
from tui_dl.engine.inference.tasks.base import number, rounded
from tui_dl.engine.metrics.predictions import answer
from tui_dl.engine.train.state import Tensors
from tui_dl.protocol.answer import Answer
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted, quoted

ROWS = 1 << 14  # that are predicted for at a time

Rows = Sequence[Mapping[str, object]] | str | Path


class Part(NamedTuple):
    """Some rows, predicted for.

    Attributes:
        outputs: of the network.
        target: where the file has it.
        decimal: the decimal mark of the file.
        remarks: what the rows have that training rows had not, and how it is read.
    """

    outputs: npt.NDArray[Any]
    target: Column | None
    decimal: str
    remarks: Remarks


class TableModel(Model):
    """A trained network that predicts from rows of a table."""

    def __init__(
        self, experiment: Experiment, tensors: Tensors, preparation: Preparation, threads: int = 1
    ) -> None:
        """As of a `Model`; `preparation` is what training learned of the columns."""
        super().__init__(experiment, tensors, threads)
        self._preparation = preparation

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the classes are called, in order; empty where the target is a number."""
        return self._preparation.facts.class_names

    def predict(self, x: Any, lengths: npt.ArrayLike | None = None) -> npt.NDArray[Any]:
        """Predict the target of rows.

        Args:
            x: rows, each with its values by column name, as in the file that was trained on; or
                the path of such a file. Columns that the network does not read may be left out.
            lengths: rows have none.

        Returns:
            (rows,) class names, or numbers in the target's units. Where training reconstructed its
            input, (rows, features) as the network gives them.

        Raises:
            UserError: the file cannot be read, or has not the columns.
            TypeError: `x` are no rows.
            ValueError: there are no rows, or lengths are given.
        """
        if lengths is not None:
            raise ValueError("lengths: the rows of a table have none: leave them out")
        return self.answers(self.outputs(x))

    def probabilities(self, x: Rows) -> npt.NDArray[np.floating[Any]]:
        """Compute (rows, classes) the probability of each of `class_names`; raises as `predict`.

        Raises:
            ValueError: the target is a number.
        """
        return self.shares(self.outputs(x))

    def answer(self, x: Any, **options: Any) -> list[Answer]:
        """What the network says of rows, given as for `predict` or typed as lines of cells.

        Args:
            x: rows, the path of a file, or a list of texts, each with a cell for every one of
                `columns` and commas between them. Of a single column of text it is the text.
            options: as for other networks; none changes anything.

        Raises:
            ValueError: a text has more cells or fewer, or an option is given; else as `predict`.
        """
        tasks.check(self.experiment, tasks.Options(**options))
        texts = [it for it in x if isinstance(it, str)] if isinstance(x, list) else []
        tables = [self._typed(it) for it in texts] if texts else [self._rows(x)]
        parts = (part for table in tables for part in self._parts(table))
        return [it for part in parts for it in self.answers_of(part)]

    def answers_of(self, part: Part) -> list[Answer]:
        """What the network says of some rows, as `answer` returns it.

        Raises:
            UserError: the network reconstructs its input.
        """
        if self.experiment.task == "score":
            raise UserError("the network predicts no column of a table: use tui_dl.load")
        found = self.answers(part.outputs).tolist()
        if not self.class_names:
            made = [Answer(number(it)) for it in found]
        else:
            shares, names = rounded(self.shares(part.outputs)), self.class_names
            made = [
                Answer(name, probabilities=dict(zip(names, row, strict=True)))
                for name, row in zip(found, shares, strict=True)
            ]
        for row, says in part.remarks.items():
            made[row] = replace(made[row], remarks=tuple(says))
        return made

    @property
    def columns(self) -> list[str]:
        """The names of the columns that the network reads."""
        return list(self._preparation.kinds)

    @property
    def wanted(self) -> str:
        if self._preparation.tokens:
            return "a text"
        return f"{', '.join(self.columns)}, with commas between the cells"

    def _typed(self, line: str) -> TableRows:
        """The row in a typed line, which is looked at by itself."""
        kinds, options, units = self._reading
        return rows_of_records([self._cells(line)], kinds, options, units, line)

    def _cells(self, line: str) -> dict[str, str]:
        """The cells of a typed line by column."""
        if self._preparation.tokens:
            return {self._preparation.tokens.name: line}
        try:
            cells = [it.strip() for it in next(csv.reader([" ".join(line.splitlines())]), [])]
        except csv.Error as error:  # too long a cell
            raise ValueError(f"{quoted(line)}: {error}: wanted: {self.wanted}") from None
        if len(cells) != len(self.columns):
            raise ValueError(
                f"{quoted(line)}: {counted(len(cells), 'cell')}: wanted: {self.wanted}"
            )
        return dict(zip(self.columns, cells, strict=True))

    def outputs(self, x: Rows) -> npt.NDArray[Any]:
        """Compute (rows, units) the outputs of the network for rows, as `predict` takes them."""
        return np.concatenate([part.outputs for part in self.parts(x)])

    def parts(self, x: Rows) -> Iterator[Part]:
        """Outputs for some thousand rows at a time; all of them could fill the memory."""
        return self._parts(self._rows(x))

    def _parts(self, table: TableRows) -> Iterator[Part]:
        for rows in table.parts(ROWS):
            inputs = self._preparation.inputs(rows.columns, rows.rows)
            outputs = super().predict(inputs, self._preparation.lengths(inputs))
            remarks = row_remarks(self._preparation, rows.columns, inputs)
            for row, says in rows.unread.items():
                remarks[row] = says + remarks.get(row, [])
            yield Part(outputs, rows.columns.get(self.target), rows.decimal, remarks)

    @property
    def target(self) -> str:
        """The name of the column that is predicted."""
        assert isinstance(self.experiment.data, TableFile)
        return self.experiment.data.target or ""

    def answers(self, outputs: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """What `outputs` say, as `predict` returns it."""
        if self.experiment.train.target == "input":
            return outputs
        if not self.class_names:
            return self._preparation.numbers(outputs)
        return np.array(self.class_names)[answer(one_a_class(outputs))]

    def shares(self, outputs: npt.NDArray[Any]) -> npt.NDArray[np.floating[Any]]:
        """What `outputs` say, as `probabilities` returns it."""
        if not self.class_names or self.experiment.train.target == "input":
            raise ValueError("the network has no classes: use predict")
        return probabilities(self.experiment, outputs)

    def _rows(self, x: Rows) -> TableRows:
        """The columns that the network reads."""
        kinds, options, units = self._reading
        if isinstance(x, str | Path):
            return read_rows(Path(x), kinds, options, self.target, units)
        given = x if isinstance(x, Sequence) else [x]
        records = [row for row in given if isinstance(row, Mapping)]
        if len(records) < len(given):
            raise TypeError(
                "x: rows are needed, each with its values by column name, or the path of a file"
            )
        if not records:
            raise ValueError("x = []: at least one row is needed")
        return rows_of_records(records, kinds, options, units)

    @property
    def _reading(self) -> tuple[Mapping[str, str], TableOptions, Mapping[str, str]]:
        """Kinds of columns, how cells are read, and the units of columns, as in training."""
        assert isinstance(self.experiment.data, TableFile)
        facts = self._preparation.facts
        return self._preparation.kinds, options_of(self.experiment.data), facts.units
