import pytest

from tui_dl.kernels.core.lanes import AVX2, AVX512, NEON, PORTABLE, Tile, tile_for


@pytest.mark.parametrize(
    ("machine", "features", "tile"),
    [
        ("x86_64", {"avx512f": True, "avx2": True, "fma": True}, AVX512),
        ("x86_64", {"avx512f": False, "avx2": True, "fma": True}, AVX2),
        ("x86_64", {"avx2": True, "fma": False}, PORTABLE),
        ("aarch64", {"neon": True}, NEON),
        ("arm64", {}, NEON),
        ("riscv64", {}, PORTABLE),
    ],
)
def test_every_processor_has_its_tile(machine: str, features: dict[str, bool], tile: Tile) -> None:
    assert tile_for(machine, features) is tile
