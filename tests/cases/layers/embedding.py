"""Cases of embedding: layers, and the inputs of each."""

from tui_dl.spec.layers import Embedding, TensorSpec

CASES = [
    (Embedding(size=5), TensorSpec((4,), vocab_size=6)),
]
