"""A kernel that fails inside a call table is an error with its name, on any thread; none hangs."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_dl.engine.threads import pool as pools
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.kernels.core import calling_convention, program
from tui_dl.kernels.core.jit import Ints, kernel
from tui_dl.kernels.core.kernel_error import KernelError
from tui_dl.kernels.core.program import BARRIER, Call, Program
from tui_dl.kernels.core.run_table import run_main
from tui_dl.support.errors import UserError


@kernel("void(i8[::1], i8)")
def count_up(counts: Ints, index: int) -> None:
    counts[index] += 1


@kernel("void(i8[::1])")
def break_down(limit: Ints) -> None:
    if limit[0] < 5:
        raise ValueError("the limit is under five")
    limit[0] = 0


@kernel("void(i8[::1])")
def break_with_figures(limit: Ints) -> None:
    if limit[0] < 5:
        raise IndexError("the limit is", limit[0])


@kernel("void(i8[::1])")
def stop_short(limit: Ints) -> None:
    if limit[0] < 5:
        raise StopIteration


@kernel("i8(i8[::1], i8)")
def run_without_status(control: Ints, threads: int) -> int:
    run_main(control, threads)
    return 0


def phases(threads: int, counts: Ints, broken: int | None, failing: Call) -> list[list[list[Call]]]:
    """Three phases of counting; thread `broken` fails in the second, before its barrier there."""

    def calls(phase: int, thread: int) -> list[Call]:
        up = partial(count_up, counts, 3 * thread + phase)
        if phase != 1:
            return [up]
        return [failing, up, BARRIER, up] if thread == broken else [up, BARRIER, up]

    return [[calls(phase, thread) for thread in range(threads)] for phase in range(3)]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("threads", "broken"), [(1, 0), (2, 0), (2, 1), (3, 1)])
def test_the_error_names_the_kernel_and_the_pool_works_on(threads: int, broken: int) -> None:
    limit = np.zeros(1, np.int64)
    failing = partial(break_down, limit)
    with ThreadPool(threads) as pool:
        for _ in range(20):
            counts = np.zeros(3 * threads, np.int64)
            bad = Program(phases(threads, counts, broken, failing))
            with pytest.raises(KernelError) as error:
                pool.run(bad)
            assert str(error.value) == (
                "the kernel break_down failed: ValueError: the limit is under five"
            )
            by_thread = counts.reshape(threads, 3)
            assert by_thread[broken].tolist() == [1, 0, 0]  # nothing after the call that failed
            others = np.delete(by_thread, broken, axis=0)
            assert (others[:, 0] == 1).all()
            assert (others[:, 1] <= 1).all()  # nothing after the next barrier
            assert (others[:, 2] == 0).all()
            counts[:] = 0
            pool.run(Program(phases(threads, counts, None, failing)))
            assert (by_thread == [1, 2, 1]).all()


@pytest.mark.timeout(60)
def test_all_threads_may_fail_at_once() -> None:
    limit = np.zeros(1, np.int64)
    both: Any = [[[partial(break_with_figures, limit)], [partial(break_down, limit)]]]
    with ThreadPool(2) as pool:
        for _ in range(50):
            with pytest.raises(KernelError, match="break_with_figures failed: IndexError"):
                pool.run(Program(both))


@pytest.mark.timeout(60)
def test_a_kernel_that_raises_without_a_message_is_named_with_the_exception() -> None:
    limit = np.zeros(1, np.int64)
    with ThreadPool(1) as pool, pytest.raises(KernelError, match="stop_short failed: StopIter"):
        pool.run(Program([[[BARRIER, partial(stop_short, limit)]]]))


@pytest.mark.timeout(60)
def test_the_tuner_raises_it_too() -> None:
    limit = np.zeros(1, np.int64)
    with ThreadTuner(2) as tuner:
        for _ in range(3):
            counts = np.zeros(3 * tuner.threads, np.int64)
            bad = phases(tuner.threads, counts, 0, partial(break_down, limit))
            with pytest.raises(KernelError, match="break_down"):
                tuner.run(Program(bad))


def test_this_version_of_numba_calls_kernels_as_tables_do() -> None:
    assert calling_convention.mismatch.__wrapped__() is None


@pytest.mark.parametrize("wrong", ["order", "address", "shape", "status"])
def test_another_calling_convention_is_noticed(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = program._argument

    def another(value: Any, kind: Any) -> list[int]:
        words = right(value, kind)
        if len(words) == 9:  # the array of two dimensions
            match wrong:
                case "order":  # the address before the sizes
                    words[2:5] = words[4], words[2], words[3]
                case "address":
                    words.pop(0)
                case "shape":
                    words[5:7] = words[6], words[5]
        return words

    monkeypatch.setattr(program, "_argument", another)
    if wrong == "status":
        monkeypatch.setattr(calling_convention, "run_main", run_without_status)
    line = calling_convention.mismatch.__wrapped__()
    assert line is not None
    assert "numba" in line
    assert "install numba>=0.62,<0.69" in line


def test_the_user_is_told_to_install_another_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "mismatch", lambda: "numba 7 is unknown: install numba 6")
    with ThreadPool(1) as pool, pytest.raises(UserError, match="numba 7 is unknown"):
        pool.run(Program([[[]]]))


def test_the_versions_of_numba_are_those_of_the_package() -> None:
    declared = (Path(__file__).parents[2] / "pyproject.toml").read_text()
    assert f'"{calling_convention.SUPPORTED}"' in declared
