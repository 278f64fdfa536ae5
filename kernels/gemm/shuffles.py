"""Shuffles of numbers between rows, in registers: transposing, and weights for the gemm tile."""

from __future__ import annotations

from typing import Any

from numba.core import types
from numba.extending import intrinsic

from tui_dl.kernels.core.emitter import INT, Emitter
from tui_dl.kernels.core.lanes import LANES, TILE
from tui_dl.kernels.core.vectors import VECTOR


@intrinsic
def transpose_tile(
    typing: Any, y: Any, y_at: Any, y_row: Any, x: Any, x_at: Any, x_row: Any
) -> Any:  # fmt: skip
    """y[i, j] = x[j, i] for i, j < LANES; rows of y are `y_row` apart, rows of x `x_row`.

    Returns the sum of y's rows, a vector, since the rows are in registers already.
    """
    i8 = types.int64

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, LANES)
        y, y_at, y_row, x, x_at, x_row = arguments
        y, x = emit.pointer(signature.args[0], y), emit.pointer(signature.args[3], x)
        rows = [emit.load(emit.at(x, x_at, builder.mul(x_row, INT(j)))) for j in range(LANES)]
        rows = _shuffled(emit, rows)
        for i, row in enumerate(rows):
            emit.store(row, emit.at(y, y_at, builder.mul(y_row, INT(i))))
        while len(rows) > 1:
            rows = [builder.fadd(a, b) for a, b in zip(rows[::2], rows[1::2], strict=True)]
        return rows[0]

    return VECTOR(y, i8, i8, x, i8, i8), generate


@intrinsic
def interleave_rows(typing: Any, y: Any, y_at: Any, x: Any, x_at: Any, x_row: Any) -> Any:
    """y[i, j] = x[j, i] for i < TILE.width and j < TILE.rows; y is contiguous.

    Rows of x are `x_row` apart. They are shuffled in groups of as many as a power of two.
    """
    i8 = types.int64

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, TILE.width)
        y, y_at, x, x_at, x_row = arguments
        y, x = emit.pointer(signature.args[0], y), emit.pointer(signature.args[2], x)
        first = 0
        while first < TILE.rows:
            count = 1 << (TILE.rows - first).bit_length() - 1
            rows = [
                emit.load(emit.at(x, x_at, builder.mul(x_row, INT(first + j))))
                for j in range(count)
            ]
            group = Emitter(context, builder, count)
            for i, part in enumerate(emit.parts(_shuffled(emit, rows), count)):
                group.store(part, emit.at(y, y_at, INT(i * TILE.rows + first)))
            first += count
        return context.get_dummy_value()

    return types.void(y, i8, x, i8, i8), generate


@intrinsic
def copy_row(typing: Any, y: Any, y_at: Any, x: Any, x_at: Any) -> Any:
    """Copy TILE.rows numbers from ``x[x_at]`` on to ``y[y_at]``."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, TILE.rows)
        y, y_at, x, x_at = arguments
        value = emit.load(emit.at(emit.pointer(signature.args[2], x), x_at))
        emit.store(value, emit.at(emit.pointer(signature.args[0], y), y_at))
        return context.get_dummy_value()

    return types.void(y, types.int64, x, types.int64), generate


def _shuffled(emit: Emitter, rows: list[Any]) -> list[Any]:
    """Vectors with the numbers of `rows`, a power of two, in turn: first all first ones.

    Each perfect shuffle turns the bits of a number's place by one: log2 of the rows bring the row
    into its lowest bits.
    """
    half = len(rows) // 2
    for _ in range(len(rows).bit_length() - 1):
        pairs = zip(rows[:half], rows[half:], strict=True)
        rows = [emit.interleave(a, b, top) for a, b in pairs for top in (False, True)]
    return rows
