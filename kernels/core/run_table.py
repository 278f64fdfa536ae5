"""Runs call tables on several threads, in compiled code.

A step is one call a thread; threads wait at barriers, and for the next step, in compiled code.
After a kernel has failed, its thread makes no more calls, and the others make none after the next
barrier. All still meet at every barrier, so that none waits for ever.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from tui_dl.kernels.core.atomics import (
    atomic_add,
    atomic_read,
    atomic_write,
    pause,
    yield_processor,
)
from tui_dl.kernels.core.emitter import INT
from tui_dl.kernels.core.jit import Ints, inline, kernel
from tui_dl.kernels.core.program import BARRIER_ADDRESS, SIZES

SPINS = 4_000  # polls before a waiting thread yields its processor, about 50 microseconds

# Indices in the control array, each in a cache line of its own.
GENERATION, ARRIVED, RELEASED, FAILED, CONTROL_WORDS = 0, 8, 16, 24, 32
# After them come, for each thread: the address and length of its table; then the address of the
# call that failed in it, and that of what Numba says of the exception, both 0 if none failed.
TABLE, WORDS, FAILED_CALL, EXCEPTION, THREAD_WORDS = range(5)


@intrinsic
def _call(typing: Any, entry: Any, control: Any, exception: Any) -> Any:
    """Call the kernel of one table entry: address, number of words, words.

    Returns its status, 0 if it did not fail; else ``control[exception]`` is the address of what
    Numba says of its exception.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        entry = builder.inttoptr(arguments[0], INT.as_pointer())
        words = [builder.gep(entry, [INT(index)]) for index in range(2 + SIZES[-1])]
        # Numba's convention: it returns a status; arguments are result, exception, then the words.
        pointer = ir.IntType(8).as_pointer()
        control = context.make_array(signature.args[1])(context, builder, arguments[1]).data
        exception = builder.bitcast(builder.gep(control, [arguments[2]]), pointer.as_pointer())
        places = [cgutils.alloca_once(builder, pointer), exception]
        done, never = builder.append_basic_block("done"), builder.append_basic_block("never")
        choice = builder.switch(builder.load(words[1]), never)
        statuses = []
        for count in SIZES:
            block = builder.append_basic_block(f"with{count}")
            choice.add_case(INT(count), block)
            builder.position_at_end(block)
            kind = ir.FunctionType(ir.IntType(32), [pointer.as_pointer()] * 2 + [INT] * count)
            function = builder.inttoptr(builder.load(words[0]), kind.as_pointer())
            status = builder.call(
                function, places + [builder.load(w) for w in words[2 : 2 + count]]
            )
            statuses.append((status, block))
            builder.branch(done)
        builder.position_at_end(never)
        builder.unreachable()
        builder.position_at_end(done)
        status = builder.phi(ir.IntType(32))
        for made, block in statuses:
            status.add_incoming(made, block)
        return status

    return types.int32(types.int64, control, types.int64), generate


@intrinsic
def _word(typing: Any, address: Any) -> Any:
    """Read the integer at an address."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(builder.inttoptr(arguments[0], INT.as_pointer()))

    return types.int64(types.int64), generate


@inline
def _run(control: Ints, thread: int, threads: int) -> None:
    """Make all calls of one thread's table, and wait for the other threads at every barrier."""
    place = CONTROL_WORDS + THREAD_WORDS * thread
    table = control[place + TABLE]
    end = table + 8 * control[place + WORDS]
    failed = 0
    while table < end:
        following = table + 8 * (2 + _word(table + 8))  # after the last barrier it may be freed
        if _word(table) == BARRIER_ADDRESS:
            if threads > 1:
                _barrier(control, threads)
                failed = atomic_read(control, FAILED)
        elif failed == 0 and _call(table, control, place + EXCEPTION) != 0:
            failed = 1
            control[place + FAILED_CALL] = table
            atomic_write(control, FAILED, 1)
        table = following


@inline
def _barrier(control: Ints, threads: int) -> None:
    """Return once all threads have called this; the last one releases the others."""
    released = atomic_read(control, RELEASED)
    if atomic_add(control, ARRIVED, 1) == threads - 1:
        atomic_write(control, ARRIVED, 0)
        atomic_write(control, RELEASED, released + 1)
        return
    spins = 0
    while atomic_read(control, RELEASED) == released:
        spins += 1
        if spins > SPINS:
            yield_processor()
        pause()


@kernel("i8(i8[::1], i8)")
def run_main(control: Ints, threads: int) -> int:
    """Run the first thread's table; `publish` must have been called before.

    Returns whether a kernel failed in any thread.
    """
    _run(control, 0, threads)
    return int(atomic_read(control, FAILED))


@kernel("void(i8[::1])")
def publish(control: Ints) -> None:
    """Let the other threads run the tables that `control` names now, by counting the generation."""
    atomic_add(control, GENERATION, 1)


@kernel("i8(i8[::1], i8, i8, i8)")
def worker_loop(control: Ints, thread: int, threads: int, seen: int) -> int:
    """Run this thread's table in each new generation; return the last one seen when idle."""
    spins = 0
    while spins < SPINS:
        if atomic_read(control, GENERATION) == seen:
            spins += 1
            pause()
        else:
            spins = 0
            seen += 1
            _run(control, thread, threads)
    return seen
