"""A network trained on a table: from raw rows to class names or numbers in the target's units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tui_dl.data.preparation import Preparation
from tui_dl.data.readers.read_rows import TableRows, read_rows, rows_of_records
from tui_dl.data.readers.table import Column
from tui_dl.data.table import options_of
from tui_dl.engine.inference.model import Model
from tui_dl.engine.metrics.predictions import answer, softmax
from tui_dl.engine.train.state import Tensors
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.experiment import Experiment

ROWS = 1 << 14  # that are predicted for at a time

Rows = Sequence[Mapping[str, object]] | str | Path


class Part(NamedTuple):
    """The outputs of the network for some rows, and their targets where the file has them."""

    outputs: npt.NDArray[Any]
    target: Column | None


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

    def outputs(self, x: Rows) -> npt.NDArray[Any]:
        """Compute (rows, units) the outputs of the network for rows, as `predict` takes them."""
        return np.concatenate([part.outputs for part in self.parts(x)])

    def parts(self, x: Rows) -> Iterator[Part]:
        """Outputs for some thousand rows at a time; all of them could fill the memory."""
        for rows in self._rows(x).parts(ROWS):
            inputs = self._preparation.inputs(rows.columns, rows.rows)
            outputs = super().predict(inputs, self._preparation.lengths(inputs))
            yield Part(outputs, rows.columns.get(self.target))

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
        return np.array(self.class_names)[answer(_one_a_class(outputs))]

    def shares(self, outputs: npt.NDArray[Any]) -> npt.NDArray[np.floating[Any]]:
        """What `outputs` say, as `probabilities` returns it."""
        if not self.class_names or self.experiment.train.target == "input":
            raise ValueError("the network has no classes: use predict")
        z = _one_a_class(np.asarray(outputs, np.float64))
        match self.experiment.train.loss.own_activation:
            case "softmax":
                return softmax(z)
            case "sigmoid" if outputs.shape[1] > 1:  # each class by itself
                return np.asarray(1 / (1 + np.exp(-z)))
            case "sigmoid":
                return softmax(z)
        return np.asarray(
            np.clip(z, 0, 1)
        )  # of a loss that compares with 1 for the class and 0 for others

    def _rows(self, x: Rows) -> TableRows:
        """The columns that the network reads."""
        assert isinstance(self.experiment.data, TableFile)
        options = options_of(self.experiment.data)
        if isinstance(x, str | Path):
            return read_rows(Path(x), self._preparation.kinds, options, self.target)
        given = x if isinstance(x, Sequence) else [x]
        records = [row for row in given if isinstance(row, Mapping)]
        if len(records) < len(given):
            raise TypeError(
                "x: rows are needed, each with its values by column name, or the path of a file"
            )
        if not records:
            raise ValueError("x = []: at least one row is needed")
        return rows_of_records(records, self._preparation.kinds, options)


def _one_a_class(outputs: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """(rows, classes) logits; a single one is that of the second of two classes."""
    if outputs.shape[1] > 1:
        return outputs
    return np.concatenate([np.zeros_like(outputs), outputs], axis=1)
