"""A vector of LANES floats as one value in kernels.

LLVM's own vectoriser adds checks that arrays do not overlap, which cost more than the work itself
for sixteen numbers. These are explicit vector instructions instead. `load` and `broadcast` make
vectors; + - * / combine them with each other and with floats, `where_equal` and `where_greater`
select; `store` writes them. exp, tanh and sigmoid of functions.py accept vectors too.
"""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, models, overload, register_model

from tui_dl.kernels.core.emitter import FLOAT, Emitter
from tui_dl.kernels.core.lanes import LANES


class Vector(types.Type):
    """Numba's type of LANES floats."""

    def __init__(self) -> None:
        super().__init__(name=f"Vector({LANES})")


VECTOR = Vector()


@register_model(Vector)
class _Model(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, ir.VectorType(FLOAT, LANES))


@intrinsic
def load(typing: Any, array: Any, at: Any) -> Any:
    """The LANES numbers from ``array[at]`` on; `array` is flat float32."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, LANES)
        return emit.load(emit.at(emit.pointer(signature.args[0], arguments[0]), arguments[1]))

    return VECTOR(array, types.int64), generate


@intrinsic
def store(typing: Any, array: Any, at: Any, value: Any) -> Any:
    """Write a vector to the LANES numbers from ``array[at]`` on."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, LANES)
        emit.store(
            arguments[2], emit.at(emit.pointer(signature.args[0], arguments[0]), arguments[1])
        )
        return context.get_dummy_value()

    return types.void(array, types.int64, VECTOR), generate


@intrinsic
def prefetch_line(typing: Any, array: Any, at: Any) -> Any:
    """Prefetch the cache line of ``array[at]``; the index may be out of range."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, LANES)
        emit.prefetch(emit.at(emit.pointer(signature.args[0], arguments[0]), arguments[1]))
        return context.get_dummy_value()

    return types.void(array, types.int64), generate


@intrinsic
def broadcast(typing: Any, number: Any) -> Any:
    """The same float in every lane."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return Emitter(context, builder, LANES).broadcast(arguments[0])

    return VECTOR(types.float32), generate


@intrinsic
def total(typing: Any, value: Any) -> Any:
    """The sum of the lanes."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return Emitter(context, builder, LANES).total(arguments[0])

    return types.float32(VECTOR), generate


@intrinsic
def present(typing: Any, lengths: Any, at: Any) -> Any:
    """1 in the lanes with a positive length, else 0; the LANES lengths begin at ``lengths[at]``."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, LANES)
        counts = ir.VectorType(ir.IntType(32), LANES)
        first = emit.at(emit.pointer(signature.args[0], arguments[0]), arguments[1])
        numbers = builder.load(builder.bitcast(first, counts.as_pointer()))
        numbers.align = 4
        there = builder.icmp_signed(">", numbers, ir.Constant(counts, [0] * LANES))
        return builder.uitofp(there, emit.vector)

    return VECTOR(lengths, types.int64), generate


@intrinsic
def square_root(typing: Any, value: Any) -> Any:
    """The square root of every lane."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return Emitter(context, builder, LANES).square_root(arguments[0])

    return VECTOR(VECTOR), generate


def _where(comparison: str) -> Any:
    """An intrinsic that selects `x` in the lanes where ``a comparison b``, else `y`."""

    @intrinsic
    def where(typing: Any, a: Any, b: Any, x: Any, y: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            a, b, x, y = arguments
            return builder.select(builder.fcmp_ordered(comparison, a, b), x, y)

        return VECTOR(VECTOR, VECTOR, VECTOR, VECTOR), generate

    return where


where_equal = _where("==")
where_greater = _where(">")


def _arithmetic(operation: Any, instruction: str) -> None:
    """Define `operation` for two vectors, or one and a float, as LLVM's `instruction`."""

    @intrinsic
    def combine(typing: Any, a: Any, b: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return getattr(builder, instruction)(*arguments, flags=("contract",))

        return VECTOR(VECTOR, VECTOR), generate

    @overload(operation)
    def of_vectors(a, b):  # type: ignore[no-untyped-def] # numba compares the two signatures
        if a is VECTOR and b is VECTOR:
            return lambda a, b: combine(a, b)
        if a is VECTOR and b is types.float32:
            return lambda a, b: combine(a, broadcast(b))
        if a is types.float32 and b is VECTOR:
            return lambda a, b: combine(broadcast(a), b)
        return None


for _operation, _instruction in (
    (operator.add, "fadd"),
    (operator.sub, "fsub"),
    (operator.mul, "fmul"),
    (operator.truediv, "fdiv"),
):
    _arithmetic(_operation, _instruction)
