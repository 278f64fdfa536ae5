"""A run has the same sign on its own screen, in lists, among variants and in the course."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker, experiment
from tui_dl.drawing.run_list import rows_of
from tui_dl.drawing.run_sign import DIAGNOSED, SIGNS
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.variants import draw_variants
from tui_dl.runs.entries import entries
from tui_dl.runs.of_preset import results
from tui_dl.runs.traces import Traces
from tui_dl.runs.view_follower import RunFollower
from tui_dl.ui.panels.preset_marks import BEGUN, DONE, mark_of
from tui_dl.ui.panels.run.status import first_row
from tui_dl.ui.preset_reader import PresetFacts
from tui_dl.ui.screens.help import READING

NAME = "first-network"
ENDS = {
    "good": ("finished", "✔", "good"),
    "better": ("finished", "✔", "good"),
    "no better": ("finished", "✔", "plain"),
    "diagnosed": ("finished", "▲", "warn"),
    "stopped": ("stopped", "■", "dim"),
}


def sign_in(row: StyledLine, sign: str) -> str:
    """The style of the first piece that begins with a sign."""
    return next((style for text, style in row if text[:1] == sign), "none has it")


@pytest.mark.parametrize("end", ENDS)
def test_a_run_has_one_sign(end: str, tmp_path: Path) -> None:
    reason, sign, style = ENDS[end]
    worker = Worker(tmp_path, NAME).start().train(3)
    if end == "diagnosed":
        worker.diagnose()
    if end in ("better", "no better"):
        worker.compare(0.97 if end == "better" else 0.9)
    run = worker.end(reason, best=3).run
    view = RunFollower(run).poll(40)
    assert view
    assert sign_in(first_row(view, "", 80), sign) == style
    (row,) = rows_of(entries(tmp_path), 80, 0.0, (), None)
    assert sign_in(row, sign) == style
    rows = draw_variants(Traces({"one": run}).update(), None, "accuracy", 80, 2)
    assert sign_in(rows[1], sign) == style
    preset = experiment(NAME, [])
    tick, note = mark_of(PresetFacts(preset, results=tuple(results([run], preset))))
    assert tick == ("✔", f"$style-{style}")
    assert note[0] == ("98.5 %" if sign == "✔" else f"98.5 % {sign}")


@pytest.mark.parametrize("reason", ["finished", "stopped"])
def test_only_a_run_that_finished_says_how_long_a_preset_takes(reason: str, tmp_path: Path) -> None:
    run = Worker(tmp_path, NAME).start().train(3).end(reason, best=3).run
    preset = experiment(NAME, [])
    facts = PresetFacts(preset, results=tuple(results([run], preset)))
    assert (facts.seconds is not None) == (reason == "finished")


def test_a_preset_that_is_begun_has_a_mark_of_its_own_and_help_explains_them_all() -> None:
    of_runs = {sign for sign, _ in SIGNS.values()}
    assert BEGUN not in of_runs
    (marks,) = (signs.split() for signs, says in READING if says.startswith("presets"))
    assert marks == [DONE, BEGUN, SIGNS["running"][0]]
    (signs,) = (signs for signs, says in READING if says.startswith("runs"))
    ends = SIGNS["finished"], DIAGNOSED, SIGNS["stopped"], SIGNS["failed"]
    assert list(signs) == [sign for sign, _ in ends]


def test_a_summary_that_does_not_know_the_baselines_is_made_again(tmp_path: Path) -> None:
    worker = Worker(tmp_path, NAME).start().train(3).compare(0.9).end("finished", best=3)
    assert entries(tmp_path)[0].listed.is_better is False
    file = worker.run.path / "summary.json"
    file.write_text(file.read_text().replace('"is_better":false,', ""))
    assert entries(tmp_path)[0].listed.is_better is False
