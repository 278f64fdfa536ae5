"""The layout of a mini-batch, in which samples are the vector lanes, and each processor's tile.

The last axis of every array is a block of sixteen samples: ``(blocks, ..., LANES)``. A mini-batch
has as many blocks as it needs, and lanes without a sample have weight 0 in the loss. So a vector
register holds the same feature of sixteen (or eight, or four) samples, all layers are vectorised
alike, and convolution needs no packing and wastes no lane whatever its stride or padding.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import NamedTuple

import llvmlite.binding as llvm

LANES = 16


class Tile(NamedTuple):
    """Sizes of the two tiles of sums that are kept in registers."""

    rows: int  # gemm: outputs
    columns: int  # gemm: positions, of LANES numbers each
    width: int  # weight gradient: numbers in one vector
    gradient_rows: int  # weight gradient: rows of dy
    taps: int  # weight gradient: offsets of x


AVX512 = Tile(rows=8, columns=3, width=16, gradient_rows=3, taps=5)  # 32 registers of 16
AVX2 = Tile(rows=6, columns=1, width=8, gradient_rows=2, taps=5)  # 16 registers of 8
NEON = Tile(rows=6, columns=1, width=4, gradient_rows=4, taps=5)  # 32 registers of 4
PORTABLE = Tile(rows=3, columns=1, width=4, gradient_rows=2, taps=5)  # 16 registers of 4


def tile_for(machine: str, features: Mapping[str, bool]) -> Tile:
    """The tile for this `platform.machine()` and these processor features, as LLVM names them."""
    if features.get("avx512f"):
        return AVX512
    if features.get("avx2") and features.get("fma"):
        return AVX2
    if machine in ("aarch64", "arm64"):  # all of them have NEON, even if LLVM does not detect it
        return NEON
    return PORTABLE


TILE = tile_for(platform.machine(), llvm.get_host_cpu_features())
