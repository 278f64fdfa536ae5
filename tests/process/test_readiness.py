"""Compiled kernels and the marker of a warm-up are not used once a source has changed."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tui_dl
from tui_dl.kernels.core import cache
from tui_dl.process import readiness

PACKAGE = Path(tui_dl.__file__).parent
LINKED = ("kernels", "presets")  # folders beside the package, with links to them in it
Hash = Callable[[], str]


@pytest.fixture(params=["links", "folders"])
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the package, with links as in the repository, or with folders as in a wheel."""
    links = request.param == "links"
    if links and not all((PACKAGE / name).is_symlink() for name in LINKED):
        pytest.skip("this package has no links")
    without = shutil.ignore_patterns("__pycache__")
    package = tmp_path / "tui_dl"
    shutil.copytree(PACKAGE, package, symlinks=links, ignore=without)
    for name in LINKED if links else ():
        shutil.copytree(PACKAGE.parent / name, tmp_path / name, ignore=without)
    return package


@pytest.fixture
def kernels_hash(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Hash:
    """The function that names the folder of compiled kernels, of the copy."""
    monkeypatch.setattr(cache, "__file__", str(copied / "kernels" / "core" / "cache.py"))
    function: Hash = cache.fingerprint.__wrapped__
    return function


@pytest.fixture
def marker(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Hash:
    """The function that names the marker of a complete warm-up, of the copy."""
    monkeypatch.setattr(readiness, "__file__", str(copied / "process" / "readiness.py"))
    return readiness.marker_name


def edited(folder: Path, pattern: str = "*.py") -> Iterator[Path]:
    """Yield each file of a folder and its subfolders while it is changed."""
    files = [path for path in sorted(folder.rglob(pattern)) if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        path.write_bytes(content + b"\n# changed\n")
        yield path
        path.write_bytes(content)


@pytest.mark.slow
def test_an_edited_kernel_changes_both_hashes(
    copied: Path, kernels_hash: Hash, marker: Hash
) -> None:
    before = kernels_hash(), marker()
    seen = {before}
    for path in edited((copied / "kernels").resolve()):
        after = kernels_hash(), marker()
        assert after[0] != before[0], path
        assert after[1] != before[1], path
        seen.add(after)
    assert len(seen) > 40
    assert (kernels_hash(), marker()) == before


@pytest.mark.parametrize(("folder", "pattern"), [("engine", "*.py"), ("presets", "*.toml")])
@pytest.mark.slow
def test_what_else_decides_which_kernels_are_needed_changes_the_marker(
    folder: str, pattern: str, copied: Path, kernels_hash: Hash, marker: Hash
) -> None:
    before = kernels_hash(), marker()
    for path in edited((copied / folder).resolve(), pattern):
        assert marker() != before[1], path
        assert kernels_hash() == before[0], path
    assert marker() == before[1]


def test_a_new_file_in_a_subfolder_changes_both_hashes(
    copied: Path, kernels_hash: Hash, marker: Hash
) -> None:
    before = kernels_hash(), marker()
    (copied / "kernels" / "layers" / "new.py").write_text("# a layer\n", encoding="utf-8")
    assert kernels_hash() != before[0]
    assert marker() != before[1]
