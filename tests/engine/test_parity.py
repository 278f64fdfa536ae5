"""The same network, initial weights and batches as in PyTorch give the same losses at each step."""

from typing import Any

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data import Dataset
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.batches import batches
from tui_dl.engine.train.trainer import Trainer
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse, read

torch: Any = pytest.importorskip("torch", reason="parity needs PyTorch: pip install torch==2.13.0")
from bench.peer import PeerTrainer  # noqa: E402 - it needs PyTorch

STEPS = 100


def order(experiment: Experiment, dataset: Dataset) -> list[Any]:
    chosen: list[Any] = []
    size = experiment.data.batch(len(dataset.train))
    while len(chosen) < STEPS:
        chosen += batches(size, len(dataset.train), 0, len(chosen))
    return chosen[:STEPS]


def own_losses(experiment: Experiment, trainer: Trainer, dataset: Dataset) -> list[float]:
    losses = []
    still = np.zeros((len(dataset.train), 3), np.int64)
    for _ in compile_kernels(trainer.kernels()):
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
NORMAL = """
title = "batch norm, the last mini-batch smaller"
data = { source = "digits", batch_size = 50 }
network = [
    { kind = "conv2d", filters = 6, kernel = 3, bias = false },
    { kind = "batch_norm" },
    { kind = "relu" },
    { kind = "flatten" },
    { kind = "batch_norm", momentum = 0.2, epsilon = 0.01 },
    { kind = "dense", units = 10 },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.1 } }
"""
TRANSLATION = """
title = "from sequences to others of another length"
data = { source = "dates", samples = 500, batch_size = 50 }
network = [
    { kind = "embedding", size = 7 },
    { kind = "gru", units = 6, output = "sequence", bidirectional = true },
    { kind = "lstm", units = 9, bidirectional = true },
    { kind = "decoder", units = 18, size = 5, cell = "lstm" },
    { kind = "rnn", units = 20, output = "sequence" },
    { kind = "dense", units = 12 },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.2 } }
"""
STACKED = """
title = "sequences through all rows"
data = { source = "recall", vocab_size = 4, length = 9, samples = 300, batch_size = 50 }
network = [
    { kind = "embedding", size = 7 },
    { kind = "repeat", times = 2, layers = [
        { kind = "gru", units = 5, output = "sequence", bidirectional = true },
    ] },
    { kind = "dense", units = 6 },
    { kind = "tanh" },
    { kind = "lstm", units = 8, output = "sequence" },
    { kind = "rnn", units = 9, activation = "relu", bidirectional = true },
    { kind = "dense", units = 4 },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.5 } }
"""
TAGGING = """
title = "a tag a place, none in the padding"
data = { source = "dates", task = "tag", samples = 500, batch_size = 50 }
network = [
    { kind = "embedding", size = 7 },
    { kind = "gru", units = 9, output = "sequence", bidirectional = true },
    { kind = "dense", units = 7 },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.5 } }
"""
IMAGES = """
title = "what images go through"
data = { source = "digits", batch_size = 50 }
network = [
    { kind = "conv2d", filters = 6, kernel = 4, padding = "same" },
    { kind = "leaky_relu", slope = 0.1 },
    { kind = "avg_pool2d" },
    { kind = "conv2d", filters = 1, kernel = 3, padding = "same", fixed = "laplace" },
    { kind = "upsample2d" },
    { kind = "conv2d", filters = 8, kernel = 3, padding = "same", initializer = "he" },
    { kind = "layer_norm" },
    { kind = "softplus", beta = 2 },
    { kind = "global_avg_pool" },
    { kind = "dense", units = 10, initializer = "glorot" },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.5 } }
"""
SEQUENCES = """
title = "what sequences go through"
data = { source = "recall", length = 12, batch_size = 50 }
network = [
    { kind = "embedding", size = 5, initializer = "uniform" },
    { kind = "conv1d", filters = 12, kernel = 4, padding = "same" },
    { kind = "gelu" },
    { kind = "layer_norm" },
    { kind = "conv1d", filters = 9, kernel = 3, stride = 2, padding = 1, initializer = "he" },
    { kind = "softmax" },
    { kind = "reshape", shape = [3, 18] },
    { kind = "layer_norm", epsilon = 0.01 },
    { kind = "global_avg_pool" },
    { kind = "dense", units = 8 },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.2 } }
"""
# With Adam a unit of LeNet-5 whose input is 0 but for rounding is on here and off there, and the
# two runs part (docs/decisions.md); so gradient descent is compared there, Adam on the others.
SGD = 'train.optimizer={kind="sgd",learning_rate=0.1}'
SMOOTH = (
    "network[2].kind=tanh",
    "train.optimizer={kind='adam',learning_rate=0.002}",
)  # rounding stays rounding
RECIPES = [
    'train.loss={kind="cross_entropy",label_smoothing=0.1,class_weights=[1,2,3,4,5,5,4,3,2,1]}',
    "train.loss=binary_cross_entropy",
    "train.loss=mean_squared_error",
    "train.loss=mean_absolute_error",
    'train.loss={kind="huber",delta=0.3}',
    'train.optimizer={kind="sgd",learning_rate=0.1,momentum=0.9}',
    'train.optimizer={kind="sgd",learning_rate=0.1,momentum=0.9,nesterov=true}',
    'train.optimizer={kind="rmsprop",learning_rate=0.002}',
    'train.optimizer={kind="adamw",weight_decay=0.1}',
]
FIXED = "data.length=12", "data.shortest=none"
CASES = {
    "first-network": read("first-network"),
    "lenet5": read("lenet5", ["data.augment=[]", SGD]),
    "rnn": read("memory", [*FIXED, "network[1].kind=rnn"]),
    "lstm": read("memory", [*FIXED, "network[1].kind=lstm"]),
    "gru": read("memory", list(FIXED)),
    "vanishing-gradient": read("vanishing-gradient"),
    "early-stopping": read("early-stopping"),
    "strided": parse(STRIDED, "strided"),
    "images": parse(IMAGES, "images"),
    "sequences": parse(SEQUENCES, "sequences"),
    "batch-norm": parse(NORMAL, "batch-norm"),
    "residual": parse(RESIDUAL, "residual"),
    "tagging": parse(TAGGING, "tagging"),
    "stacked": parse(STACKED, "stacked"),
    "translate-dates": read("translate-dates"),
    "translation": parse(TRANSLATION, "translation"),
    "translation-rnn": parse(TRANSLATION, "translation", ["network[3].cell=rnn"]),
    **{change: read("first-network", [*SMOOTH, change]) for change in RECIPES},
}


