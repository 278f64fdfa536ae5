"""Cases of gru: layers, and the inputs of each."""

from tests.cases.recurrent import recurrent
from tui_dl.spec.layers import Gru

CASES = recurrent(Gru)
