"""Passes over the graph: what is fused with what, and where skip connections begin."""

import ast
from pathlib import Path
from typing import Any

import pytest

from tui_dl import kernels
from tui_dl.engine.graph import network
from tui_dl.engine.graph.graph import GraphNode, build_graph
from tui_dl.engine.graph.passes import PASSES
from tui_dl.spec.layers import KINDS
from tui_dl.spec.layers.activations import Relu, Tanh
from tui_dl.spec.layers.base import LANES, TensorSpec
from tui_dl.spec.layers.composed import Residual
from tui_dl.spec.layers.products import Dense
from tui_dl.spec.layers.recurrent import Embedding, Gru
from tui_dl.spec.shape_inference import infer_shapes

FOUR = TensorSpec((4,))


def passed(layers: list[Any], input: TensorSpec) -> list[GraphNode]:
    """The graph of a network after all passes."""
    graph = build_graph(infer_shapes(layers, input))
    for change in PASSES:
        change(graph)
    return graph


def fused(layers: list[Any], input: TensorSpec = FOUR) -> list[str]:
    """Names of the layers that are fused with the one before."""
    return [node.spec.name for node in passed(layers, input) if node.fused]


def test_a_relu_is_fused_with_the_product_before_it() -> None:
    assert fused([Dense(3), Relu(), Relu(), Dense(4), Tanh()]) == ["relu_1"]
    assert not fused([Relu(), Dense(3)])


def test_a_relu_is_not_fused_where_a_skip_connection_reads_its_input() -> None:
    body = Residual([Relu(), Dense(4)])
    assert not fused([Dense(4), body, Relu()])


def test_skip_connections_begin_at_the_first_layer_of_a_body() -> None:
    inner = Residual([Dense(4)])
    graph = passed([Dense(4), Residual([Dense(4), inner, Tanh()])], FOUR)
    assert [node.skip for node in graph] == [None, None, None, 2, None, 1]
    assert [node.spec.name for node in graph if node.skip] == ["residual_1", "residual_2"]


@pytest.mark.parametrize(("vocab_size", "is_fused"), [(5 * LANES, True), (5 * LANES + 1, False)])
def test_gradients_are_summed_by_token_where_tokens_are_few(
    vocab_size: int, is_fused: bool
) -> None:
    assert fused([Embedding(3), Gru(2)], TensorSpec((5,), vocab_size)) == ["gru_1"] * is_fused
    assert not fused([Embedding(3), Tanh(), Gru(2)], TensorSpec((5,), 2))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"repeat"}))
def test_kernels_and_declarations_agree_on_fusion(kind: str) -> None:
    of_kind = kernels.layers.of(kind)
    assert of_kind.can_fuse_relu == KINDS[kind].fuses_relu
    assert of_kind.can_sum_by_token == KINDS[kind].is_recurrent


def test_the_graph_names_no_kind_of_layer() -> None:
    folder = Path(network.__file__).parent
    shared = {"tui_dl.kernels.layers.base", "tui_dl.kernels.losses.base"}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module in shared or "kernels.l" not in node.module, path
                names = {name.name for name in node.names}
                assert not names & {layer.__name__ for layer in KINDS.values()}, path
