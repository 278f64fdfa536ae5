"""A recurrent layer after an embedding sums gradients by token: equal to the sums by time."""

import numpy as np
import pytest

from tui_dl import data
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.layers.recurrent import Recurrent
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse

ROWS = """
title = "symbols"
data = { source = "recall", vocab_size = SYMBOLS, length = 9, samples = 300, batch_size = 50 }
network = [
    { kind = "embedding", size = SIZE },
    { kind = "CELL", units = UNITS, bidirectional = true },
    { kind = "dense", units = SYMBOLS },
]
"""


def gradients(experiment: Experiment, threads: int = 1) -> tuple[bool, dict[str, Array]]:
    """Those of the first mini-batch, and whether they were added up by symbol."""
    dataset = data.load(experiment.data, 0)
    with ThreadPool(threads) as pool:
        trainer = assemble(experiment, dataset, pool)
        trainer.stepper.pack()
        still = np.zeros((len(dataset.train), 3), np.int64)
        trainer.stepper.step(dataset.train, np.arange(50), still)
        recurrent = trainer.stepper.network.layers[1]
        assert isinstance(recurrent, Recurrent)
        kept = trainer.parameters.tensors(trainer.parameters.gradients.copy())
        return recurrent.by_token is not None, kept


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize(("vocab_size", "size", "units"), [(4, 7, 5), (40, 16, 16), (90, 33, 19)])
def test_the_same_sums(
    cell: str, vocab_size: int, size: int, units: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ROWS.replace("SYMBOLS", str(vocab_size)).replace("SIZE", str(size))
    experiment = parse(text.replace("CELL", cell).replace("UNITS", str(units)), "")
    added, found = gradients(experiment)
    assert added
    for threads in (2, 3):
        for name, gradient in gradients(experiment, threads)[1].items():
            np.testing.assert_array_equal(gradient, found[name], err_msg=name)
    monkeypatch.setattr(Recurrent, "fuse_with", lambda *_: None)
    added, wanted = gradients(experiment)
    assert not added
    assert set(wanted) == set(found)
    for name, gradient in wanted.items():
        largest = np.abs(gradient).max()
        np.testing.assert_allclose(found[name], gradient, atol=2e-6 * largest, err_msg=name)


def test_where_symbols_are_many_it_is_done_by_time() -> None:
    text = ROWS.replace("SYMBOLS", "145").replace("SIZE", "3").replace("CELL", "rnn")
    added, _ = gradients(parse(text.replace("UNITS", "4"), ""))
    assert not added  # 9 times of 16 samples are 144 places
