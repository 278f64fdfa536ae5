"""Samples are the lanes.

Every array of a mini-batch ends in sixteen samples side by side: ``(shards, ..., LANES)``. One
shard is sixteen samples; a mini-batch is as many shards as it needs, and lanes without a sample
have zero weight in the loss. So a vector register always holds the same number of sixteen (or
eight, or four) different samples, every layer is vectorised alike, and convolution needs no
packing and wastes no lane whatever its stride or padding.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import NamedTuple

import llvmlite.binding as llvm

LANES = 16


class Tile(NamedTuple):
    """How many accumulators the two tiles hold in registers."""

    rows: int  # contract: outputs
    columns: int  # contract: positions, of LANES numbers each
    width: int  # gradient: numbers in one vector
    gradient_rows: int
    taps: int


AVX512 = Tile(rows=8, columns=3, width=16, gradient_rows=3, taps=5)  # 32 registers of 16
AVX2 = Tile(rows=6, columns=1, width=8, gradient_rows=2, taps=5)  # 16 registers of 8
NEON = Tile(rows=6, columns=1, width=4, gradient_rows=4, taps=5)  # 32 registers of 4
PORTABLE = Tile(rows=3, columns=1, width=4, gradient_rows=2, taps=5)  # 16 registers of 4


def tile_for(machine: str, features: Mapping[str, bool]) -> Tile:
    """The tile for a processor of this `platform.machine()` and these features by LLVM's names."""
    if features.get("avx512f"):
        return AVX512
    if features.get("avx2") and features.get("fma"):
        return AVX2
    if machine in ("aarch64", "arm64"):  # all of them have NEON, whether LLVM finds it out or not
        return NEON
    return PORTABLE


TILE = tile_for(platform.machine(), llvm.get_host_cpu_features())
