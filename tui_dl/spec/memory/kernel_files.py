"""Which source file has the kernels of a kind of layer, read from imports, without numba."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
LAYERS = "tui_dl.kernels.layers"
DECORATORS = "tui_dl.kernels.core.jit", {"kernel", "part"}  # a file that imports one has kernels
SHARED = "transpose"  # a file whose kernels every network with weights has


@cache
def kernel_files(kind: str) -> frozenset[str]:
    """Names of the files that have the kernels of this kind.

    That is its own file; where that has none, those of the files of layers that it imports; and
    where these have none either, one whose kernels every network has.
    """
    if _has_kernels(kind):
        return frozenset({kind})
    found = {module.rpartition(".")[2] for module, _ in _imports(kind) if module.startswith(LAYERS)}
    return frozenset(name for name in found if _has_kernels(name)) or frozenset({SHARED})


def _has_kernels(name: str) -> bool:
    module, decorators = DECORATORS
    return any(found == module and names & decorators for found, names in _imports(name))


def _imports(name: str) -> Iterator[tuple[str, set[str]]]:
    """Modules that the file of this name imports from, and what it imports from them."""
    source = PACKAGE / "kernels" / "layers" / f"{name}.py"
    if source.is_file():  # `repeat` is replaced by its layers and has none
        for node in ast.parse(source.read_bytes()).body:
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module, {alias.name for alias in node.names}
