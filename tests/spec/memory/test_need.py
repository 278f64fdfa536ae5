"""What layers say they keep is what their kernels allocate, number for number."""

import sys
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.memory import networks
from tui_dl.engine.graph.network import Network
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.kernels import layers, losses
from tui_dl.kernels.core import arrays, lanes
from tui_dl.kernels.core.jit import SIGNATURES
from tui_dl.kernels.gemm import weight_gradient
from tui_dl.kernels.layers import cell
from tui_dl.kernels.optimizers.base import CHUNK
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import KINDS, base
from tui_dl.spec.layers.base import LANES
from tui_dl.spec.memory import need as counted
from tui_dl.spec.memory.kernel_files import SHARED, kernel_files
from tui_dl.spec.memory.need import Blocks
from tui_dl.spec.toml.reading import read


@contextmanager
def watched() -> Iterator[list[tuple[Any, int]]]:
    """Weak references to all arrays that kernels allocate meanwhile."""
    owners: list[tuple[Any, int]] = []
    real = arrays.zeros

    def zeros(*shape: int, **how: Any) -> Any:
        array = real(*shape, **how)
        owners.append((weakref.ref(array.base), array.nbytes // 4))
        return array

    for package in (layers, losses):  # or they would be imported meanwhile
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    modules: list[Any] = [m for name, m in sys.modules.items() if name.startswith("tui_dl.")]
    using = [m for m in modules if getattr(m, "zeros", None) is real]
    for module in using:
        module.zeros = zeros
    try:
        yield owners
    finally:
        for module in using:
            module.zeros = real


def allocated(experiment: Experiment, blocks: int) -> int:
    """Numbers of 32 bits in all arrays of a network, but for its weights."""
    parameters = Parameters(experiment.nodes)
    with watched() as owners:
        network = Network(experiment, parameters, blocks)
        alive = {id(owner()): size for owner, size in owners if owner() is not None}
    others = [array for array in network.buffers.values() if id(array.base) not in alive]
    return sum(alive.values()) + sum(array.size for array in others)


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_counted_is_what_is_allocated(seed: int) -> None:
    experiment = networks.experiment(Random(seed))
    blocks = Blocks.of(experiment)
    arrays = counted.everything(experiment)
    step = 4  # its number, and how many blocks hold samples, of 64 bits each
    expected = blocks.used(arrays) + blocks.unused(arrays) + step
    assert allocated(experiment, blocks.allocated) == expected, networks.kinds(experiment)


def test_random_experiments_have_every_layer() -> None:
    seen = set().union(*(networks.kinds(networks.experiment(Random(n))) for n in range(300)))
    assert seen == set(KINDS) - {"repeat"}


@pytest.mark.parametrize("features", range(1, 300))
def test_rows_and_tiles_are_those_of_the_kernels(features: int) -> None:
    assert base.row_of(features) == weight_gradient.row_of(features)
    assert base.tiled(features) == cell.tiled(features)
    assert (LANES, counted.CHUNK) == (lanes.LANES, CHUNK)


def test_kernels_that_must_be_compiled_first_take_more() -> None:
    experiment = read("lenet5")
    files = {"transpose", "convolution", "relu", "max_pool2d"}
    assert counted.need(experiment, files).bytes == counted.need(experiment).bytes
    one, all_of_them = (counted.need(experiment, files - some).bytes for some in ({"relu"}, files))
    assert counted.need(experiment).bytes < one < all_of_them


def test_kernels_of_a_kind_are_in_files_that_define_kernels() -> None:
    files = frozenset().union(*(kernel_files(kind) for kind in KINDS))
    defined = {kernel.py_func.__module__.rpartition(".")[2] for kernel in kernels_of_layers()}
    assert files <= defined
    shared = {"dense", "flatten", "repeat", "residual"}
    assert {kind for kind in KINDS if kernel_files(kind) == {SHARED}} == shared
    assert kernel_files("conv2d") == {"convolution"}
    assert kernel_files("upsample2d") == {"avg_pool2d"}


def kernels_of_layers() -> Iterable[Any]:
    """All kernels that the modules of layers and the modules they import define."""
    for module in iter_modules(layers.__path__, f"{layers.__name__}."):
        import_module(module.name)
    return SIGNATURES
