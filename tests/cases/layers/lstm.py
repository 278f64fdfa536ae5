"""Cases of lstm: layers, and the inputs of each."""

from tests.cases.recurrent import recurrent
from tui_dl.spec.layers.recurrent import Lstm

CASES = recurrent(Lstm)
