"""LLVM instructions that kernels need and Numba cannot express."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils

FLOAT, INT = ir.FloatType(), ir.IntType(64)


class Emitter:
    """Emits instructions on vectors of `width` floats at the position of `builder`."""

    def __init__(self, context: Any, builder: Any, width: int) -> None:
        self.context, self.builder, self.width = context, builder, width
        self.vector = ir.VectorType(FLOAT, width)

    def pointer(self, kind: Any, array: Any) -> Any:
        """The address of an array's first element."""
        return self.context.make_array(kind)(self.context, self.builder, array).data

    def at(self, pointer: Any, *indices: Any) -> Any:
        """The address that many elements after `pointer`; several indices add up."""
        for index in indices:
            pointer = self.builder.gep(pointer, [index if hasattr(index, "type") else INT(index)])
        return pointer

    def load(self, pointer: Any) -> Any:
        """Load `width` floats, aligned to four bytes."""
        loaded = self.builder.load(self.builder.bitcast(pointer, self.vector.as_pointer()))
        loaded.align = 4
        return loaded

    def prefetch(self, pointer: Any) -> None:
        """Prefetch the cache line at `pointer` into the L2 cache; any address is allowed."""
        byte = ir.IntType(8).as_pointer()
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function = cgutils.get_or_insert_function(self.builder.module, kind, "llvm.prefetch.p0")
        address = self.builder.bitcast(pointer, byte)
        self.builder.call(function, [address, number(0), number(2), number(1)])

    def store(self, value: Any, pointer: Any) -> None:
        """Store `width` floats, aligned to four bytes."""
        address = self.builder.bitcast(pointer, self.vector.as_pointer())
        self.builder.store(value, address).align = 4

    def broadcast(self, number: Any) -> Any:
        """A vector with the same float in every element."""
        undefined = ir.Constant(self.vector, ir.Undefined)
        first = self.builder.insert_element(undefined, number, ir.IntType(32)(0))
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), self.width), [0] * self.width)
        return self.builder.shuffle_vector(first, undefined, zeros)

    def interleave(self, a: Any, b: Any, top: bool) -> Any:
        """a0 b0 a1 b1 ... of the lower halves of two vectors, or of the upper ones."""
        first = self.width // 2 if top else 0
        places = [first + i // 2 + i % 2 * self.width for i in range(self.width)]
        mask = ir.Constant(ir.VectorType(ir.IntType(32), self.width), places)
        return self.builder.shuffle_vector(a, b, mask)

    def parts(self, vectors: list[Any], size: int) -> list[Any]:
        """The vectors, one after the other, cut into vectors of `size` floats, a power of two."""
        masks = [
            ir.Constant(ir.VectorType(ir.IntType(32), size), list(range(first, first + size)))
            for first in range(0, self.width, size)
        ]
        return [self.builder.shuffle_vector(it, it, mask) for it in vectors for mask in masks]

    def multiply_add(self, a: Any, b: Any, c: Any) -> Any:
        """Emit a * b + c, rounded once."""
        function = cgutils.get_or_insert_function(
            self.builder.module,
            ir.FunctionType(self.vector, [self.vector] * 3),
            f"llvm.fmuladd.v{self.width}f32",
        )
        return self.builder.call(function, [a, b, c])

    def at_least(self, least: Any, value: Any) -> Any:
        """The larger of both, element by element; NaN where `value` is NaN."""
        return self.builder.select(self.builder.fcmp_ordered("<", value, least), least, value)

    def square_root(self, value: Any) -> Any:
        """The square root of every element."""
        function = cgutils.get_or_insert_function(
            self.builder.module,
            ir.FunctionType(self.vector, [self.vector]),
            f"llvm.sqrt.v{self.width}f32",
        )
        return self.builder.call(function, [value])

    def total(self, value: Any) -> Any:
        """The sum of a vector's elements, added in pairs."""
        function = cgutils.get_or_insert_function(
            self.builder.module,
            ir.FunctionType(FLOAT, [FLOAT, self.vector]),
            f"llvm.vector.reduce.fadd.v{self.width}f32",
        )
        return self.builder.call(function, [FLOAT(-0.0), value], fastmath=("reassoc",))

    def loop(self, count: Any, start: list[Any], body: Any) -> Any:
        """Emit ``for i in range(count): values = body(i, values)``, count >= 1; the last values."""
        builder = self.builder
        before, block = builder.block, builder.append_basic_block("loop")
        after = builder.append_basic_block("after")
        builder.branch(block)
        builder.position_at_end(block)
        index = builder.phi(INT)
        values = [builder.phi(value.type) for value in start]
        results = body(index, values)
        following = builder.add(index, INT(1))
        for phi, first, later in zip(
            [index, *values], [INT(0), *start], [following, *results], strict=True
        ):
            phi.add_incoming(first, before)
            phi.add_incoming(later, builder.block)
        builder.cbranch(builder.icmp_signed("<", following, count), block, after)
        builder.position_at_end(after)
        return results

    def either(self, condition: Any, first: Any, second: Any) -> list[Any]:
        """Emit a branch: the values of `first()` if `condition` holds, else those of `second()`."""
        ways = []
        with self.builder.if_else(condition) as branches:
            for branch, emit in zip(branches, (first, second), strict=True):
                with branch:
                    ways.append((emit(), self.builder.block))
        chosen = []
        for pair in zip(*(values for values, _ in ways), strict=True):
            phi = self.builder.phi(pair[0].type)
            for value, (_, block) in zip(pair, ways, strict=True):
                phi.add_incoming(value, block)
            chosen.append(phi)
        return chosen

    def switch(self, value: Any, cases: dict[int, Any]) -> None:
        """Emit one branch a case; `value` must be one of the cases."""
        builder = self.builder
        done = builder.append_basic_block("done")
        never = builder.append_basic_block("never")
        choice = builder.switch(value, never)
        for number, emit in cases.items():
            block = builder.append_basic_block(f"case{number}")
            choice.add_case(INT(number), block)
            builder.position_at_end(block)
            emit()
            builder.branch(done)
        builder.position_at_end(never)
        builder.unreachable()
        builder.position_at_end(done)
