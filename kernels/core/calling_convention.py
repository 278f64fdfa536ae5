"""Tests at start that this version of Numba passes arguments as call tables do.

What `program` writes and `run_table` calls is an internal convention of Numba: the words of an
array and their order, and the status that is returned. So a kernel is called through a table, and
what arrives in it is compared.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import numba
import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from tui_dl.kernels.core.emitter import INT
from tui_dl.kernels.core.jit import Array, Doubles, Ints, Tokens, compile_kernel, kernel
from tui_dl.kernels.core.program import call_words
from tui_dl.kernels.core.run_table import (
    CONTROL_WORDS,
    FAILED_CALL,
    TABLE,
    THREAD_WORDS,
    WORDS,
    run_main,
)

SUPPORTED = "numba>=0.62,<0.69"
FIRST, SECOND, THIRD, LAST = 1_234_567, -2, 3 << 40, 4  # numbers between the arrays


@intrinsic
def _received(typing: Any, array: Any) -> Any:
    """What a kernel knows of an array: address, size, size of an item, shape and strides."""
    kind = types.UniTuple(types.int64, 3 + 2 * array.ndim)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        it = context.make_array(array)(context, builder, arguments[0])
        sizes = [
            *cgutils.unpack_tuple(builder, it.shape),
            *cgutils.unpack_tuple(builder, it.strides),
        ]
        words = [builder.ptrtoint(it.data, INT), it.nitems, it.itemsize, *sizes]
        return context.make_tuple(builder, kind, words)

    return kind(array), generate


@kernel("void(i8, f4[::1], i8, i4[:, ::1], i8, f8[:, :, ::1], i8[::1], i8, i8)")
def probe(
    first: int,
    a: Array,
    second: int,
    b: Tokens,
    third: int,
    c: Doubles,
    arrived: Ints,
    address: int,
    last: int,
) -> None:
    """Write to `arrived` what is known of all arrays; nothing is read or written before all fits.

    Raises:
        ValueError: a number or the address of `arrived` is not what it should be.
    """
    numbers = first == FIRST and second == SECOND and third == THIRD and last == LAST
    if not numbers or _received(arrived)[0] != address:
        raise ValueError("arguments are mixed up")
    for at, word in enumerate(_received(a) + _received(b) + _received(c) + _received(arrived)):
        arrived[at] = word


@cache
def mismatch() -> str | None:
    """A line that says so if Numba passes arguments in another way, else None; checked once.

    `probe` is called twice through a table: once with all arguments as they should be, and once
    with a wrong number, which has to fail.
    """
    compile_kernel(run_main)
    a, b, c = np.zeros(3, np.float32), np.zeros((2, 5), np.int32), np.zeros((4, 3, 2), np.float64)
    words = [word for array in (a, b, c) for word in _sent(array)]
    arrived = np.zeros(len(words) + 5, np.int64)
    words += _sent(arrived)
    rest = a, SECOND, b, THIRD, c, arrived, arrived.ctypes.data, LAST
    address, count, first, *others = call_words(partial(probe, FIRST, *rest))
    table = np.array([address, count, first, *others, address, count, 0, *others])
    control = np.zeros(CONTROL_WORDS + THREAD_WORDS, np.int64)
    thread = control[CONTROL_WORDS:]
    thread[TABLE], thread[WORDS] = table.ctypes.data, table.size
    failed = run_main(control, 1) and thread[FAILED_CALL] > thread[TABLE]  # not the first call
    if failed and arrived.tolist() == words:
        return None
    return (
        f"numba {numba.__version__} calls compiled functions in a way that tui-dl does not know: "
        f"install {SUPPORTED}"
    )


def _sent(array: Any) -> list[int]:
    """What `_received` has to return in a kernel."""
    return [array.ctypes.data, array.size, array.itemsize, *array.shape, *array.strides]
