"""Cases of gru: layers, and the inputs of each."""

from tests.cases.recurrent import recurrent
from tui_dl.spec.layers.recurrent import Gru

CASES = recurrent(Gru)
