"""The same network, start and batches in PyTorch: the same losses, step by step."""

from typing import Any

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data import Dataset
from tui_dl.engine.batches import batches
from tui_dl.engine.compile import compile_kernels
from tui_dl.engine.team import Team
from tui_dl.engine.train import Trainer
from tui_dl.experiment import Experiment, parse, read

torch: Any = pytest.importorskip("torch", reason="parity needs PyTorch: pip install torch==2.13.0")
from bench.peer import PeerTrainer  # noqa: E402 - it needs PyTorch

STEPS = 100


def order(experiment: Experiment, dataset: Dataset) -> list[Any]:
    chosen: list[Any] = []
    while len(chosen) < STEPS:
        chosen += batches(experiment.data.batch_size, len(dataset.train), 0, len(chosen))
    return chosen[:STEPS]


def own_losses(experiment: Experiment, trainer: Trainer, dataset: Dataset) -> list[float]:
    losses = []
    still = np.zeros((len(dataset.train), 2), np.int64)
    for _ in compile_kernels(trainer._kernels()):
        pass
    trainer.stepper.pack()
    for chosen in order(experiment, dataset):
        losses.append(trainer.stepper.step(dataset.train, chosen, still).loss)
    return losses


STRIDED = """
title = "odd sizes"
data = { source = "digits", resize = [11, 13], batch_size = 50 }
network = [
    { kind = "conv2d", filters = 5, kernel = 3, stride = 2, padding = 1 },
    { kind = "tanh" },
    { kind = "conv2d", filters = 7, kernel = 2, bias = false },
    { kind = "sigmoid" },
    { kind = "max_pool2d", size = 3, stride = 2 },
    { kind = "flatten" },
    { kind = "dense", units = 10 },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.5 } }
"""
RESIDUAL = """
title = "a residual in a residual"
data = { source = "digits", batch_size = 50 }
network = [
    { kind = "flatten" },
    { kind = "residual", layers = [
        { kind = "dense", units = 64 },
        { kind = "residual", layers = [{ kind = "relu" }, { kind = "dense", units = 64 }] },
        { kind = "tanh" },
    ] },
    { kind = "relu" },
    { kind = "residual", layers = [
        { kind = "residual", layers = [{ kind = "dense", units = 64 }] },
        { kind = "relu" },
    ] },
    { kind = "dense", units = 10 },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.05 } }
"""
# With Adam a unit of LeNet-5 whose input is 0 but for rounding is on here and off there, and the
# two runs part (docs/decisions.md); so gradient descent is compared there, Adam on the others.
SGD = 'train.optimizer={kind="sgd",learning_rate=0.1}'
CASES = {
    "first-network": read("first-network"),
    "lenet5": read("lenet5", ["data.augment=[]", SGD]),
    "memory": read("memory"),
    "lstm": read("memory", ["network[1].kind=lstm"]),
    "gru": read("memory", ["network[1].kind=gru"]),
    "vanishing-gradient": read("vanishing-gradient"),
    "early-stopping": read("early-stopping"),
    "strided": parse(STRIDED, "strided"),
    "residual": parse(RESIDUAL, "residual"),
}


@pytest.mark.parametrize("experiment", CASES.values(), ids=CASES)
def test_losses_of_a_hundred_steps(experiment: Experiment) -> None:
    torch.set_num_threads(1)
    dataset = data.load(experiment.data, 0)
    with Team(2) as team:
        trainer = Trainer(experiment, dataset, team)
        weights = trainer.parameters.tensors(trainer.parameters.values)
        peer = PeerTrainer(experiment, dataset.train, weights)
        wanted = peer.losses(order(experiment, dataset))
        losses = own_losses(experiment, trainer, dataset)
    assert wanted[-1] != wanted[0]
    np.testing.assert_allclose(losses, wanted, rtol=1e-4, atol=1e-6)