@pytest.mark.filterwarnings("ignore:Using padding='same'")  # an even kernel costs torch a copy
@pytest.mark.parametrize("experiment", CASES.values(), ids=CASES)
def test_losses_of_a_hundred_steps(experiment: Experiment) -> None:
    torch.set_num_threads(1)
    dataset = data.load(experiment.data, 0)
    with ThreadPool(2) as pool:
        trainer = assemble(experiment, dataset, pool)
        weights = trainer.parameters.tensors(trainer.parameters.values)
        peer = PeerTrainer(experiment, dataset.train, weights)
        wanted = peer.losses(order(experiment, dataset))
        losses = own_losses(experiment, trainer, dataset)
    assert wanted[-1] != wanted[0]
    np.testing.assert_allclose(losses, wanted, rtol=1e-4, atol=1e-6)


def test_batch_norm_keeps_running_averages_and_uses_them_in_evaluation() -> None:
    experiment = CASES["batch-norm"]
    dataset = data.load(experiment.data, 0)
    with ThreadPool(2) as pool:
        trainer = assemble(experiment, dataset, pool)
        weights = trainer.parameters.tensors(trainer.parameters.values)
        peer = PeerTrainer(experiment, dataset.train, weights)
        peer.losses(order(experiment, dataset))
        own_losses(experiment, trainer, dataset)
        result = trainer.stepper.evaluate(dataset.validation)
    for name, average in trainer.stepper.network.buffers.items():
        row, _, buffer = name.partition(".")
        index = [node.name for node in experiment.nodes].index(row)
        theirs = getattr(peer.network.parts[index], buffer).numpy()
        np.testing.assert_allclose(average, theirs, rtol=1e-4, atol=1e-5)
    evaluated = PeerTrainer(experiment, dataset.validation, weights)
    evaluated.network.load_state_dict(peer.network.state_dict())
    evaluated.network.eval()
    logits = evaluated.network(evaluated.inputs)
    wanted = torch.nn.functional.cross_entropy(logits, evaluated.labels).item()
    assert result.loss == pytest.approx(wanted, rel=1e-4)
