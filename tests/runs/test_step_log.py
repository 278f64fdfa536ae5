"""steps.bin: whole records only, mapped not read."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from tests.fake_run import FIELDS, records
from tui_dl.runs.step_log import StepLog, read_steps, record_type
from tui_dl.runs.step_values import newest, record_size, values


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


def test_records_that_cannot_be_read_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "steps.bin"
    path.write_bytes(records(7).tobytes())
    loss = records(7)["loss"]
    np.testing.assert_array_equal(values(path, FIELDS, "loss", 2, 5), loss[2:5])
    np.testing.assert_array_equal(values(path, FIELDS, "loss", 5, 1_000), loss[5:])

    def refuse(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "pread", refuse)
    assert values(path, FIELDS, "loss", 2, 5) == []
    assert values(tmp_path / "none", FIELDS, "loss", 2, 5) == []
