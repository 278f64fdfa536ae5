"""How every kernel is compiled: serial, without the GIL, cached, for one signature only."""

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

# Sums may be reordered and products fused inside a kernel; NaN and infinity keep their meaning,
# and no approximate reciprocals, which would differ between a loop's vector body and its tail.
FASTMATH = {"contract", "reassoc", "nsz"}

PACKAGE = __name__.removesuffix("core.jit")  # of all kernels that are cached
SIGNATURES: dict[Any, str] = {}


def kernel(signature: str) -> Callable[[Function], Function]:
    """Decorate a kernel that takes just `signature`; it is compiled by `compile_kernel`."""

    def decorate(function: Function) -> Function:
        compiled = numba.njit(nogil=True, fastmath=FASTMATH, error_model="numpy")(function)
        if function.__module__.startswith(PACKAGE):  # a test's are not in the folder's hash
            compiled._cache = KernelCache(function)
        SIGNATURES[compiled] = signature
        return compiled  # type: ignore[no-any-return]

    return decorate


def inline(function: Function) -> Function:
    """Decorate a helper that kernels call; its sums keep their order."""
    return numba.njit(fastmath={"contract"}, error_model="numpy")(function)  # type: ignore[no-any-return]


def compile_kernel(compiled: Any) -> None:
    """Compile, or load from the cache; afterwards other argument types raise TypeError."""
    if not compiled.signatures:
        compiled.compile(SIGNATURES[compiled])
        compiled.disable_compile()
