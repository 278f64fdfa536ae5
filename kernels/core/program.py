"""Call tables: a whole list of kernel calls, on several threads, as one call from Python.

A kernel call from Python costs a third of a microsecond and needs the GIL, and a step of a small
network has a hundred of them. So lists of calls are written once into a table - for every call the
kernel's address and its arguments as Numba passes them - and a compiled loop (`run_table`) runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import numpy as np
from numba.core import types
from numba.np.numpy_support import as_dtype

from tui_dl.kernels.core.jit import Ints, compile_kernel
from tui_dl.kernels.core.kernel_error import KernelError, reason_of

Call = partial[None]  # a kernel with its arguments
Parameter = tuple[np.dtype[Any], int] | None  # an array's type and dimensions; None is an integer
BARRIER: Call = partial(lambda: None)  # no thread continues before all have reached it

# A call passes as many words; a kernel ignores those it does not have. Each number is one more
# call that is compiled into the loop over a table, and few take less time to compile.
SIZES = 16, 32, 64, 120
BARRIER_ADDRESS = 0  # in place of a kernel's address


class Program:
    """One call table a thread; all threads finish a phase before the next one begins.

    Attributes:
        places: (threads, 2) address and number of words of each thread's table.
    """

    def __init__(self, phases: Sequence[Sequence[Sequence[Call]]]) -> None:
        self._phases = phases  # keeps the arrays of all calls alive
        self._tables = [_table(_calls(phases, index)) for index in range(len(phases[0]))]
        self.places = np.array([(t.ctypes.data, t.size) for t in self._tables], np.int64)

    def error(self, thread: int, entry: int, exception: int) -> KernelError:
        """The error of a call that failed.

        Args:
            thread: the index of the thread that made it.
            entry: the address of the call in this thread's table.
            exception: the address of what Numba says of the exception, or 0.
        """
        table = self._tables[thread]
        before, at = 0, 0  # calls before it, and their words
        while table.ctypes.data + table.itemsize * at < entry:
            before, at = before + 1, at + 2 + int(table[at + 1])
        kernel: Any = _calls(self._phases, thread)[before].func
        return KernelError(kernel.py_func.__name__, reason_of(exception))


def _calls(phases: Sequence[Sequence[Sequence[Call]]], index: int) -> list[Call]:
    """One thread's calls, with a barrier after each phase."""
    return [call for phase in phases for call in (*phase[index], BARRIER)]


def _table(calls: Sequence[Call]) -> Ints:
    return np.array([word for call in calls for word in call_words(call)], np.int64)


def call_words(call: Call) -> list[int]:
    """A call as its kernel's address, its number of argument words, and these words."""
    if call is BARRIER:
        return [BARRIER_ADDRESS, 0]
    kernel: Any = call.func
    address, parameters = _entry(kernel)
    own = [word for value, parameter in zip(call.args, parameters, strict=True)
           for word in _argument(value, parameter)]  # fmt: skip
    size = next((size for size in SIZES if size >= len(own)), None)
    if size is None:
        raise TypeError(f"{kernel.py_func.__name__} has arguments of more than {SIZES[-1]} words")
    return [address, size, *own, *[0] * (size - len(own))]


@cache
def _entry(kernel: Any) -> tuple[int, tuple[Parameter, ...]]:
    """The address of a kernel's machine code, and its parameters.

    Raises:
        TypeError: a parameter is neither an integer nor an array.
    """
    compile_kernel(kernel)
    (compiled,) = kernel.overloads.values()
    address = compiled.library.get_pointer_to_function(compiled.fndesc.llvm_func_name)
    return address, tuple(_parameter(kind) for kind in compiled.signature.args)


def _parameter(kind: Any) -> Parameter:
    if isinstance(kind, types.Array):
        return as_dtype(kind.dtype), kind.ndim
    if isinstance(kind, types.Integer):
        return None
    raise TypeError(f"a single {kind}: only integers and arrays can be arguments")


def _argument(value: Any, parameter: Parameter) -> list[int]:
    """One argument in Numba's calling convention; an array is passed field by field.

    Raises:
        TypeError: the value is not of the type that the kernel was compiled for.
    """
    if parameter is None:
        return [int(value)]
    if (value.dtype, value.ndim) != parameter:
        dtype, ndim = parameter
        raise TypeError(
            f"{value.dtype} of {value.ndim} dimensions where {dtype} of {ndim} is needed"
        )
    if not value.flags.c_contiguous:
        raise TypeError("an array that is not contiguous")
    nobody = [0, 0]  # owner and parent: the program keeps the array alive
    return [*nobody, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides]
