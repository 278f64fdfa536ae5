"""steps.bin: whole records only, mapped not read; and no spike is lost on its way to a chart."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_run import FIELDS, records
from tui_dl.runs.reduce import reduce_min_max
from tui_dl.runs.single_step import newest, record_size
from tui_dl.runs.step_log import StepLog, read_part, read_steps, record_type


def test_records_come_back(tmp_path: Path) -> None:
    path = tmp_path / "steps.bin"
    assert len(read_steps(path, FIELDS)) == 0
    log = StepLog(path)
    log.append(records(7)[:4])
    log.append(records(7)[4:])
    log.close()
    np.testing.assert_array_equal(read_steps(path, FIELDS), records(7))


def test_a_torn_record_is_not_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "steps.bin"
    whole = records(3).tobytes()
    size = record_type(FIELDS).itemsize
    for end in range(len(whole) + 1):
        path.write_bytes(whole[:end])
        np.testing.assert_array_equal(read_steps(path, FIELDS), records(3)[: end // size])


def test_the_newest_record_needs_no_numpy(tmp_path: Path) -> None:
    path = tmp_path / "steps.bin"
    assert record_size(FIELDS) == record_type(FIELDS).itemsize
    assert newest(path, FIELDS) is None
    path.write_bytes(records(7).tobytes()[:-1])
    last = records(7)[5]
    single = {name: last[name] for name, _, shape in FIELDS if not shape}
    assert newest(path, FIELDS) == single


def test_a_long_history_is_mapped_not_read(tmp_path: Path) -> None:
    path = tmp_path / "steps.bin"
    path.write_bytes(records(50_000).tobytes())
    assert isinstance(read_steps(path, FIELDS), np.memmap)


numbers = st.floats(-1e6, 1e6) | st.sampled_from([float("nan"), float("inf"), -float("inf")])


@given(st.lists(numbers, max_size=300), st.integers(1, 40))
def test_reducing_keeps_ends_and_extremes(values: list[float], columns: int) -> None:
    y = np.array(values)
    x = np.arange(len(y), dtype=float)
    few_x, few_y = reduce_min_max(x, y, columns)
    finite = np.isfinite(y)
    assert len(few_y) <= 2 * columns + 2
    np.testing.assert_array_equal(y[few_x.astype(int)], few_y)
    assert (np.diff(few_x) > 0).all()
    if finite.any():
        kept = y[finite]
        assert (few_y.min(), few_y.max()) == (kept.min(), kept.max())
        assert (few_y[0], few_y[-1]) == (kept[0], kept[-1])


def test_one_spike_in_a_million_stays() -> None:
    y = np.ones(1_000_000)
    y[123_456] = 50.0
    x, reduced = reduce_min_max(np.arange(len(y), dtype=float), y, 200)
    assert reduced.max() == 50.0
    assert 123_456 in x


def test_records_that_cannot_be_read_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "steps.bin"
    path.write_bytes(records(7).tobytes())
    np.testing.assert_array_equal(read_part(path, FIELDS, 2, 5), records(7)[2:5])

    def refuse(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "pread", refuse)
    assert len(read_part(path, FIELDS, 2, 5)) == 0
