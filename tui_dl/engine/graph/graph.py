"""The network as a graph: its layers and where each input comes from, before any array exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_dl.kernels import layers
from tui_dl.kernels.layers.base import Layer
from tui_dl.spec.layers.base import kind
from tui_dl.spec.shape_inference import LayerNode


@dataclass
class GraphNode:
    """A layer of the network, and its edges. Passes change the attributes that have a default.

    Attributes:
        spec: its name, declaration and shapes.
        kernels: the class that computes it.
        before: the layer whose output it reads and nothing else does, so that the two may be
            fused; None for the first layer, and for the first in a residual's body.
        fused: whether `kernels` is fused with the layer before.
        skip: index of the layer whose input is added to this one's; None without a skip connection.
    """

    spec: LayerNode
    kernels: type[Layer]
    before: GraphNode | None
    fused: bool = False
    skip: int | None = None


def build_graph(nodes: Sequence[LayerNode]) -> list[GraphNode]:
    """The graph of a network without fusions and skip connections, in the order of `nodes`."""
    graph: list[GraphNode] = []
    bodies = {index - node.body for index, node in enumerate(nodes) if node.body}
    for index, node in enumerate(nodes):
        before = graph[-1] if index and index not in bodies else None
        graph.append(GraphNode(node, layers.of(kind(node.layer)), before))
    return graph
