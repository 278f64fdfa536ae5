"""The gradient of an embedding is summed by token in the layer after it.

A product over all tokens of a small vocabulary is cheaper than one over all time steps of all
samples; `kernels/layers/by_token.py` has the formulas.
"""

from __future__ import annotations

from tui_dl.engine.graph.graph import GraphNode
from tui_dl.kernels.core.lanes import LANES


def sum_by_token(graph: list[GraphNode]) -> None:
    """Fuse each layer that can sum by token with the embedding before it.

    The vocabulary must be no larger than the number of tokens in a block of samples.
    """
    for node in graph:
        if node.before and node.kernels.can_sum_by_token and node.before.kernels.embeds_tokens:
            tokens = node.before.spec.input
            node.fused = tokens.vocab_size <= LANES * tokens.size
