"""Decorators that compile kernels: serial, without the GIL, cached, for one signature only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
import numpy.typing as npt

from tui_dl.kernels.core.cache import KernelCache

Array = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Tokens = npt.NDArray[np.int32]

Function = TypeVar("Function", bound=Callable[..., Any])

# Inside a kernel sums may be reordered, and products and sums fused. NaN and infinity keep their
# meaning, and reciprocals stay exact: approximate ones would differ between the vectorised body of
# a loop and its tail.
FASTMATH = {"contract", "reassoc", "nsz"}

# What only kernels call gets no entry points for Python and C: compiling those takes up to half of
# the time. A call from Python would crash.
INNER = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}

PACKAGE = __name__.removesuffix("core.jit")  # of all kernels that are cached
SIGNATURES: dict[Any, Any] = {}


def kernel(signature: Any) -> Callable[[Function], Function]:
    """Decorate a kernel with exactly this signature; `compile_kernel` compiles it later.

    `signature` is a string, or Numba's own where records are among the arguments.
    """

    def decorate(function: Function) -> Function:
        compiled = numba.njit(
            nogil=True, fastmath=FASTMATH, error_model="numpy", no_cfunc_wrapper=True
        )(function)
        if function.__module__.startswith(PACKAGE):  # sources outside are not in the cache's hash
            compiled._cache = KernelCache(function)
        SIGNATURES[compiled] = signature
        return compiled  # type: ignore[no-any-return]

    return decorate


def inline(function: Function) -> Function:
    """Decorate a function that kernels call; its sums keep their order."""
    return numba.njit(fastmath={"contract"}, error_model="numpy", **INNER)(function)  # type: ignore[no-any-return]


def part(function: Callable[..., Any]) -> Any:
    """Decorate a part of kernels: it is compiled into each, as if its lines were written there."""
    return numba.njit(fastmath=FASTMATH, error_model="numpy", forceinline=True, **INNER)(function)


def kernel_of(name: str, module: str, signature: Any) -> Callable[[Function], Function]:
    """Decorate a loop inside a function that makes kernels from it and from parts.

    Args:
        name: of this kernel, which must be the only one of this name in `module`.
        module: the file with the parts, to which the kernel belongs.
        signature: see `kernel`.
    """

    def decorate(loop: Function) -> Function:
        loop.__name__ = loop.__qualname__ = name  # in messages and in the cache
        loop.__module__ = module
        return kernel(signature)(loop)

    return decorate


def unpack(count: int) -> Any:
    """A part that returns the first `count` numbers of an array as a tuple."""
    if count == 0:
        return part(lambda numbers: ())
    before, last = unpack(count - 1), count - 1
    return part(lambda numbers: (*before(numbers), numbers[last]))


def compile_kernel(compiled: Any) -> None:
    """Compile a kernel, or load it from the cache; other argument types then raise TypeError."""
    if not compiled.signatures:
        compiled.compile(SIGNATURES[compiled])
        compiled.disable_compile()
