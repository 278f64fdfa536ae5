"""Embedding, recurrent layers and decoder."""

from __future__ import annotations

from math import sqrt
from typing import ClassVar, Literal

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import (
    LANES,
    Arrays,
    Initializer,
    Layer,
    Place,
    Positive,
    Shape,
    TensorSpec,
    row_of,
    sequence,
    sums_by_token,
    tiled,
    weight_gradient,
)


class Embedding(Layer, frozen=True, tag="embedding"):
    """A trained vector of `size` numbers for every symbol."""

    embeds_tokens = True
    size_keys = ("size",)

    size: Positive
    initializer: Initializer = "default"

    def output(self, input: TensorSpec) -> TensorSpec:
        if not input.vocab_size:
            raise ConfigError(
                "", f"needs token ids, but its input is {input} real numbers: remove this row"
            )
        return TensorSpec((*input.shape, self.size))

    def parameters(self, input: TensorSpec) -> dict[str, Shape]:
        return {"weight": (input.vocab_size, self.size)}

    def flops(self, input: TensorSpec) -> int:
        return 0

    def default_bound(self, input: TensorSpec) -> float | None:
        return None

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        y, weight = LANES * input.size * self.size, input.vocab_size * self.size
        if sums_by_token(place.behind, input.size, input.vocab_size):
            return Arrays(block=y, unused=y + weight)
        return Arrays(block=y, learning=y + weight)


class Recurrent(Layer, frozen=True):
    """Reads a sequence of time × features and gives its last hidden state, or all of them.

    If bidirectional, a second cell reads from the end, and both their states stand side by side.
    """

    is_recurrent = True
    can_sum_by_token = True
    width_key = "units"
    size_keys = ("units",)
    slopes: ClassVar[int]  # gradients a unit, of its sums
    kept: ClassVar[int]  # numbers a unit and time, for the way back
    carries: ClassVar[bool]  # whether there is a state beside the output

    units: Positive
    output_: Literal["last", "sequence"] = msgspec.field(name="output", default="last")
    bidirectional: bool = False
    initializer: Initializer = "default"

    @property
    def directions(self) -> int:
        """How many cells read the sequence."""
        return 1 + self.bidirectional

    @property
    def mixes_time(self) -> bool:
        return self.bidirectional

    def default_bound(self, input: TensorSpec) -> float | None:
        return 1 / sqrt(self.units)

    def shape(self, input: Shape) -> Shape:
        time, _ = sequence(input)
        states = self.directions * self.units
        return (time, states) if self.output_ == "sequence" else (states,)

    def parameters(self, input: TensorSpec) -> dict[str, Shape]:
        sums = self.gates * self.units
        shapes = {
            "weight_ih_l0": (sums, input.shape[1]),
            "weight_hh_l0": (sums, self.units),
            "bias_ih_l0": (sums,),
            "bias_hh_l0": (sums,),
        }
        endings = ("", "_reverse")[: self.directions]
        return {name + ending: shape for ending in endings for name, shape in shapes.items()}

    def flops(self, input: TensorSpec) -> int:
        time, features = input.shape
        return 2 * self.directions * time * self.gates * self.units * (features + self.units)

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        arrays = super().arrays(input, place)
        for _ in range(self.directions):
            arrays += self._cell(input)
        if place.before and place.before.embeds_tokens:
            arrays += self._by_token(input, place.vocab_size)
        return arrays

    def _cell(self, input: TensorSpec) -> Arrays:
        """One direction's."""
        times, inputs = input.shape
        side_by_side = tiled(inputs) + tiled(self.units)
        sums, slopes = self.gates * self.units, tiled(self.slopes * self.units)
        rows = row_of(self.kept * self.units) + row_of(side_by_side) + 2
        packed = 2 * sums * (inputs + self.units)
        gradients = weight_gradient(sums, inputs) + weight_gradient(sums, self.units)
        return Arrays(
            block=LANES * (times * rows + side_by_side + self.units * self.carries),
            learning=LANES * (self.units + slopes) + slopes,
            fixed=packed + gradients + slopes + self.slopes * self.units,
        )

    def _by_token(self, input: TensorSpec, vocab_size: int) -> Arrays:
        """What the way back to an embedding takes, where symbols are few."""
        times, inputs = input.shape
        if not sums_by_token(self, times, vocab_size):
            return Arrays()
        wide, sums, row = tiled(vocab_size), tiled(self.gates * self.units), row_of(inputs)
        return Arrays(
            learning=self.directions * wide * sums,
            fixed=wide * row
            + self.directions * (sums * row + 2 * wide * sums)
            + weight_gradient(vocab_size, inputs),
        )


