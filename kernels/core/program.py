"""Call tables: a whole list of kernel calls, on several threads, as one call from Python.

A kernel call from Python costs a third of a microsecond and needs the GIL, and a step of a small
network has a hundred of them. So lists of calls are written once into a table - for every call the
kernel's address and its arguments as Numba passes them - and a compiled loop runs it. A step is
then one call a thread; threads wait at barriers, and for the next step, in compiled code.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from tui_dl.kernels.core.emitter import INT
from tui_dl.kernels.core.jit import Ints, compile_kernel, inline, kernel

Call = partial[None]  # a kernel with its arguments
BARRIER: Call = partial(lambda: None)  # no thread continues before all have reached it

STEP, MOST = 8, 120  # a call passes 8, 16, ... 120 words; the kernel ignores extra ones
SPINS = 4_000  # polls before a waiting thread yields its processor, about 50 microseconds
BARRIER_ADDRESS = 0  # in place of a kernel's address

# Indices in the control array, each in a cache line of its own; after them come, for each thread,
# the address and length of its table.
GENERATION, ARRIVED, RELEASED, CONTROL_WORDS = 0, 8, 16, 24


class Program:
    """One call table a thread; all threads finish a phase before the next one begins.

    Attributes:
        places: (threads, 2) address and number of words of each thread's table.
    """

    def __init__(self, phases: Sequence[Sequence[Sequence[Call]]]) -> None:
        self._phases = phases  # keeps the arrays of all calls alive
        self._tables = [
            _table([phase[index] for phase in phases]) for index in range(len(phases[0]))
        ]
        self.places = np.array([(t.ctypes.data, t.size) for t in self._tables], np.int64)


def _table(phases: Sequence[Sequence[Call]]) -> Ints:
    """One thread's table, with a barrier after each phase."""
    return np.array([word for calls in phases for word in _words([*calls, BARRIER])], np.int64)


def _words(calls: Sequence[Call]) -> list[int]:
    """Each call as its kernel's address, its number of argument words, and these words."""
    words: list[int] = []
    for call in calls:
        if call is BARRIER:
            words += [BARRIER_ADDRESS, 0]
            continue
        kernel: Any = call.func
        compile_kernel(kernel)
        (compiled,) = kernel.overloads.values()
        own = [word for a, kind in zip(call.args, compiled.signature.args, strict=True)
               for word in _argument(a, kind)]  # fmt: skip
        own += [0] * (-len(own) % STEP)
        if len(own) > MOST:
            raise TypeError(f"{kernel.py_func.__name__} has arguments of more than {MOST} words")
        name = compiled.fndesc.llvm_func_name
        words += [compiled.library.get_pointer_to_function(name), len(own), *own]
    return words


def _argument(value: Any, kind: Any) -> list[int]:
    """One argument in Numba's calling convention; an array is passed field by field.

    Raises:
        TypeError: the value is not of the type that the kernel was compiled for.
    """
    if not isinstance(kind, types.Array):
        if not isinstance(kind, types.Integer):
            raise TypeError(f"a single {kind}: only integers and arrays can be arguments")
        return [int(value)]
    if value.dtype != np.dtype(str(kind.dtype)) or value.ndim != kind.ndim:
        raise TypeError(f"{value.dtype} of {value.ndim} dimensions where {kind} is needed")
    if not value.flags.c_contiguous:
        raise TypeError(f"an array that is not contiguous where {kind} is needed")
    nobody = [0, 0]  # owner and parent: the program keeps the array alive
    return [*nobody, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides]


@intrinsic
def _call(typing: Any, entry: Any) -> Any:
    """Call the kernel of one table entry: address, number of words, words."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        entry = builder.inttoptr(arguments[0], INT.as_pointer())
        words = [builder.gep(entry, [INT(index)]) for index in range(2 + MOST)]
        # Numba's convention: it returns a status; arguments are result, exception, then the words.
        pointer = ir.IntType(8).as_pointer()
        places = [cgutils.alloca_once(builder, pointer) for _ in range(2)]
        done, never = builder.append_basic_block("done"), builder.append_basic_block("never")
        choice = builder.switch(builder.load(words[1]), never)
        for count in range(STEP, MOST + 1, STEP):
            block = builder.append_basic_block(f"with{count}")
            choice.add_case(INT(count), block)
            builder.position_at_end(block)
            kind = ir.FunctionType(ir.IntType(32), [pointer.as_pointer()] * 2 + [INT] * count)
            function = builder.inttoptr(builder.load(words[0]), kind.as_pointer())
            builder.call(function, places + [builder.load(w) for w in words[2 : 2 + count]])
            builder.branch(done)
        builder.position_at_end(never)
        builder.unreachable()
        builder.position_at_end(done)
        return context.get_dummy_value()

    return types.void(types.int64), generate


@intrinsic
def _word(typing: Any, address: Any) -> Any:
    """Read the integer at an address."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(builder.inttoptr(arguments[0], INT.as_pointer()))

    return types.int64(types.int64), generate


