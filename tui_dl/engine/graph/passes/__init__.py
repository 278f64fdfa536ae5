"""Passes over the graph of a network, in the order in which they are applied.

A pass is a function that changes the nodes of a graph. What it has to know of a layer it asks of
the layer's kernels, so no pass knows a kind of layer.
"""

from __future__ import annotations

from collections.abc import Callable

from tui_dl.engine.graph.graph import GraphNode
from tui_dl.engine.graph.passes.fuse_relu import fuse_relu
from tui_dl.engine.graph.passes.skip_connections import add_skip_connections
from tui_dl.engine.graph.passes.sum_by_token import sum_by_token

PASSES: list[Callable[[list[GraphNode]], None]] = [add_skip_connections, fuse_relu, sum_by_token]
