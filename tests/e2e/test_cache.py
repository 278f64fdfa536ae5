"""A cache of kernels that is damaged, full, or open to others does not stop a training."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.e2e.conftest import the_run
from tests.shell import tui_dl
from tui_dl.kernels.core.cache import fingerprint
from tui_dl.protocol.events import Compiling
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.support.kernel_cache import cache_home

SHORT = ["train", "first-network", "--headless", "--threads", "1", "--set", "train.epochs=2"]
WARM_UP = ["warmup", "first-network"]
ANEW = "damaged kernels in the cache were compiled anew: "


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with all that these trainings need, as nobody has damaged it."""
    folder = tmp_path_factory.mktemp("cache")
    tui_dl(*WARM_UP)
    name = f"kernels-{fingerprint()}"  # others in the same home are of older kernels
    shutil.copytree(cache_home() / name, folder / name)
    return folder


@pytest.fixture
def cache(warm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that may be damaged, in use."""
    folder = tmp_path / "cache"
    shutil.copytree(warm, folder)
    monkeypatch.setenv("TUI_DL_CACHE", str(folder))
    return folder


def damage(path: Path, number: int) -> None:
    """Do one of the things that power cuts and people do, the `number`-th."""
    content = path.read_bytes()
    path.unlink()
    lengths = [0, 1, 31, 32, 33, len(content) // 2, len(content) - 1]
    if number % 9 < len(lengths):
        path.write_bytes(content[: lengths[number % 9]])
    elif number % 9 == len(lengths):
        path.write_bytes(os.urandom(len(content)))
    else:
        path.mkdir()


def the_same(home: Path) -> list[State]:
    """All runs, each of which has ended with the same numbers."""
    states = [State(run) for run in all_runs(home)]
    assert {state.status for state in states} == {"finished"}
    assert len({state.epochs[-1].train_loss for state in states}) == 1
    return states


def compiled(state: State) -> int:
    return sum(isinstance(event, Compiling) for event in state.events)


def test_every_file_damaged_in_one_way_or_another(cache: Path, home: Path) -> None:
    assert tui_dl(*SHORT).returncode == 0
    for number, path in enumerate(sorted(cache.glob("kernels-*/*"))):
        if path.is_file():
            damage(path, number)
    done = tui_dl(*SHORT)
    again = tui_dl(*SHORT)
    assert (done.returncode, done.stderr) == (again.returncode, again.stderr) == (0, "")
    second, first, before = the_same(home)
    assert (compiled(before), compiled(second)) == (0, 0)
    assert done.stdout.count(f"{ANEW}{compiled(first)}\n") == 1
    assert compiled(first) > 10
    assert ANEW not in again.stdout


def test_two_at_once_share_what_is_damaged(cache: Path, home: Path) -> None:
    for path in cache.glob("kernels-*/*.kernel"):
        path.write_bytes(b"")
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: tui_dl(*SHORT), range(2)))
    assert [it.returncode for it in done] == [0, 0]
    both = the_same(home)
    names = [e.kernel for state in both for e in state.events if isinstance(e, Compiling)]
    assert len(names) == len(set(names)) > 10


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache on a file system of its own that holds a kernel or two."""
    folder = tmp_path / "full"
    folder.mkdir(mode=0o700)
    options = "size=100k,mode=0700"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small file system")
    monkeypatch.setenv("TUI_DL_CACHE", str(folder))
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_there_is_said_and_nothing_else(full: Path, home: Path) -> None:
    says = "compiled kernels cannot be kept: No space left on device: make room"
    done = tui_dl(*SHORT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(says) == 1
    assert compiled(State(the_run(home))) > 10
    assert not list(full.glob("kernels-*/*.new"))
    told = tui_dl(*WARM_UP)
    assert told.returncode == 2
    elsewhere = "set TUI_DL_CACHE to another folder"
    assert told.stderr.splitlines()[-1] == f"tui-dl: {full}: {says}: {elsewhere}"


def test_a_cache_that_others_may_write_is_refused(cache: Path, home: Path) -> None:
    (folder,) = cache.glob("kernels-*")
    trace = cache.parent / "trace"
    for path in folder.glob("*.kernel"):
        path.write_bytes(b"cposix\nsystem\n(S'touch %s'\ntR." % bytes(trace))
    folder.chmod(0o777)
    files = {path: path.read_bytes() for path in folder.glob("*.kernel")}
    done = tui_dl(*SHORT, "--json")
    assert done.returncode == 0
    says = f"others may write {folder}, which `chmod go-w {folder}` ends: every run compiles anew"
    line = f"{cache}: compiled kernels cannot be kept: {says}: set TUI_DL_CACHE to a folder"
    assert done.stderr == f"tui-dl: {line}\n"
    assert compiled(State(the_run(home))) > 10
    assert files == {path: path.read_bytes() for path in folder.glob("*.kernel")}
    told = json.loads(tui_dl("doctor", "--json").stdout)
    assert {"what": "kernel cache", "ok": False, "says": line} in told
    warmed = tui_dl(*WARM_UP)
    assert (warmed.returncode, warmed.stderr.count("\n")) == (2, 1)
    assert not trace.exists()


@pytest.mark.slow
@pytest.mark.parametrize("preset", ["lenet5", "translate-dates", "convnet"])
def test_what_compiles_is_not_loaded_where_kernels_are_found(preset: str) -> None:
    """It takes a third of a second; an array method in a kernel would bring it back."""
    tui_dl("warmup", preset)
    done = subprocess.run([sys.executable, "-c", LOADS, preset], capture_output=True, text=True)
    assert done.stdout == "loaded\n", done.stderr


LOADS = """
import sys
from tui_dl.kernels.core.cache import STORE
from tui_dl.kernels.core.jit import compile_kernel
from tui_dl.process import warm_up
for kernel in warm_up.distinct(warm_up._kernels(sys.argv[1])):
    compile_kernel(kernel)
    if found := {"numba.np.arrayobj", "scipy.linalg"} & set(sys.modules):
        print(kernel.py_func.__name__, found)
        break
else:
    print("loaded" if not STORE.damaged else "damaged")
"""