def _atomic(emit: Any, words: int, result: Any) -> Any:
    """Define an intrinsic: an atomic instruction on ``control[at]`` and `words` more numbers."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        made = emit(builder, builder.gep(data, [arguments[1]]), *arguments[2:])
        return made if result is types.int64 else context.get_dummy_value()

    @intrinsic
    def one(typing: Any, control: Any, at: Any) -> Any:
        return result(control, types.int64), generate

    @intrinsic
    def two(typing: Any, control: Any, at: Any, value: Any) -> Any:
        return result(control, types.int64, types.int64), generate

    return two if words else one


_read = _atomic(lambda b, at: b.load_atomic(at, "acquire", 8), 0, types.int64)
_write = _atomic(lambda b, at, v: b.store_atomic(v, at, "release", 8), 1, types.void)
_add = _atomic(lambda b, at, v: b.atomic_rmw("add", at, v, "acq_rel"), 1, types.int64)


@intrinsic
def _pause(typing: Any) -> Any:
    """Emit the processor's hint for a loop that waits."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        # ARM's own hint, yield, mostly does nothing; a barrier takes about as long as x86's pause.
        pauses = {"x86_64": ("llvm.x86.sse2.pause", []), "aarch64": ("llvm.aarch64.isb", [15])}
        pauses["AMD64"], pauses["arm64"] = pauses["x86_64"], pauses["aarch64"]
        if platform.machine() in pauses:
            name, numbers = pauses[platform.machine()]
            kind = ir.FunctionType(ir.VoidType(), [ir.IntType(32)] * len(numbers))
            function = cgutils.get_or_insert_function(builder.module, kind, name)
            builder.call(function, [ir.IntType(32)(number) for number in numbers])
        return context.get_dummy_value()

    return types.void(), generate


@intrinsic
def _yield_processor(typing: Any) -> Any:
    """Call POSIX sched_yield."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.IntType(32), [])
        function = cgutils.get_or_insert_function(builder.module, kind, "sched_yield")
        builder.call(function, [])
        return context.get_dummy_value()

    return types.void(), generate


@inline
def _run(table: int, words: int, control: Ints, threads: int) -> None:
    """Make all calls of one thread's table, and wait for the other threads at every barrier."""
    end = table + 8 * words
    while table < end:
        following = table + 8 * (2 + _word(table + 8))  # after the last barrier it may be freed
        if _word(table) != BARRIER_ADDRESS:
            _call(table)
        elif threads > 1:
            _barrier(control, threads)
        table = following


@inline
def _barrier(control: Ints, threads: int) -> None:
    """Return once all threads have called this; the last one releases the others."""
    released = _read(control, RELEASED)
    if _add(control, ARRIVED, 1) == threads - 1:
        _write(control, ARRIVED, 0)
        _write(control, RELEASED, released + 1)
        return
    spins = 0
    while _read(control, RELEASED) == released:
        spins += 1
        if spins > SPINS:
            _yield_processor()
        _pause()


@kernel("void(i8, i8, i8[::1], i8)")
def run_main(table: int, words: int, control: Ints, threads: int) -> None:
    """Run the first thread's table; `publish` must have been called before."""
    _run(table, words, control, threads)


@kernel("void(i8[::1])")
def publish(control: Ints) -> None:
    """Let the other threads run the tables that `control` names now, by counting the generation."""
    _add(control, GENERATION, 1)


@kernel("i8(i8[::1], i8, i8, i8)")
def worker_loop(control: Ints, thread: int, threads: int, seen: int) -> int:
    """Run this thread's table in each new generation; return the last one seen when idle."""
    spins = 0
    while spins < SPINS:
        if _read(control, GENERATION) == seen:
            spins += 1
            _pause()
        else:
            spins = 0
            seen += 1
            place = CONTROL_WORDS + 2 * thread
            _run(control[place], control[place + 1], control, threads)
    return seen


KERNELS = run_main, publish, worker_loop
