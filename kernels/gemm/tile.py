"""The two tiles of sums that are kept in registers, written as LLVM vector instructions.

Numba cannot keep an array of sums in registers, so the inner loops, which need nearly all the time
of a training step, are emitted here. Both find their inputs by tables of offsets and positions
instead of copying them, so a matrix product, a convolution of any stride and a recurrent step are
the same loop:

    gemm              y[r, c] = start + sum over k of weights[k, r] * x[position[c] + offset[k]]
    weight gradient   dw[r, t] = sum over q of dy[r, position q] * x[position[q] + offset[t]]

Every ``x[...]`` and ``y[...]`` is a vector of LANES numbers, one a sample; the weight gradient sums
over them too. Each result is one chain of multiply-adds in the order of k (or q), so it does not
depend on the tile that it is computed in.
"""

from __future__ import annotations

from itertools import product
from math import inf
from typing import Any

from numba.core import types
from numba.extending import intrinsic

from tui_dl.kernels.core.emitter import FLOAT, INT, Emitter
from tui_dl.kernels.core.lanes import LANES, TILE


@intrinsic
def gemm_tile(
    typing: Any, y: Any, y_at: Any, y_row: Any, y_column: Any, weights: Any, w_at: Any, w_row: Any,
    bias: Any, b_at: Any, x: Any, x_at: Any, offsets: Any, depth: Any, positions: Any, q: Any,
    rows: Any, columns: Any, relu: Any,
) -> Any:  # fmt: skip
    """Compute `rows` x `columns` results of `gemm`; with an empty `bias` they are added to `y`.

    Unless `relu` is 0, negative results become 0. rows is 1..TILE.rows, columns 1..TILE.columns;
    weight (k, r) is at w_at + k * w_row + r.
    """
    i8 = types.int64
    signature = types.void(
        y, i8, i8, i8, weights, i8, i8, bias, i8, x, i8, offsets, i8, positions, i8, i8, i8, i8
    )  # fmt: skip

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, LANES)
        (y, y_at, y_row, y_column, weights, w_at, w_row, bias, b_at, x, x_at, offsets,
         depth, positions, q, rows, columns, relu) = arguments  # fmt: skip
        kinds = signature.args
        biased = builder.icmp_signed(
            ">", context.make_array(kinds[7])(context, builder, bias).nitems, INT(0)
        )
        least = emit.broadcast(
            builder.select(builder.icmp_signed("!=", relu, INT(0)), FLOAT(0.0), FLOAT(-inf))
        )
        y, weights, bias, x, offsets, positions = (
            emit.pointer(kinds[i], arguments[i]) for i in (0, 4, 7, 9, 11, 13)
        )

        def tile(rows: int, columns: int) -> None:
            ys = [
                emit.at(y, y_at, builder.mul(y_row, INT(r)), builder.mul(y_column, INT(c)))
                for r, c in product(range(rows), range(columns))
            ]
            xs = [emit.at(x, x_at, builder.load(emit.at(positions, q, c))) for c in range(columns)]

            def from_bias() -> list[Any]:
                values = [emit.broadcast(builder.load(emit.at(bias, b_at, r))) for r in range(rows)]
                return [value for value in values for _ in range(columns)]

            start = emit.either(biased, from_bias, lambda: [emit.load(at) for at in ys])

            def body(k: Any, sums: list[Any]) -> list[Any]:
                offset = builder.load(emit.at(offsets, k))
                inputs = [emit.load(emit.at(address, offset)) for address in xs]
                if (
                    columns == TILE.columns
                ):  # prefetch the next tile's inputs: its positions follow these
                    for address in xs:
                        emit.prefetch(emit.at(address, offset, columns * LANES))
                column = emit.at(weights, w_at, builder.mul(k, w_row))
                factors = [emit.broadcast(builder.load(emit.at(column, r))) for r in range(rows)]
                return [
                    emit.multiply_add(factors[r], inputs[c], sums[r * columns + c])
                    for r, c in product(range(rows), range(columns))
                ]

            sums = emit.loop(depth, start, body)
            for value, address in zip(sums, ys, strict=True):
                emit.store(emit.at_least(least, value), address)

        def by_rows(columns: int) -> Any:
            cases = {r: lambda r=r: tile(r, columns) for r in range(1, TILE.rows + 1)}
            return lambda: emit.switch(rows, cases)

        emit.switch(columns, {c: by_rows(c) for c in range(1, TILE.columns + 1)})
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def weight_gradient_tile(
    typing: Any, sums: Any, sums_at: Any, dy: Any, dy_at: Any, dy_row: Any, dy_positions: Any,
    x: Any, x_at: Any, offsets: Any, t: Any, x_positions: Any, q: Any, count: Any,
) -> Any:  # fmt: skip
    """Add positions q, ..., q + count - 1 to all TILE.gradient_rows x TILE.taps results.

    A result is the sum of LANES numbers in `sums`, of which the first TILE.width are used.
    dy_row[r] and offsets[t + i] say where each row and tap begins.
    """
    i8 = types.int64
    signature = types.void(
        sums, i8, dy, i8, dy_row, dy_positions, x, i8, offsets, i8, x_positions, i8, i8
    )  # fmt: skip

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        emit = Emitter(context, builder, TILE.width)
        _, sums_at, _, dy_at, _, _, _, x_at, _, t, _, start, count = arguments
        sums, dy, dy_row, dy_positions, x, offsets, x_positions = (
            emit.pointer(signature.args[i], arguments[i]) for i in (0, 2, 4, 5, 6, 8, 10)
        )
        rows = [
            emit.at(dy, dy_at, builder.load(emit.at(dy_row, r))) for r in range(TILE.gradient_rows)
        ]
        taps = [emit.at(x, x_at, builder.load(emit.at(offsets, t, i))) for i in range(TILE.taps)]

        def body(q: Any, totals: list[Any]) -> list[Any]:
            dy_position = builder.load(emit.at(dy_positions, start, q))
            x_position = builder.load(emit.at(x_positions, start, q))
            for part in range(0, LANES, TILE.width):
                slopes = [emit.load(emit.at(row, dy_position, part)) for row in rows]
                inputs = [emit.load(emit.at(tap, x_position, part)) for tap in taps]
                totals = [
                    emit.multiply_add(slope, value, total)
                    for (slope, value), total in zip(product(slopes, inputs), totals, strict=True)
                ]
            return totals

        places = [emit.at(sums, sums_at, i * LANES) for i in range(len(rows) * len(taps))]
        totals = emit.loop(count, [emit.load(place) for place in places], body)
        for total, place in zip(totals, places, strict=True):
            emit.store(total, place)
        return context.get_dummy_value()

    return signature, generate
