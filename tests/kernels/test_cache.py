"""Compiled kernels are kept whole, or compiled anew: no file in their folder can fail a run."""

import os
import pickle
import shutil
import socket
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_dl.kernels.core.cache import DIGEST, Store
from tui_dl.support.private_files import make_folder

NAME, VALUE = "a.kernel", {"code": bytes(range(256)) * 20}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store()
    made.keep_in(tmp_path)
    made.save(NAME, VALUE)
    assert made.folder
    assert made.load(NAME) == VALUE
    return made


def path(store: Store) -> Path:
    assert store.folder
    return store.folder / NAME


LENGTH = DIGEST + len(pickle.dumps(VALUE))


@given(st.integers(0, LENGTH - 1), st.sampled_from(["cut", "flip", "zero", "more"]))
def test_one_byte_is_enough(tmp_path_factory: pytest.TempPathFactory, at: int, how: str) -> None:
    made = Store()
    made.keep_in(tmp_path_factory.mktemp("store"))
    made.save(NAME, VALUE)
    content = bytearray(path(made).read_bytes())
    at = min(at, len(content) - 1)
    changed = {
        "cut": content[:at],
        "flip": content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :],
        "zero": content[:at] + bytes(len(content) - at),
        "more": content + bytes(at + 1),
    }[how]
    path(made).write_bytes(changed)
    assert made.load(NAME) == (VALUE if changed == content else None)
    made.save(NAME, VALUE)
    assert made.load(NAME) == VALUE


def a_folder(path: Path) -> None:
    path.mkdir()
    (path / "in it").touch()


def a_link(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(pickle.dumps(VALUE))
    path.symlink_to(other)


def a_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path.name)
    os.chdir(here)


OTHER: list[Callable[[Path], None]] = [a_folder, a_link, a_socket, os.mkfifo, Path.touch]
OTHER += [lambda path: path.symlink_to(path), lambda path: path.symlink_to("/nowhere")]


@pytest.mark.parametrize("make", OTHER)
@pytest.mark.parametrize("place", [NAME, f"{NAME}.new", "lock.lock"])
def test_something_else_in_the_place_of_a_file(
    place: str, make: Callable[[Path], None], store: Store
) -> None:
    assert store.folder
    (store.folder / place).unlink(missing_ok=True)
    make(store.folder / place)
    with store.alone("lock") as ours:
        assert ours
        assert store.load(NAME) == (None if place == NAME else VALUE)
        store.save(NAME, VALUE)
    assert store.load(NAME) == VALUE
    assert store.error is None
    assert store.damaged == (place == NAME)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_may_write_is_not_read(mode: int, store: Store) -> None:
    path(store).chmod(mode)
    assert store.load(NAME) is None
    store.save(NAME, VALUE)
    assert path(store).stat().st_mode & 0o777 == 0o600
    assert store.load(NAME) == VALUE


def test_what_is_another_users_is_not_read(store: Store) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give a file away")
    os.chown(path(store), 12_345, -1)
    assert store.load(NAME) is None


def test_a_folder_that_is_gone_is_made_again(store: Store) -> None:
    assert store.folder
    shutil.rmtree(store.folder)
    assert store.load(NAME) is None
    assert store.damaged == 0
    store.save(NAME, VALUE)
    assert store.load(NAME) == VALUE


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_nothing_is_open_to_others(tmp_path: Path) -> None:
    home = tmp_path / "parent" / "home"
    make_folder(home)
    made = Store()
    made.keep_in(home)
    with made.alone("lock"):
        made.save(NAME, VALUE)
    made.put_marker("ready")
    found = [*(tmp_path / "parent").rglob("*"), tmp_path / "parent"]
    assert len(found) == 6
    assert not [it for it in found if it.stat().st_mode & 0o077]


def test_every_kernel_is_kept() -> None:
    from tui_dl import kernels
    from tui_dl.kernels.core.cache import KernelCache
    from tui_dl.kernels.core.jit import SIGNATURES

    for module in walk_packages(kernels.__path__, "tui_dl.kernels."):
        import_module(module.name)
    ours = [it for it in SIGNATURES if it.__module__.startswith("tui_dl.kernels.")]
    assert len(ours) > 60
    assert not [it.__qualname__ for it in ours if not isinstance(it._cache, KernelCache)]
