"""Atomic instructions on an array of integers, and what a thread does while it waits."""

from __future__ import annotations

import platform
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic


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


atomic_read = _atomic(lambda b, at: b.load_atomic(at, "acquire", 8), 0, types.int64)
atomic_write = _atomic(lambda b, at, v: b.store_atomic(v, at, "release", 8), 1, types.void)
atomic_add = _atomic(lambda b, at, v: b.atomic_rmw("add", at, v, "acq_rel"), 1, types.int64)


@intrinsic
def pause(typing: Any) -> Any:
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
def yield_processor(typing: Any) -> Any:
    """Call POSIX sched_yield."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.IntType(32), [])
        function = cgutils.get_or_insert_function(builder.module, kind, "sched_yield")
        builder.call(function, [])
        return context.get_dummy_value()

    return types.void(), generate
