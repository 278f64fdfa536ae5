"""Layers over symbols and time."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from tui_dl.layers.base import Initial, Layer, Positive, Shape, ShapeError, Signal, sequence


class Embedding(Layer, frozen=True, tag="embedding"):
    """A trained vector of `size` numbers for every symbol."""

    size: Positive
    initial: Initial = "default"

    def output(self, given: Signal) -> Signal:
        if not given.symbols:
            raise ShapeError(
                f"needs symbols, but its input is {given} real numbers: remove this row"
            )
        return Signal((*given.shape, self.size))

    def parameters(self, given: Signal) -> dict[str, Shape]:
        return {"weight": (given.symbols, self.size)}

    def flops(self, given: Signal) -> int:
        return 0


class Recurrent(Layer, frozen=True):
    """Reads a sequence of time × features and gives its last hidden state, or all of them.

    If bidirectional, a second cell reads from the end, and both their states stand side by side.
    """

    gates: ClassVar[int]

    units: Positive
    output_: Literal["last", "sequence"] = msgspec.field(name="output", default="last")
    bidirectional: bool = False
    initial: Initial = "default"

    @property
    def directions(self) -> int:
        """How many cells read the sequence."""
        return 1 + self.bidirectional

    def shape(self, given: Shape) -> Shape:
        time, _ = sequence(given)
        states = self.directions * self.units
        return (time, states) if self.output_ == "sequence" else (states,)

    def parameters(self, given: Signal) -> dict[str, Shape]:
        sums = self.gates * self.units
        shapes = {
            "weight_ih_l0": (sums, given.shape[1]),
            "weight_hh_l0": (sums, self.units),
            "bias_ih_l0": (sums,),
            "bias_hh_l0": (sums,),
        }
        endings = ("", "_reverse")[: self.directions]
        return {name + ending: shape for ending in endings for name, shape in shapes.items()}

    def flops(self, given: Signal) -> int:
        time, features = given.shape
        return 2 * self.directions * time * self.gates * self.units * (features + self.units)


class Rnn(Recurrent, frozen=True, tag="rnn"):
    """h[t] = f(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh), with f tanh or max(x, 0)."""

    gates = 1

    activation: Literal["tanh", "relu"] = "tanh"


class Lstm(Recurrent, frozen=True, tag="lstm"):
    """Gates decide what a cell forgets, takes in and shows (Hochreiter & Schmidhuber 1997)."""

    gates = 4


class Gru(Recurrent, frozen=True, tag="gru"):
    """Two gates mix the hidden state with a new one (Cho et al. 2014)."""

    gates = 3
