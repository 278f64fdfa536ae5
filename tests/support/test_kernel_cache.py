"""A folder of kernels is used only if no other user can write to it."""

import os
from pathlib import Path

import pytest

from tui_dl.support.kernel_cache import objection, trusted_home
from tui_dl.support.private_files import exposure, make_folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of kernels that is all right, two folders deep."""
    folder = tmp_path / "parent" / "cache"
    make_folder(folder / "kernels-0123456789abcdef")
    monkeypatch.setenv("TUI_DL_CACHE", str(folder))
    assert objection() is None
    assert trusted_home() == folder
    return folder


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o720, 0o777])
@pytest.mark.parametrize("place", ["", "..", "kernels-0123456789abcdef"])
def test_what_others_may_write(place: str, mode: int, cache: Path) -> None:
    folder = Path(os.path.normpath(cache / place))
    folder.chmod(mode)
    says = f"others may write {folder}, which `chmod go-w {folder}` ends: every run compiles anew"
    assert str(objection()).startswith(f"{cache}: compiled kernels cannot be kept: {says}")
    assert trusted_home() is None
    os.system(f"chmod go-w {folder}")
    assert objection() is None


@pytest.mark.parametrize("place", ["", "..", "kernels-0123456789abcdef"])
def test_what_is_another_users(place: str, cache: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give a folder away")
    folder = Path(os.path.normpath(cache / place))
    os.chown(folder, 12_345, -1)
    assert f"{folder} is another user's" in str(objection())


def test_in_a_folder_such_as_tmp_nobody_renames_what_is_anothers(cache: Path) -> None:
    cache.parent.chmod(0o1777)
    assert objection() is None


def test_links_are_followed_and_what_they_pass_is_looked_at(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between = tmp_path / "between"
    between.mkdir(mode=0o700)
    (between / "link").symlink_to("../parent")
    (tmp_path / "link").symlink_to("between/link/cache")
    monkeypatch.setenv("TUI_DL_CACHE", str(tmp_path / "link"))
    assert objection() is None
    between.chmod(0o777)
    assert f"others may write {tmp_path}" in str(objection())
    assert "between, which" in str(objection())
    between.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(tmp_path / "link", 12_345, -1, follow_symlinks=False)
        assert f"{tmp_path / 'link'} is another user's" in str(objection())


def test_a_link_that_leads_nowhere_or_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "link"
    for target, says in (("link", "Too many levels"), ("nowhere", "No such file")):
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        monkeypatch.setenv("TUI_DL_CACHE", str(link))
        assert says in str(objection())
        assert trusted_home() is None


def test_a_folder_that_is_not_there_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_DL_CACHE", str(tmp_path / "a" / "b" / "c"))
    before = os.umask(0)
    try:
        assert objection() is None
        home = trusted_home()
    finally:
        os.umask(before)
    assert home
    assert exposure(home) is None
    assert [it.stat().st_mode & 0o777 for it in (home, *home.parents[:2])] == [0o700] * 3
