"""Cases of decoder: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.recurrent import Decoder

CASES = [
    (Decoder(units, size, cell), TensorSpec((units,), target=TensorSpec(times, tokens)))
    for cell in ("rnn", "lstm", "gru")
    for units, size, times, tokens in ((9, 3, (5,), 4), (1, 1, (1,), 1), (17, 16, (3,), 7))
]