class Rnn(Recurrent, frozen=True, tag="rnn"):
    """h[t] = f(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh), with f tanh or max(x, 0)."""

    gates = slopes = kept = 1
    carries = False

    activation: Literal["tanh", "relu"] = "tanh"


class Lstm(Recurrent, frozen=True, tag="lstm"):
    """Gates decide what a cell forgets, takes in and shows (Hochreiter & Schmidhuber 1997)."""

    gates = slopes = 4
    kept = 5
    carries = True


class Gru(Recurrent, frozen=True, tag="gru"):
    """Two gates mix the hidden state with a new one (Cho et al. 2014)."""

    gates = 3
    slopes = 4
    kept = 5
    carries = False


class Decoder(Layer, frozen=True, tag="decoder"):
    """Writes a sequence: from a vector, its first hidden state, to the states of all target times.

    At every time it reads the target symbol before, at the first one a symbol of its own that says
    start: teacher forcing (Williams & Zipser 1989), in an encoder-decoder (Sutskever et al. 2014).
    """

    reads_target = True
    size_keys = ("units", "size")

    units: Positive
    size: Positive  # of a token's embedding
    cell: Literal["rnn", "lstm", "gru"] = "gru"
    initializer: Initializer = "default"

    @property
    def parts(self) -> dict[str, Layer]:
        """The layers it is made of, by their PyTorch names."""
        cells = {"rnn": Rnn, "lstm": Lstm, "gru": Gru}
        cell = cells[self.cell](self.units, output_="sequence", initializer=self.initializer)
        return {"embedding": Embedding(self.size, self.initializer), self.cell: cell}

    def owner(self, tensor: str, input: TensorSpec) -> tuple[Layer, TensorSpec, str]:
        assert input.target
        part, _, name = tensor.partition(".")
        return self.parts[part], self.input(input.target)[part], name

    def input(self, target: TensorSpec) -> dict[str, TensorSpec]:
        """Input shapes of its parts for a `target`."""
        tokens = TensorSpec(target.shape, target.vocab_size + 1)
        return {"embedding": tokens, self.cell: TensorSpec((*target.shape, self.size))}

    def output(self, input: TensorSpec) -> TensorSpec:
        target = input.target
        if input.vocab_size or len(input.shape) != 1:
            raise ConfigError(
                "",
                f"needs a vector, an encoder's last state, not {input}: put a row before it that "
                'makes one, such as a gru with output = "last"',
            )
        if target is None or not target.vocab_size or len(target.shape) != 1:
            raise ConfigError(
                "",
                "writes token sequences, and the target of this data is no sequence: use "
                '"dates" or "pairs"',
            )
        if input.shape != (self.units,):
            raise ConfigError(
                "",
                f"its first state is its input, a vector of {input} numbers, and units = "
                f"{self.units}: use units = {input}",
            )
        return TensorSpec((*target.shape, self.units))

    def parameters(self, input: TensorSpec) -> dict[str, Shape]:
        assert input.target
        return {
            f"{name}.{key}": shape
            for name, signal in self.input(input.target).items()
            for key, shape in self.parts[name].parameters(signal).items()
        }

    def flops(self, input: TensorSpec) -> int:
        assert input.target
        signals = self.input(input.target)
        return sum(self.parts[name].flops(signal) for name, signal in signals.items())

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        assert input.target
        (times,), signals = input.target.shape, self.input(input.target)
        alone = Place(learns=True)
        parts = [self.parts[name].arrays(signal, alone) for name, signal in signals.items()]
        tokens, lengths = LANES * times, LANES
        first_state = LANES * self.units  # whose gradient goes to the layer before
        return sum(parts, Arrays(block=tokens + lengths, learning=-first_state * place.learns))
