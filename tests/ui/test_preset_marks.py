"""What a preset's line and page say of its claims: nothing before they are tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker, experiment
from tests.ui.screens import Session, drive, eventually
from tui_dl import presets
from tui_dl.course.progress import Progress
from tui_dl.runs.folder import create
from tui_dl.runs.of_preset import results
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.preset_detail import says_of_claims
from tui_dl.ui.panels.preset_marks import mark_of
from tui_dl.ui.preset_reader import FactsRead, PresetFacts, PresetReader

NAME = "race"


def facts(home: Path, *ends: str, progress: Progress | None) -> PresetFacts:
    """Of a preset with claims, after runs that ended so, newest first."""
    preset = experiment(NAME, [])
    runs = [Worker(home / end, NAME).start().train(3).end(end, best=3).run for end in ends]
    return PresetFacts(preset, results=tuple(results(runs, preset)), progress=progress)


@pytest.mark.parametrize(
    ("progress", "sign"),
    [
        (None, " "),
        (Progress(2, 0, 0), " "),
        (Progress(2, 1, 1), "½"),
        (Progress(2, 2, 1), "½"),
        (Progress(2, 2, 2), "✔"),
    ],
)
def test_a_mark_says_what_was_tested(progress: Progress | None, sign: str, tmp_path: Path) -> None:
    tick, note = mark_of(facts(tmp_path, "finished", progress=progress))
    assert (tick[0], note[0]) == (sign, "98.5 %")


def test_a_run_that_was_stopped_does_not_hide_a_whole_one(tmp_path: Path) -> None:
    done = Progress(2, 2, 2)
    assert mark_of(facts(tmp_path, "stopped", "finished", progress=done))[1][0] == "98.5 %"
    assert (
        mark_of(facts(tmp_path / "alone", "stopped", progress=Progress(2, 0, 0)))[1][0]
        == "98.5 % ■"
    )


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress(2, 2, 1), "1 of 2 claims holds"),
        (Progress(2, 0, 0, frozenset({"", "fast"})), "No claim can be judged yet: that needs runs"),
        (Progress(2, 0, 0, frozenset({""})), "that needs a run of it as it is, to its end"),
        (
            Progress(2, 1, 1, frozenset({"fast"})),
            "; 1 more can be judged with runs of its variants",
        ),
    ],
)
def test_what_is_left_is_said_in_words(progress: Progress, words: str) -> None:
    assert words in says_of_claims(progress)


@pytest.fixture
def with_claims(monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """A course of presets that have claims."""
    names = ("overfitting", "race")
    monkeypatch.setattr(presets, "COURSE", names)
    return names


def test_what_one_preset_has_shown_is_not_said_of_another(
    with_claims: tuple[str, ...], tmp_path: Path
) -> None:
    for name in with_claims:
        create(tmp_path, name, experiment(name, ["train.seed=7"])).lock.touch()
    reader = PresetReader(tmp_path, with_claims)
    told: dict[str, PresetFacts] = {}
    while (message := reader._next()) is not None:
        if isinstance(message, FactsRead):
            told[message.name] = message.facts
    assert [*told] == [*with_claims]
    for it in told.values():
        assert it.experiment
        assert it.progress
        assert it.progress.claims == len(it.experiment.claim)


def test_what_older_runs_have_shown_is_not_said_with_a_new_one(
    with_claims: tuple[str, ...], tmp_path: Path
) -> None:
    name = with_claims[0]
    reader = PresetReader(tmp_path, [name])

    def told() -> list[bool]:
        """Of each message, whether it says what runs have shown."""
        reader.refresh()
        messages = iter(reader._next, None)
        return [it.facts.progress is not None for it in messages if isinstance(it, FactsRead)]

    assert told() == [False]
    Worker(tmp_path / "first", name).start().train(3).end("finished", best=3).run.path.rename(
        tmp_path / f"20270115-080001-{name}-ab13"
    )
    assert told() == [False, True]
    assert told() == [True, True]
    Worker(tmp_path, name).start().train(3).end("finished", best=3)
    assert told() == [False, True]


@pytest.mark.usefixtures("with_claims")
@pytest.mark.parametrize("patience", [None, 7])
def test_a_changed_run_does_not_give_the_answer_away(patience: int | None, tmp_path: Path) -> None:
    Worker(tmp_path, "overfitting", patience=patience).start().train(3).end("finished", best=3)

    async def look(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, "Before you look" if patience else "What you will see")

    drive(tmp_path, None, look)
