"""Cases of embedding: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.recurrent import Embedding

CASES = [
    (Embedding(size=5), TensorSpec((4,), vocab_size=6)),
]
