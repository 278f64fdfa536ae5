"""One worker a run, also where its lock's file is deleted, replaced, or cannot be locked."""

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fake_run import run_folder
from tui_dl.runs import lock
from tui_dl.runs.status import State
from tui_dl.support.errors import UserError


@contextmanager
def locked_by_another(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_a_lock_that_is_deleted_is_held_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "worker.lock"
    with lock.Keeper(path, lock.hold(path)) as keeper:
        path.unlink()
        assert lock.is_held(path)
        with pytest.raises(BlockingIOError):
            lock.hold(path)
        path.unlink()
        keeper.look_after()
        inode = path.stat().st_ino
        keeper.look_after()
        assert path.stat().st_ino == inode
        with pytest.raises(BlockingIOError), path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert not lock.is_held(path)


def test_whose_lock_another_holds_must_end(tmp_path: Path) -> None:
    path = tmp_path / "worker.lock"
    with lock.Keeper(path, lock.hold(path)) as keeper:
        path.unlink()
        with locked_by_another(path), pytest.raises(lock.TakenError, match="another worker"):
            keeper.look_after()
        keeper.look_after()
        path.unlink()
        with pytest.raises(lock.TakenError):
            lock.Keeper(path, os.open(path, os.O_CREAT))


def test_who_only_looks_keeps_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "worker.lock"
    path.touch()
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            lock.is_held(path)

    lookers = [threading.Thread(target=look) for _ in range(3)]
    for looker in lookers:
        looker.start()
    try:
        for _ in range(100):
            with lock.Keeper(path, lock.hold(path)) as keeper:
                path.unlink()
                keeper.look_after()
    finally:
        over.set()
        for looker in lookers:
            looker.join()


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_file_system_without_locks(
    number: int, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_folder(home)
    run.lock.touch()

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    says = f"{run.lock}: locks do not work on this file system: {os.strerror(number)}"
    with pytest.raises(UserError, match="choose another folder with --runs") as refused:
        lock.hold(run.lock)
    assert str(refused.value).startswith(says)
    state = State(run)
    assert str(state.failure).startswith(f"whether its worker is alive cannot be found out: {says}")


def test_a_file_system_that_locks_no_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock, path = fcntl.flock, tmp_path / "worker.lock"

    def only_files(handle: int, how: int) -> None:
        if os.path.samestat(os.fstat(handle), tmp_path.stat()):
            raise OSError(errno.EBADF, "no folders")
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", only_files)
    with lock.Keeper(path, lock.hold(path)) as keeper:
        keeper.look_after()
        assert lock.is_held(path)
    assert not lock.is_held(path)


def test_what_may_not_be_opened_is_no_obstacle(home: Path) -> None:
    """As another user's run, or a lock that is a link to itself."""
    run = run_folder(home)
    run.lock.symlink_to(run.lock)
    assert lock.obstacle(run.lock) is None
    assert str(State(run).failure).startswith("the worker was killed")


def test_a_pipe_or_a_folder_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "worker.lock"
    os.mkfifo(path)
    assert not lock.is_held(path)
    path.unlink()
    path.mkdir()
    assert not lock.is_held(path)
    with pytest.raises(OSError, match="it is a folder, not a file"):
        lock.hold(path)
