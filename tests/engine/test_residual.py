"""Residuals against the plain forms of their layers, and gradients against finite differences."""

from functools import partial
from typing import Any

import numpy as np
import pytest

from tui_dl.engine.graph.network import Network
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.kernels.core.jit import SIGNATURES, compile_kernel
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.losses.base import into_lanes, out_of_lanes
from tui_dl.kernels.reference import plain_form
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.spec.layers.composed import Residual
from tui_dl.spec.toml.reading import parse

BLOCKS, SAMPLES = 2, 20  # a whole block and a part of one
NETWORKS = {
    # Nothing before the first residual is trained, so there is no gradient of its skip connection.
    "first": """
        { kind = "residual", layers = [{ kind = "dense", units = 64 }, { kind = "tanh" }] },
        { kind = "residual", layers = [{ kind = "dense", units = 64 }] },
    """,
    # Two skip connections begin at the same layer, and relus are fused before and inside.
    "nested": """
        { kind = "dense", units = 9 },
        { kind = "relu" },
        { kind = "residual", layers = [
            { kind = "residual", layers = [{ kind = "dense", units = 9 }, { kind = "gelu" }] },
            { kind = "dense", units = 9 },
            { kind = "relu" },
        ] },
        { kind = "relu" },
    """,
    # The skip connection of the inner residual begins inside the body of the outer one.
    "inside": """
        { kind = "dense", units = 9 },
        { kind = "residual", layers = [
            { kind = "dense", units = 9 },
            { kind = "residual", layers = [{ kind = "tanh" }, { kind = "dense", units = 9 }] },
        ] },
    """,
}


class Built:
    """A network of residuals with random weights, inputs and targets, run once."""

    def __init__(self, name: str) -> None:
        text = f"""
            title = "residuals"
            data = {{ source = "digits" }}
            network = [ {{ kind = "flatten" }}, {NETWORKS[name]} {{ kind = "dense", units = 10 }} ]
        """
        self.experiment: Experiment = parse(text, name)
        self.parameters = Parameters(self.experiment.nodes)
        self.network = Network(self.experiment, self.parameters, BLOCKS)
        random = np.random.default_rng(0)
        for tensor in self.parameters.tensors(self.parameters.values).values():
            tensor[...] = random.normal(0, 0.3, tensor.shape)
        self.x = random.standard_normal((SAMPLES, 1, 8, 8)).astype(np.float32)
        self.labels = random.integers(10, size=SAMPLES, dtype=np.int32)
        into_lanes(self.network.inputs, self.x)
        into_lanes(self.network.batch.lengths, np.ones(SAMPLES, np.int32))
        self.network.batch.active[0] = BLOCKS
        for kernel in self.network.loss.target_kernels:
            compile_kernel(kernel)
        self.network.set_targets(self.labels)
        whole = slice(0, BLOCKS)
        self.run(self.network.pack(0, 1))
        self.run(self.network.forward(whole))
        self.run(self.network.backward(whole))
        self.run(self.network.reduce(BLOCKS, 0, 1))

    def run(self, calls: list[Call]) -> None:
        for call in calls:
            if call.func in SIGNATURES:
                compile_kernel(call.func)
            call()

    def outputs(self, w: dict[str, Any]) -> Any:
        """The outputs of all samples by the plain forms, in float64."""
        values = [self.x.astype(np.float64)]
        for node in self.experiment.nodes:
            if isinstance(node.layer, Residual):
                values.append(values[-1] + values[-1 - node.body])
                continue
            own = {
                n.removeprefix(f"{node.name}."): t for n, t in w.items() if n.startswith(node.name)
            }
            plain = plain_form("layers", kind(node.layer))
            values.append(np.stack([plain(node.layer, sample, own) for sample in values[-1]]))
        return values[-1]

    def loss(self, w: dict[str, Any]) -> float:
        """The mean loss by the plain forms."""
        plain = partial(plain_form("losses", "cross_entropy"), self.experiment.train.loss)
        pairs = zip(self.outputs(w), self.labels, strict=True)
        return float(np.mean([plain(z, label) for z, label in pairs]))


@pytest.mark.parametrize("name", NETWORKS)
def test_residuals_equal_finite_differences(name: str) -> None:
    built = Built(name)
    tensors = built.parameters.tensors(built.parameters.values)
    w = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    outputs = out_of_lanes(built.network.outputs, SAMPLES)
    np.testing.assert_allclose(outputs, built.outputs(w), atol=1e-4)
    random = np.random.default_rng(1)
    for tensor, gradient in built.parameters.tensors(built.parameters.gradients).items():
        assert gradient.any()
        for _ in range(6):
            place = tuple(int(random.integers(side)) for side in gradient.shape)
            kept = w[tensor][place]
            w[tensor][place] = kept + 1e-6
            above = built.loss(w)
            w[tensor][place] = kept - 1e-6
            slope = (above - built.loss(w)) / 2e-6
            w[tensor][place] = kept
            assert gradient[place] == pytest.approx(slope, rel=1e-3, abs=1e-5), (tensor, place)
