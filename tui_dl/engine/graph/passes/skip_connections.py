"""A residual gets the input of its body through a skip connection."""

from __future__ import annotations

from tui_dl.engine.graph.graph import GraphNode


def add_skip_connections(graph: list[GraphNode]) -> None:
    """Connect each layer that has a body to the input of that body's first layer."""
    for index, node in enumerate(graph):
        if node.spec.body:
            node.skip = index - node.spec.body
