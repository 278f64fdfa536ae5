"""Runs side by side: what differs, by how much, and runs of several seeds as one."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fake_run import ended, epoch, experiment, started
from tui_dl.drawing.compared import best_sentence, difference, draw_compared, figure
from tui_dl.drawing.styled_text import length
from tui_dl.runs.entries import Entry
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import create
from tui_dl.runs.listing import listed
from tui_dl.runs.side_by_side import Result, side_by_side
from tui_dl.spec.compared_settings import Values
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.train.losses.classification import CrossEntropy
from tui_dl.spec.train.losses.regression import MeanSquaredError
from tui_dl.support.errors import UserError


def entry(
    home: Path, name: str, accuracy: float, base: Experiment | None = None, **train: object
) -> Entry:
    """A run that ended with an accuracy."""
    base = base or experiment()
    run = create(home, name, base.with_train(replace(base.train, **train)))
    log = EventLog(run.events)
    for event in (started(), epoch(1, 0.5, 1), ended(test_accuracy=accuracy)):
        log.append(event)
    log.close()
    return Entry(run, listed(run))


def test_only_what_differs_is_there(home: Path) -> None:
    long, short = entry(home, "long", 0.9, epochs=30), entry(home, "short", 0.85, epochs=20)
    compared = side_by_side([long, short])
    assert compared.settings == {"train.epochs": ("30", "20")}
    assert compared.results == {"test_accuracy": (Result(0.9, None), Result(0.85, None))}
    assert (compared.ranked_by, compared.best) == ("test_accuracy", 0)
    text = "\n".join("".join(it for it, _ in row) for row in draw_compared(compared, 80))
    assert "85.0 % (-5.0)" in text
    assert "best: 1, test accuracy 90.0 %, 5.0 points better than 2" in text


@pytest.mark.parametrize("width", [24, 40, 60])
def test_what_the_best_one_is_ahead_is_said_whole(width: int, home: Path) -> None:
    runs = [entry(home, "a", 0.9, epochs=30), entry(home, "b", 0.85, epochs=20)]
    rows = draw_compared(side_by_side(runs), width)
    said = [text for row in rows for text, style in row if style == "good"]
    assert " ".join(said) == "best: 1, test accuracy 90.0 %, 5.0 points better than 2"
    assert all(len(it) <= width for it in said)


def test_runs_that_differ_in_their_seed_only_are_one_column(home: Path) -> None:
    seeds = [entry(home, "few", value, epochs=30, seed=at) for at, value in enumerate((0.8, 0.9))]
    other = entry(home, "other", 0.7, epochs=20)
    compared = side_by_side([seeds[0], other, seeds[1]], baseline=other)
    names = [it.name for it in compared.columns]
    assert names == ["other", "few (2 seeds)"]
    assert "train.seed" not in compared.settings
    result = compared.results["test_accuracy"][1]
    assert result is not None
    assert result.mean == pytest.approx(0.85)
    assert result.spread == pytest.approx(0.0707, abs=1e-4)  # the sample standard deviation
    assert compared.best == 1


@pytest.mark.parametrize("width", [20, 60, 200])
def test_the_table_fits(width: int, home: Path) -> None:
    runs = [entry(home, f"run{at}", 0.1 * at, epochs=at + 1) for at in range(9)]
    rows = draw_compared(side_by_side(runs), width)
    text = ["".join(it for it, _ in row) for row in rows]
    assert all(len(it) <= width for it in text if it.startswith("test accuracy") and width > 20)
    heads = [it.split() for it in text if it.startswith("With the final weights")]
    shown = [it[4:] for it in heads]
    assert shown[0] + [place for it in shown[1:] for place in it if place != "1"] == [*"123456789"]
    assert (len(heads) > 1) == (width < 200)


def test_columns_below_others_stand_beside_the_baseline_and_show_what_differs(home: Path) -> None:
    long = "/a/long/way/to/the/table"
    paths = tuple(f"{long}-{at}.csv" for at in (1, 1, 1, 2))
    settings: dict[str, Values] = {"data.path": paths, "train.epochs": (*"5665",)}
    compared = side_by_side([entry(home, f"run{at}", 0.5, epochs=at + 1) for at in range(4)])
    columns = tuple(it._replace(settings=dict.fromkeys(settings, "")) for it in compared.columns)
    compared = compared._replace(columns=columns, settings=settings)
    text = ["".join(it for it, _ in row).split() for row in draw_compared(compared, 80)]
    start = text.index(["Settings", "that", "differ", "1", "2"])
    heads = [it for it in text[start:] if it[:1] == ["Settings"]]
    assert [it[3:] for it in heads] == [["1", "2"], ["1", "3"], ["1", "4"]]
    assert [it[0] for it in text[start:]] == [
        *("Settings", "train.epochs"), *("Settings", "train.epochs"), *("Settings", "data.path"),
    ]  # fmt: skip


def test_a_key_that_others_lack_differs_where_it_was_chosen(home: Path) -> None:
    usual = entry(home, "usual", 0.9)
    squared = entry(home, "squared", 0.9, loss=MeanSquaredError())
    smooth = entry(home, "smooth", 0.9, loss=CrossEntropy(label_smoothing=0.1))
    kinds = ("cross_entropy", "mean_squared_error")
    assert side_by_side([usual, squared]).settings == {"train.loss.kind": kinds}
    assert side_by_side([smooth, squared]).settings == {
        "train.loss.kind": kinds,
        "train.loss.label_smoothing": ("0.1", None),
    }


def network(layers: str) -> Experiment:
    rows = ", ".join(f"{{ kind = {it} }}" for it in layers.split("; "))
    return parse(f'title = "it"\ndata.source = "digits"\nnetwork = [{rows}]', "it.toml")


PLAIN = '"flatten"; "dense", units = 64; "relu"; "dense", units = 32; "relu"; "dense", units = 10'
DROPPED = PLAIN.replace('"relu"', '"relu"; "dropout", rate = 0.5')
DEEPER = PLAIN.replace('"dense", units = 32', '"dense", units = 48; "relu"; "dense", units = 32')
INNER = '"repeat", times = 2, layers = [{ kind = "dense", units = 9 }, { kind = "relu" }]'
INNER_DROPPED = INNER.replace("times = 2", "times = 3").replace("}]", '}, { kind = "dropout" }]')


@pytest.mark.parametrize(
    ("networks", "settings"),
    [
        ([PLAIN, DROPPED], {
            "added after relu_1": (None, "dropout rate=0.5"),
            "added after relu_2": (None, "dropout rate=0.5"),
        }),
        ([DROPPED, PLAIN], {
            "dropout_1": ("dropout rate=0.5", None), "dropout_2": ("dropout rate=0.5", None),
        }),
        ([PLAIN, DROPPED.replace("32", "16")], {
            "added after relu_1": (None, "dropout rate=0.5"),
            "dense_2.units": ("32", "16"),
            "added after relu_2": (None, "dropout rate=0.5"),
        }),
        ([PLAIN, PLAIN.replace('"relu"', '"tanh"'), f'"layer_norm"; {DROPPED}'], {
            "added before flatten_1": (None, None, "layer_norm epsilon=1e-05"),
            "relu_1.kind": ("relu", "tanh", "relu"),
            "added after relu_1": (None, None, "dropout rate=0.5"),
            "relu_2.kind": ("relu", "tanh", "relu"),
            "added after relu_2": (None, None, "dropout rate=0.5"),
        }),
        ([PLAIN, DEEPER], {"added after relu_1": (None, "dense units=48 + relu")}),
        ([PLAIN, f'"flatten"; {INNER}; "dense", units = 10'], {
            "added after flatten_1": (None, "repeat times=2: dense units=9, relu"),
            "dense_1": ("dense units=64", None), "relu_1": ("relu", None),
            "dense_2": ("dense units=32", None), "relu_2": ("relu", None),
        }),
        ([f'"flatten"; {it}; "dense", units = 10' for it in (INNER, INNER_DROPPED)], {
            "repeat_1.times": ("2", "3"), "added after relu_1": (None, "dropout rate=0.5"),
        }),
    ],
)  # fmt: skip
def test_networks_are_compared_as_a_diff_does(
    networks: list[str], settings: dict[str, Values], home: Path
) -> None:
    runs = [entry(home, f"run{at}", 0.5, network(it)) for at, it in enumerate(networks)]
    assert side_by_side(runs).settings == settings
    rows = ["".join(it for it, _ in row) for row in draw_compared(side_by_side(runs), 120)]
    keys = [row[:34].split("  ")[0] for row in rows[rows.index("") :] if row]
    assert len(keys) == len(set(keys))


def test_losses_of_different_kinds_are_not_compared(home: Path) -> None:
    runs = [entry(home, "usual", 0.9), entry(home, "squared", 0.8, loss=MeanSquaredError())]
    log = EventLog(runs[1].run.events)
    log.append(ended(test_accuracy=0.8, test_loss=0.1))
    log.close()
    compared = side_by_side([runs[0], Entry(runs[1].run, listed(runs[1].run))])
    rows = ["".join(it for it, _ in row) for row in draw_compared(compared, 80)]
    assert compared.best == 0  # by accuracy, which both have
    assert next(it for it in rows if it.startswith("test loss")).split()[2:] == ["0.6000", "0.1000"]
    assert "(-10.0)" in next(it for it in rows if it.startswith("test accuracy"))


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        ('data = { source = "moons" }', "they were not measured on the same samples"),
        ('data = { source = "digits", test = 0.3 }', "they were not measured on the same samples"),
        ('data = { source = "digits", validation = 0.3, batch_size = 8 }', ""),
        (
            'data.source = "digits"\ntrain.target = "input"\ntrain.loss = "mean_squared_error"',
            "they have no metric in common",
        ),
    ],
)
def test_runs_of_other_samples_are_not_ranked(toml: str, why: str, home: Path) -> None:
    units = 64 if "input" in toml else 2 if "moons" in toml else 10
    layers = f'network = [{{ kind = "flatten" }}, {{ kind = "dense", units = {units} }}]'
    other = parse(f'title = "other"\n{layers}\n{toml}', "other.toml")
    runs = [entry(home, "one", 0.9), entry(home, "other", 0.8, other)]
    compared = side_by_side(runs)
    assert compared.unranked == why
    assert (compared.best is None) == bool(why)
    text = "\n".join("".join(it for it, _ in row) for row in draw_compared(compared, 80))
    assert (f"not ranked: {why}" in text) == bool(why)
    assert ("80.0 % (-10.0)" in text) == (not why)


def test_that_seeds_differ_is_said(home: Path) -> None:
    runs = [entry(home, "one", 0.9, epochs=2), entry(home, "two", 0.8, epochs=3, seed=1)]
    assert best_sentence(side_by_side(runs)).endswith(
        " (their seeds differ), 10.0 points better than 2"
    )


@pytest.mark.parametrize("width", [40, 60])
def test_no_two_rows_are_cut_alike(width: int, home: Path) -> None:
    names = [f"lenet5 with a name that goes on and on, rate={rate}" for rate in ("0.01", "0.02")]
    runs = [entry(home, name, 0.5, epochs=at + 1) for at, name in enumerate(names)]
    keys = [f"network[0].initializer_of_the_kernel.{it}" for it in ("gain", "mode")]
    paths = tuple(f"/a/long/way/to/the/table-{at}.csv" for at in range(2))
    settings: dict[str, Values] = {**dict.fromkeys(keys, ("1", "2")), "data.path": paths}
    compared = side_by_side(runs)
    columns = tuple(it._replace(settings=dict.fromkeys(settings, "")) for it in compared.columns)
    compared = compared._replace(columns=columns, settings=settings)
    text = ["".join(it for it, _ in row) for row in draw_compared(compared, width)]
    assert {it[-9:] for it in text if "lenet5" in it} == {"rate=0.01", "rate=0.02"}
    assert [sum(f".{it} " in row for row in text) for it in ("gain", "mode")] in ([1, 1], [2, 2])
    assert all(any(f"table-{it}.csv" in row for row in text) for it in range(2))


@pytest.mark.parametrize("name", ["short", "a-long-name-" * 6, "긴이름" * 14])
@pytest.mark.parametrize("width", [24, 60, 80, 200])
def test_every_run_has_its_id(name: str, width: int, home: Path) -> None:
    runs = [entry(home, name, 0.1), entry(home, "other", 0.2, epochs=3)]
    rows = draw_compared(side_by_side(runs, baseline=runs[0]), width)
    for run, other in ((runs[0], runs[1]), (runs[1], None)):
        text = "\n".join("".join(it for it, _ in row) for row in rows)
        part = text.partition(other.run.id[-8:])[0] if other else text
        assert run.run.id[-8:] in part
    assert all(length(row) <= width for row in rows[:4])


def test_a_damaged_experiment_is_refused(home: Path) -> None:
    runs = [entry(home, "one", 0.1), entry(home, "two", 0.2, epochs=3)]
    runs[1].run.file.write_text("nonsense")
    runs[1].run.__dict__.pop("experiment", None)
    with pytest.raises(UserError, match="not a TOML file"):
        side_by_side(runs)


def test_errors_in_the_targets_units_have_their_digits() -> None:
    assert figure("test_rmse", 11_024.42) == "11,024"
    assert difference("test_rmse", -5_128.67) == "-5129"
