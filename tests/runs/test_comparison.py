"""What is said of a network beside its baselines, in every place that shows a run."""

import json
from pathlib import Path

import pytest

from tests.fake_run import finished_run
from tests.shell import tui_dl
from tui_dl.cli.progress_lines import describe
from tui_dl.drawing.event_list import baselines_line
from tui_dl.protocol.events import Baseline, BaselinesEvaluated
from tui_dl.runs.comparison import Comparison
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.status import State
from tui_dl.runs.view_follower import RunFollower


def evaluated(
    network: float | None,
    linear: float | None,
    constant: float | None,
    metric: str = "accuracy",
    samples: int = 100,
) -> BaselinesEvaluated:
    return BaselinesEvaluated(
        split="test",
        metric=metric,
        network=network,
        linear=Baseline(metrics={metric: linear}, samples=samples),
        constant=Baseline(metrics={metric: constant}, samples=100),
    )


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (evaluated(0.97, 0.91, 0.35), "6.0 points better than a linear model"),
        (evaluated(0.91, 0.91, 0.35), "no better than a linear model"),
        (evaluated(0.90999, 0.91, 0.35), "no better than a linear model"),
        (
            evaluated(0.97, 0.91, 0.35, samples=90),
            "6.0 points better than a linear model of 90 samples",
        ),
        (evaluated(0.4, 0.91, 0.35), "51.0 points worse than a linear model"),
        (evaluated(0.35, 0.3, 0.35), "no better than always the largest class"),
        (evaluated(0.5, 0.3, 0.0, "r2"), "0.200 better than a linear model"),
        (evaluated(-0.2, 0.3, 0.0, "r2"), "0.200 worse than always the mean"),
        (evaluated(None, 0.3, 0.0, "r2"), ""),
        (evaluated(0.5, None, 0.0, "r2"), ""),
    ],
)
def test_a_verdict_is_plain(event: BaselinesEvaluated, says: str) -> None:
    comparison = Comparison(event)
    assert comparison.verdict == says
    is_worse = "no better" in says or "worse" in says
    assert comparison.is_better == (not is_worse and comparison.network is not None)


def test_of_a_loss_lower_is_better() -> None:
    def by_loss(network: float) -> Comparison:
        counts, shares = (Baseline(metrics={"loss": it}, samples=9) for it in (1.8, 2.9))
        others = {"order_2_counts": counts}
        return Comparison(
            BaselinesEvaluated(
                split="test", metric="loss", network=network, constant=shares, others=others
            )
        )

    good = by_loss(1.4)
    assert baselines_line(good) == "test loss 1.400 · order 2 counts 1.800 · frequencies 2.900"
    assert good.verdict == "0.400 better than order 2 counts"
    assert good.to_builtins()["order_2_counts"] == {"metrics": {"loss": 1.8}, "samples": 9}
    assert by_loss(1.9).verdict == "0.100 worse than order 2 counts"
    assert by_loss(3.0).verdict == "0.100 worse than always the frequencies"
    assert [by_loss(it).is_better for it in (1.4, 1.9, 3.0)] == [True, False, False]


def test_its_line_says_of_how_many_samples_a_part_is() -> None:
    line = baselines_line(Comparison(evaluated(0.97, 0.91, 0.35, samples=90)))
    assert line == "test accuracy 97.0 % · linear (of 90 samples) 91.0 % · majority 35.0 %"
    line = baselines_line(Comparison(evaluated(None, 0.5, -0.1, "r2", samples=90)))
    assert line == "test r2 – · linear (of 90 samples) 0.500 · mean -0.100"


def test_a_metric_of_a_later_version_is_shown_all_the_same() -> None:
    line = baselines_line(Comparison(evaluated(0.97, 0.9, 0.3, "later")))
    assert "test later 97.0 %" in line


def test_every_place_shows_it(home: Path) -> None:
    run = finished_run(home)
    event = evaluated(0.97, 0.91, 0.35, samples=90)
    log = EventLog(run.events)
    log.append(event)
    log.close()
    shown = tui_dl("show", "last").stdout
    assert "baselines   test accuracy 97.0 % · linear" in shown
    assert (
        "\n            the network is 6.0 points better than a linear model of 90 samples\n"
        in shown
    )
    found = json.loads(tui_dl("show", "last", "--json").stdout)["baselines"]
    assert found["better_by"] == pytest.approx(0.06)
    assert found["linear"] == {"metrics": {"accuracy": 0.91}, "samples": 90}
    line = describe(event, State(run))
    assert line == (
        "test accuracy 97.0 % · linear (of 90 samples) 91.0 % · majority 35.0 %\n"
        "  the network is 6.0 points better than a linear model of 90 samples"
    )
    view = RunFollower(run).poll(40)
    assert view
    assert view.comparison
    assert view.comparison.is_better


def test_an_older_run_shows_none(home: Path) -> None:
    finished_run(home)
    shown = tui_dl("show", "last")
    assert shown.returncode == 0
    assert "\nbaselines" not in shown.stdout
    assert json.loads(tui_dl("show", "last", "--json").stdout)["baselines"] is None
