"""One thread: convolutions and matrix products against oneDNN and OpenBLAS, and the peak."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import torch
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from bench.report import Section, verdict
from tui_dl.kernels import layers
from tui_dl.kernels.core.emitter import Emitter
from tui_dl.kernels.core.jit import Array, compile_kernel, kernel
from tui_dl.kernels.core.lanes import LANES, TILE
from tui_dl.kernels.layers.base import Batch
from tui_dl.spec.layers.base import Layer, TensorSpec, kind
from tui_dl.spec.layers.products import Conv2d, Dense

CASES: list[tuple[Dense | Conv2d, TensorSpec, int]] = [  # layer, input, samples
    (Dense(units=512, bias=False), TensorSpec((512,)), 512),
    (Dense(units=1024, bias=False), TensorSpec((1024,)), 1024),
    (Dense(units=333, bias=False), TensorSpec((777,)), 160),
    (Conv2d(filters=6, kernel=5), TensorSpec((1, 32, 32)), 64),
    (Conv2d(filters=16, kernel=5), TensorSpec((6, 14, 14)), 64),
    (Conv2d(filters=32, kernel=3), TensorSpec((32, 34, 34)), 64),
    (Conv2d(filters=64, kernel=3), TensorSpec((64, 18, 18)), 64),
    (Conv2d(filters=23, kernel=3), TensorSpec((17, 17, 17)), 64),
    (Conv2d(filters=48, kernel=3, stride=2, padding=1), TensorSpec((24, 28, 28)), 48),
]
CHAINS, TURNS = 12, 2_000_000  # of the loop that measures the peak
ROUNDS = 25
FLOOR = 0.9


SAYS = f"""Forward passes on one thread, GFLOP/s; medians of alternating turns. Budget: at least
{FLOOR:g} of the peer's on matrix products and 3 × 3 convolutions."""


class Product(NamedTuple):
    """GFLOP/s of one forward pass, medians; `ratio` is ours over the peer's."""

    product: str
    ours: float
    of_peak: float
    peer: str
    peers: float
    ratio: float
    floor: float | None
    verdict: str


def section() -> Section:
    """Every case, ours and the peer in alternating turns."""
    torch.set_num_threads(1)
    top = peak()
    return Section("Products", SAYS, [_compare(*case, top) for case in CASES])


def _compare(layer: Dense | Conv2d, input: TensorSpec, samples: int, top: float) -> Product:
    random = np.random.default_rng(0)
    x = random.random((samples, *input.shape), np.float32)
    w = {n: random.random(s, np.float32) - 0.5 for n, s in layer.parameters(input).items()}
    lanes = np.moveaxis(x.reshape(-1, LANES, *input.shape), 1, -1).copy()
    lengths = np.ones((len(lanes), LANES), np.int32)
    batch = Batch(lengths, np.zeros(1, np.int64), np.array([len(lanes)]), seed=0)
    shape = layer.output(input).shape
    built = layers.of(kind(layer))("product", layer, lanes, None, shape, w, dict(w), batch)
    calls = built.forward(slice(0, len(lanes)))
    for call in [*built.pack(0, 1), *calls]:
        compile_kernel(call.func)
    for call in built.pack(0, 1):
        call()
    name, peer = _peer(layer, x, w)
    work = layer.flops(input) * samples / 1e9
    turns = [[work / _time(run) for run in (lambda: [c() for c in calls], peer)]
             for _ in range(ROUNDS)]  # fmt: skip
    _same(built.y, peer())
    rates = np.array(turns[1:])
    ours, theirs = (float(rate) for rate in np.median(rates, axis=0))
    ratio = float(np.median(rates[:, 0] / rates[:, 1]))
    what = f"{layer} of {input}, {samples} samples"
    floor = FLOOR if isinstance(layer, Dense) or layer.kernel == 3 else None
    return Product(what, ours, ours / top, name, theirs, ratio, floor, verdict(ratio, floor))


def _peer(layer: Layer, x: Array, w: dict[str, Array]) -> tuple[str, Callable[[], Any]]:
    if isinstance(layer, Conv2d):
        image, weight, bias = (torch.from_numpy(a) for a in (x, w["weight"], w["bias"]))
        stride, padding = layer.stride, layer.padding
        return "oneDNN", lambda: torch.conv2d(image, weight, bias, stride, padding).numpy()
    y, transposed = np.empty((len(x), len(w["weight"])), np.float32), w["weight"].T
    return "OpenBLAS", lambda: np.matmul(x, transposed, out=y)


def _same(ours: Array, peer: Array) -> None:
    samples = np.moveaxis(ours, -1, 1).reshape(peer.shape)
    np.testing.assert_allclose(samples, peer, rtol=1e-3, atol=1e-3 * float(np.abs(peer).max()))


def _time(run: Callable[[], Any]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


@intrinsic
def _multiply_add_loop(typing: Any, numbers: Any, turns: Any) -> Any:
    """`turns` times CHAINS independent multiply-adds of one register each."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, TILE.width)
        place = emit.pointer(signature.args[0], arguments[0])
        start = [emit.load(emit.at(place, i * TILE.width)) for i in range(CHAINS)]
        factor = emit.load(emit.at(place, CHAINS * TILE.width))

        def body(_: ir.Value, sums: list[ir.Value]) -> list[ir.Value]:
            return [emit.multiply_add(factor, value, factor) for value in sums]

        for i, value in enumerate(emit.loop(arguments[1], start, body)):
            emit.store(value, emit.at(place, i * TILE.width))
        return context.get_dummy_value()

    return types.void(numbers, types.int64), generate


@kernel("void(f4[::1], i8)")
def _multiply_adds(numbers: Array, turns: int) -> None:
    _multiply_add_loop(numbers, turns)


def peak() -> float:
    """Peak GFLOP/s of one thread, best of five."""
    compile_kernel(_multiply_adds)
    numbers = np.full((CHAINS + 1) * TILE.width, 0.5, np.float32)
    best = min(_time(lambda: _multiply_adds(numbers, TURNS)) for _ in range(5))
    return 2 * TILE.width * CHAINS * TURNS / best / 1e9
