"""Running a whole list of kernel calls, on several threads, as one call from Python.

A kernel call from Python costs a third of a microsecond and the interpreter's lock, and a step of a
small network is a hundred of them. So lists of calls are written once into a table - for every call
the kernel's address and its arguments as Numba passes them - and a compiled loop walks it. A step
then is one call a thread; threads meet at barriers, and wait for the next step, in compiled code.
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
BARRIER: Call = partial(lambda: None)  # all threads come here before any goes on

STEP, MOST = 8, 120  # a call passes 8, 16, ... 120 words; those past its own are ignored
LOOKS = 4_000  # how often a thread looks before it lets others run, about 50 microseconds
BARRIER_ADDRESS = 0  # in place of a kernel's address

# Places in the control array, each in a cache line of its own; then, a thread, address and length
# of the table it is to run.
GENERATION, ARRIVED, LEFT, CONTROL_WORDS = 0, 8, 16, 24


class Program:
    """Lists of calls, one a thread, each phase done by all threads before the next begins.

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
    """One thread's calls, with a barrier behind each phase."""
    return np.array([word for calls in phases for word in _words([*calls, BARRIER])], np.int64)


def _words(calls: Sequence[Call]) -> list[int]:
    """Each call as its kernel's address, the number of its words, and those."""
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
            raise TypeError(f"{kernel.py_func.__name__} takes more than {MOST} words")
        name = compiled.fndesc.llvm_func_name
        words += [compiled.library.get_pointer_to_function(name), len(own), *own]
    return words


def _argument(value: Any, kind: Any) -> list[int]:
    """One argument in Numba's convention; an array is a structure passed field by field."""
    if not isinstance(kind, types.Array):
        if not isinstance(kind, types.Integer):
            raise TypeError(f"a single {kind}: only whole numbers and arrays are passed")
        return [int(value)]
    if value.dtype != np.dtype(str(kind.dtype)) or value.ndim != kind.ndim:
        raise TypeError(f"{value.dtype} of {value.ndim} dimensions where {kind} is taken")
    if not value.flags.c_contiguous:
        raise TypeError(f"an array that is not contiguous where {kind} is taken")
    nobody = [0, 0]  # owner and parent: the program keeps the array alive
    return [*nobody, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides]


@intrinsic
def _call(typing: Any, entry: Any) -> Any:
    """Call the kernel whose address is at `entry`, with the words that follow their number."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        entry = builder.inttoptr(arguments[0], INT.as_pointer())
        words = [builder.gep(entry, [INT(index)]) for index in range(2 + MOST)]
        # Numba's convention: status returned, places for result and exception, then the words.
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
    """The integer at an address."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(builder.inttoptr(arguments[0], INT.as_pointer()))

    return types.int64(types.int64), generate


def _atomic(emit: Any, words: int, result: Any) -> Any:
    """An intrinsic on ``control[at]`` and `words` more numbers."""

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
    """Tell the processor that this is a loop that waits."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        # ARM's own hint, yield, mostly does nothing; a barrier takes about as long as x86's pause.
        hints = {"x86_64": ("llvm.x86.sse2.pause", []), "aarch64": ("llvm.aarch64.isb", [15])}
        hints["AMD64"], hints["arm64"] = hints["x86_64"], hints["aarch64"]
        if platform.machine() in hints:
            name, numbers = hints[platform.machine()]
            kind = ir.FunctionType(ir.VoidType(), [ir.IntType(32)] * len(numbers))
            function = cgutils.get_or_insert_function(builder.module, kind, name)
            builder.call(function, [ir.IntType(32)(number) for number in numbers])
        return context.get_dummy_value()

    return types.void(), generate


@intrinsic
def _let_others_run(typing: Any) -> Any:
    """POSIX sched_yield."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.IntType(32), [])
        function = cgutils.get_or_insert_function(builder.module, kind, "sched_yield")
        builder.call(function, [])
        return context.get_dummy_value()

    return types.void(), generate


@inline
def _run(table: int, words: int, control: Ints, threads: int) -> None:
    """Make all calls of one thread's table, meeting the others of `threads` at every barrier."""
    end = table + 8 * words
    while table < end:
        following = table + 8 * (2 + _word(table + 8))  # after the last barrier it may be gone
        if _word(table) != BARRIER_ADDRESS:
            _call(table)
        elif threads > 1:
            _meet(control, threads)
        table = following


@inline
def _meet(control: Ints, threads: int) -> None:
    """Return when all threads have called this; the last one lets the others go."""
    gone = _read(control, LEFT)
    if _add(control, ARRIVED, 1) == threads - 1:
        _write(control, ARRIVED, 0)
        _write(control, LEFT, gone + 1)
        return
    looks = 0
    while _read(control, LEFT) == gone:
        looks += 1
        if looks > LOOKS:
            _let_others_run()
        _pause()


@kernel("void(i8, i8, i8[::1], i8)")
def run_main(table: int, words: int, control: Ints, threads: int) -> None:
    """The first thread's part of a program; the others are told before."""
    _run(table, words, control, threads)


@kernel("void(i8[::1])")
def publish(control: Ints) -> None:
    """The tables in `control` are there to be run."""
    _add(control, GENERATION, 1)


@kernel("i8(i8[::1], i8, i8, i8)")
def worker_loop(control: Ints, thread: int, threads: int, seen: int) -> int:
    """Run this thread's table whenever told; return the last turn seen when idle for a while."""
    looks = 0
    while looks < LOOKS:
        if _read(control, GENERATION) == seen:
            looks += 1
            _pause()
        else:
            looks = 0
            seen += 1
            place = CONTROL_WORDS + 2 * thread
            _run(control[place], control[place + 1], control, threads)
    return seen


KERNELS = run_main, publish, worker_loop
