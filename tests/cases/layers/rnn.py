"""Cases of rnn: layers, and the inputs of each."""

from functools import partial

from tests.cases.recurrent import recurrent
from tui_dl.spec.layers.recurrent import Rnn

CASES = [*recurrent(Rnn), *recurrent(partial(Rnn, activation="relu"))]
