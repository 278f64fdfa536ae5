"""Kinds are found by being there; two of one name are refused with both files."""

import sys
from pathlib import Path

import pytest

from tui_dl.kernels.core.registry import class_of
from tui_dl.kernels.layers.base import Layer as Kernel
from tui_dl.kernels.layers.dense import Dense as DenseKernel
from tui_dl.support.registry import DuplicateKindError, declarations

BASE = "import msgspec\nclass Base(msgspec.Struct, tag_field='kind'):\n    pass\n"


def package(folder: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> str:
    """A package of a name of its own, with these modules."""
    name = f"kinds_{folder.name}"
    (folder / name).mkdir()
    for file, text in {"__init__": BASE, **files}.items():
        (folder / name / f"{file}.py").write_text(text)
    monkeypatch.syspath_prepend(str(folder))
    return name


def declaring(name: str, kind: str) -> str:
    return f"from {name} import Base\nclass One(Base, tag='{kind}'):\n    pass\n"


def test_kinds_are_found_by_being_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"kinds_{tmp_path.name}"
    shared = f"from {name} import Base\nclass Shared(Base):\n    pass\n"
    files = {"a": declaring(name, "zeta"), "b": declaring(name, "eta"), "c": shared}
    package(tmp_path, monkeypatch, **files)
    base = __import__(name).Base
    assert list(declarations(name, base)) == ["eta", "zeta"]


def test_two_of_one_name_are_refused_with_both_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"kinds_{tmp_path.name}"
    package(tmp_path, monkeypatch, a=declaring(name, "eta"), b=declaring(name, "eta"))
    base = __import__(name).Base
    with pytest.raises(DuplicateKindError, match=r"two declarations of eta: .*a\.py and .*b\.py"):
        declarations(name, base)
    assert name in sys.modules


def test_the_class_of_a_kind_is_the_one_in_its_file() -> None:
    assert class_of("tui_dl.kernels.layers", "dense", Kernel) is DenseKernel
    with pytest.raises(ModuleNotFoundError):
        class_of("tui_dl.kernels.layers", "no_such_kind", Kernel)
    with pytest.raises(ImportError, match=r"by_token\.py: defines 0 of Layer, not one"):
        class_of("tui_dl.kernels.layers", "by_token", Kernel)
