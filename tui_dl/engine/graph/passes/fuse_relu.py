"""A relu is computed by the product before it, so that its input is not written and read again."""

from __future__ import annotations

from tui_dl.engine.graph.graph import GraphNode


def fuse_relu(graph: list[GraphNode]) -> None:
    """Fuse each relu with the layer before it, where that one can compute it at no extra cost."""
    for node in graph:
        if node.kernels.is_relu and node.before and node.before.kernels.can_fuse_relu:
            node.fused = True
