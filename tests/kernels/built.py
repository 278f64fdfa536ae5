"""One layer with its kernels compiled, to be run over random samples."""

from itertools import chain
from typing import Any

import numpy as np

from tui_dl.kernels import layers
from tui_dl.kernels.core.jit import SIGNATURES, compile_kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import BARRIER, Call
from tui_dl.kernels.layers.base import Batch
from tui_dl.kernels.reference import plain_form, takes_whole_batch
from tui_dl.spec.layers.base import Layer, TensorSpec, kind

BLOCKS = 3


class Built:
    """One layer over random samples, its kernels compiled."""

    def __init__(self, layer: Layer, input: TensorSpec, seed: int = 0) -> None:
        random = np.random.default_rng(seed)
        self.layer = layer
        if input.vocab_size:
            x: Any = random.integers(input.vocab_size, size=(BLOCKS, *input.shape, LANES))
            x = x.astype(np.int32)
        else:
            x = random.standard_normal((BLOCKS, *input.shape, LANES)).astype(np.float32)
        shapes = layer.parameters(input)
        w = {n: random.standard_normal(s).astype(np.float32) for n, s in shapes.items()}
        dw = {name: np.full_like(weight, np.nan) for name, weight in w.items()}
        dx = None if input.vocab_size else np.full_like(x, np.nan)
        output = layer.output(input).shape
        lengths = np.full((BLOCKS, LANES), input.shape[0], np.int32)
        targets = None
        if target := input.target:  # -1 is no target
            targets = random.integers(
                -1, target.vocab_size, (BLOCKS, *target.shape, LANES), np.int32
            )
        step, active = np.zeros(1, np.int64), np.array([BLOCKS])
        batch = Batch(lengths, step, active, seed, targets)
        self.built = layers.of(kind(layer))(kind(layer), layer, x, dx, output, w, dw, batch)
        self.built.dy[...] = random.standard_normal(self.built.dy.shape)

    def run(self, parts: list[slice]) -> None:
        """Forward and backward of the blocks in `parts`, then reduce in as many shares."""
        count = len(parts)
        shares = range(count)
        self._run([self.built.pack(i, count) for i in shares])
        self._run([self.built.forward(part) for part in parts])
        self._run([self.built.backward(part) for part in parts])
        self._run([self.built.reduce(BLOCKS, i, count) for i in shares])

    def _run(self, lists: list[list[Call]]) -> None:
        """Run the lists one after the other up to a barrier, and then on from there."""
        for stretch in zip(*(_stretches(calls) for calls in lists), strict=True):
            for call in chain(*stretch):
                if call.func in SIGNATURES:
                    compile_kernel(call.func)
                call()

    def samples(self, array: Any) -> Any:
        """(blocks, ..., LANES) as (samples, ...) in float64, token ids in int32."""
        moved = np.moveaxis(array, -1, 1).reshape(-1, *array.shape[1:-1])
        return moved if moved.dtype == np.int32 else moved.astype(np.float64)

    def reference(self, x: Any, w: dict[str, Any]) -> Any:
        """The plain form of all samples."""
        plain = plain_form("layers", kind(self.layer))
        if takes_whole_batch(plain):
            return plain(self.layer, x, w, self.built.name, self.built.batch)
        return np.stack([plain(self.layer, sample, w) for sample in x])

    @property
    def weights(self) -> dict[str, Any]:
        return {name: weight.astype(np.float64) for name, weight in self.built.w.items()}

    @property
    def dx(self) -> Any:
        """The gradient for x, of a layer that has one."""
        assert self.built.dx is not None
        return self.built.dx


def _stretches(calls: list[Call]) -> list[list[Call]]:
    """The calls between barriers."""
    stretches: list[list[Call]] = [[]]
    for call in calls:
        if call is BARRIER:
            stretches.append([])
        else:
            stretches[-1].append(call)
    return stretches


def close(actual: Any, expected: Any) -> None:
    scale = max(1.0, float(np.abs(expected).max(initial=0)))
    np.testing.assert_allclose(actual, expected, rtol=0, atol=2e-5 * scale)


WHOLE = [slice(0, BLOCKS)]
