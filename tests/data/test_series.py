"""Windows of a series are split by time and scaled by the training part; files are read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.series import encode, encode_file, generated, in_units
from tui_dl.process.read_experiment import read
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.series import Series
from tui_dl.support.errors import UserError

SMALL = Series(values=100, past=6, horizon=2, season_=3)


def test_each_target_comes_right_after_its_past_and_in_its_own_part() -> None:
    dataset, values = data.load(SMALL, 2), generated(SMALL, 2)
    mean, deviation = values[:70].mean(), values[:70].std()
    scaled = ((values - mean) / deviation).astype(np.float32)
    for samples, first, last in (
        (dataset.train, 6, 70), (dataset.validation, 70, 85), (dataset.test, 85, 100),
    ):  # fmt: skip
        assert len(samples) == last - first - 1
        for row, (past, target) in enumerate(zip(samples.inputs, samples.targets, strict=True)):
            at = first + row
            np.testing.assert_allclose(past, scaled[at - 6 : at], rtol=1e-6)
            np.testing.assert_allclose(target, scaled[at : at + 2], rtol=1e-6)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (Series(past=6, season_=7), "of 7 values is longer than data.past, 6"),
        (Series(values=100, past=90), "leave no window"),
        (Series(values=100, horizon=20), "leave no window"),
    ],
)
def test_what_does_not_fit_is_refused(source: Series, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        source.check(source.inspect())


def written(folder: Path, text: str, name: str = "it.csv") -> Series:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Series(path=str(path), past=4, horizon=1, season_=2)


ROWS = [f"2024-03-{day:02},{day * day % 17},x" for day in range(1, 31)]


def test_a_column_of_a_file_is_forecast_in_its_own_units(tmp_path: Path) -> None:
    source = written(tmp_path, "\n".join(["day,sold,note", *ROWS]))
    spec, _ = data.inspect(source, 0)
    assert (spec.target_name, spec.splits, spec.input.shape) == ("sold", (18, 4, 4), (4, 1))
    numbers = np.array([day * day % 17 for day in range(1, 31)])
    assert (spec.target_mean, spec.target_unit) == pytest.approx(
        (numbers[:22].mean(), numbers[:22].std())
    )
    dataset = data.load(source, 0, spec)
    np.testing.assert_allclose(in_units(spec, dataset.test.targets[:, 0]), numbers[26:], atol=1e-5)
    typed = encode(source, spec, 0, [" ".join(map(str, numbers[21:29])), "1, 2, 3, 4"])
    np.testing.assert_array_equal(typed.inputs[0], dataset.test.inputs[-1])
    np.testing.assert_allclose(in_units(spec, typed.inputs[1]), [1, 2, 3, 4], atol=1e-5)
    last = encode_file(source, spec, 0, tmp_path / "it.csv")
    np.testing.assert_allclose(in_units(spec, last.inputs[0]), numbers[-4:], atol=1e-5)
    (tmp_path / "it.csv").write_text("day,sold,note\n" + "\n".join(ROWS[1:]), encoding="utf-8")
    with pytest.raises(UserError, match="not the one that the run began with"):
        data.load(source, 0, spec)


def test_what_is_missing_is_filled_in_and_said(tmp_path: Path) -> None:
    rows = [*ROWS[:4], "2024-03-05,,x", *ROWS[5:]]
    source = written(tmp_path, "\n".join(["day,sold,note", *rows]))
    spec, _ = data.inspect(source, 0)
    assert "1 missing value filled in between its neighbours, the first in line 6" in spec.notes
    values = in_units(spec, data.load(source, 0).train.inputs[4])
    assert values[0] == pytest.approx((16 + 36 % 17) / 2, abs=1e-4)


def test_how_the_file_is_read_can_be_said(tmp_path: Path) -> None:
    rows = [f"2024-03-{day:02};{day},5;x" for day in range(1, 31)]
    plain = written(tmp_path, "\n".join(["day;sold;note", *rows]))
    source = Series(path=plain.path, past=4, season_=2, horizon=1, delimiter=";", decimal=",")
    spec, _ = data.inspect(source, 0)
    assert in_units(spec, data.load(source, 0).train.inputs[0]) == pytest.approx(
        [1.5, 2.5, 3.5, 4.5], abs=1e-5
    )


def test_gaps_between_moments_are_said(tmp_path: Path) -> None:
    source = written(tmp_path, "\n".join(["day,sold,note", *ROWS[:9], *ROWS[12:]]))
    assert "1 gap in column 'day': rows count as evenly spaced" in data.inspect(source, 0)[0].notes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("a,b\nx,y\nz,w\n" * 9, "no column of numbers"),
        ("day,sold\n" + "\n".join(it[:-2] for it in [*ROWS[:3], ROWS[2], *ROWS[3:]]),
         "line 5: column 'day' is not later than in the row before"),
        ("sold\n" + "3\n" * 30, "all values to train on are 3: there is nothing to forecast"),
        ("n,sold\n" + "1,\n" * 9 + "1,2\n" * 21, "9 of 30 rows have no number"),
    ],
)  # fmt: skip
def test_files_that_are_no_series_are_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        data.inspect(written(tmp_path, text), 0)


def test_an_unknown_column_is_named(tmp_path: Path) -> None:
    source = written(tmp_path, "day,sold\n2024-01-01,3\n2024-01-02,4\n")
    path = source.path
    with pytest.raises(UserError, match="did you mean"):
        data.inspect(Series(path=path, column="solt"), 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [("1 2 3", "3 numbers: the network reads 4"), ("1 2 x 4", "'x' is no number"),
     ("", "is no number"), ("1 2 3 1e99", "'1e99' is no number")],
)  # fmt: skip
def test_lines_that_cannot_be_continued_are_refused(tmp_path: Path, text: str, says: str) -> None:
    source = written(tmp_path, "\n".join(["day,sold,note", *ROWS]))
    spec, _ = data.inspect(source, 0)
    with pytest.raises(ValueError, match=says):
        encode(source, spec, 0, [text])


def test_the_preset_takes_a_file(tmp_path: Path) -> None:
    source = written(tmp_path, "\n".join(["day,sold,note", *ROWS]))
    changes = [f"data.path={source.path}", "data.past=4", "data.season=2", "data.horizon=1"]
    experiment = read("forecast", [*changes, "network[1].units=1"])
    assert experiment.data_spec.target_name == "sold"
    assert experiment.data_spec.count == 26
