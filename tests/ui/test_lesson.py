"""A lesson asks before it answers, in English and in Korean."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests import fake_run
from tests.ui import fabricate
from tests.ui.fabricate import Worker, experiment
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl import presets
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import create
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import read
from tui_dl.spec.toml.variants import variants
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.preset_list import PresetList
from tui_dl.ui.panels.run.lesson import LessonPanel
from tui_dl.ui.screens.run import RunScreen

QUESTION = "Does the validation loss fall"
ANSWER = "Only at first"
KOREAN_QUESTION, KOREAN_ANSWER = "함께 줄어들까요", "처음에만 그렇습니다"


@pytest.fixture
def only_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presets, "COURSE", ("overfitting",))
    monkeypatch.setattr(presets, "find", lambda name: fabricate.COURSE / f"{name}.toml")


@at_every_size
def test_the_answer_comes_at_the_end_of_the_run(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path, "overfitting").start().train(9)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5")
        await settle(app, pilot)
        assert QUESTION in text(app)
        assert ANSWER not in text(app)
        assert "falls to 0" not in text(app)
        worker.end("finished", best=9)
        await eventually(app, pilot, ANSWER)
        await pilot.press("comma")
        await eventually(app, pilot, "Predict, then look")
        assert ANSWER not in text(app)
        await pilot.press("A")
        await settle(app, pilot)
        assert ANSWER in text(app)

    drive(tmp_path, worker.run, look, size)


def test_claims_are_tested_with_what_this_run_shows(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "overfitting").start().train(9).end("finished", best=9)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5")
        await eventually(app, pilot, "✔ the training loss ends below half a nat")
        assert "✘ the validation loss ends above 5 nats" in text(app)
        await pilot.press("L")
        await eventually(app, pilot, "✔ 훈련 손실이 0.5내트 아래에서 끝난다")

    drive(tmp_path, worker.run, look)


@pytest.mark.usefixtures("only_question")
def test_a_changed_run_is_not_judged_by_the_claims_of_its_preset(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "overfitting", patience=4).start().train(9).end("finished", best=9)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5")
        await eventually(app, pilot, "Not judged: the claims are of the preset as it is")
        assert "patience=4" in text(app)
        assert "the training loss ends below half a nat" not in text(app)
        await pilot.press("L")
        await eventually(app, pilot, "판정하지 않음")

    drive(tmp_path, worker.run, look)


def test_a_run_with_damaged_steps_still_has_its_lesson(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "overfitting").start().train(2).end("finished", best=2)
    worker.run.events.write_bytes(worker.run.events.read_bytes()[:-9])

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5", "A")
        await settle(app, pilot)
        assert ANSWER in text(app)

    drive(tmp_path, worker.run, look)


@pytest.mark.usefixtures("only_question")
@at_every_size
def test_the_library_asks_until_there_was_a_run(size: tuple[int, int], tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("right")
        await settle(app, pilot)
        app.screen.query_one("#preset-lesson").scroll_visible(top=True, animate=False)
        await eventually(app, pilot, QUESTION)
        assert ANSWER not in text(app)
        await pilot.press("L")
        await eventually(app, pilot, KOREAN_QUESTION)
        assert KOREAN_ANSWER not in text(app)
        await pilot.press("A")
        await eventually(app, pilot, KOREAN_ANSWER)

    drive(tmp_path, None, look, size)


@pytest.mark.usefixtures("only_question")
def test_the_lesson_names_the_key_that_tries_what_it_says(
    tmp_path: Path, started: list[tuple[str, Experiment]]
) -> None:
    worker = Worker(tmp_path, "overfitting").start().train(9).end("finished", best=9)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5")
        await eventually(app, pilot, "data.validation=0.1 (key t)")
        await pilot.press("t")
        await eventually(app, pilot, "data.validation: 0.15 → 0.1")
        await pilot.press("y")
        await settle(app, pilot)

    drive(tmp_path, worker.run, look)
    assert [name for name, _ in started] == ["overfitting-validation-0.1"]


@pytest.mark.usefixtures("only_question")
@pytest.mark.parametrize("tab", ["1", "5"])
def test_on_every_tab_the_key_does_what_the_diagnosis_says(tab: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path, "overfitting").start().train(9)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5", "A")
        await eventually(app, pilot, "data.validation=0.1 (key t)")
        worker.diagnose()
        await eventually(app, pilot, "data.validation=0.1 (key t in the course)")
        await eventually(app, pilot, "Beside this run the key t makes what the diagnosis proposes:")
        await pilot.press(tab, "t")
        await eventually(app, pilot, "initializer")
        assert "data.validation: 0.15" not in text(app)

    drive(tmp_path, worker.run, look, (120, 40))


@pytest.mark.usefixtures("only_question")
def test_a_changed_run_leaves_what_its_lesson_says_to_try_to_the_course(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "overfitting", patience=4).start().train(9).end("finished", best=9)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5")
        await eventually(app, pilot, "data.validation=0.1 (key t in the course)")
        assert "Try it" not in text(app)
        await pilot.press("t")
        await settle(app, pilot)
        assert "→ 0.1" not in text(app)

    drive(tmp_path, worker.run, look, (120, 40))


@pytest.mark.usefixtures("only_question")
@pytest.mark.parametrize("made", [False, True])
def test_a_lesson_of_ones_own_proposes_its_change_until_it_is_made(
    made: bool, tmp_path: Path
) -> None:
    own = replace(experiment("overfitting", ["data.validation=0.1"] * made), title="Mine")
    run = create(tmp_path, "mine", own)
    EventLog(run.events).append(fake_run.started(epochs=3))
    run.lock.touch()

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5", "A")
        await eventually(app, pilot, "data.validation=0.1")
        assert ("(key t)" in text(app)) == ("t Try it" in text(app)) == (not made)
        assert "in the course" not in text(app)

    drive(tmp_path, run, look, (120, 40))


def test_what_a_lesson_says_to_try_is_not_for_variants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(presets.__file__).parent / "going-deep" / "vanishing-cured.toml"
    monkeypatch.setattr(presets, "COURSE", ("vanishing-cured",))
    monkeypatch.setattr(presets, "find", lambda name: file)
    run = create(tmp_path, "vanishing-cured-batch_norm", variants(read(file))["batch_norm"])
    EventLog(run.events).append(fake_run.started(epochs=3))
    run.lock.touch()

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5", "A")
        await eventually(app, pilot, "sigmoid_1.kind=relu (key t in")  # the layer of the preset
        assert "Try it" not in text(app)

    drive(tmp_path, run, look, (120, 40))


@pytest.mark.usefixtures("only_question")
def test_the_library_answers_after_a_run(tmp_path: Path) -> None:
    Worker(tmp_path, "overfitting").start().train(2).end("finished", best=2)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert ANSWER in text(app)

    drive(tmp_path, None, look)


def test_the_language_stays_from_screen_to_screen(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2).end("finished", best=2)

    async def change(app: TuiDl, pilot: Session) -> None:
        await pilot.press("5", "L")
        await settle(app, pilot)
        assert "보게 될 것" in text(app)
        await pilot.press("escape")
        await eventually(app, pilot, "LeNet-5가 손글씨")
        assert "합성곱" in text(app)  # the chapter
        await pilot.press("L", "r", "5")
        await settle(app, pilot)
        assert "What you will see" in text(app)
        assert app.screen.query_one(LessonPanel).language == "en"

    drive(tmp_path, worker.run, change)


@pytest.mark.parametrize("size", [(60, 16), (120, 40)])
def test_a_key_leads_to_the_next_lesson(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path, "first-network").start().train(2)

    async def go_on(app: TuiDl, pilot: Session) -> None:
        await pilot.press("f")  # the run is not over
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        worker.end("finished", best=2)
        await eventually(app, pilot, "✔ finished")
        await pilot.press("f", "f")
        await settle(app, pilot)
        assert app.screen.query_one(PresetList).chosen == "vanishing-gradient"

    drive(tmp_path, worker.run, go_on, size)


def test_after_the_last_lesson_there_is_none(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "lenet5").start().train(2).end("finished", best=2)

    async def go_on(app: TuiDl, pilot: Session) -> None:
        assert "Next lesson" not in text(app)
        await pilot.press("f")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)

    drive(tmp_path, worker.run, go_on)


def test_the_key_of_a_proposal_is_there_where_there_is_one(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient").start().train(4)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "Try it" not in text(app)
        worker.diagnose()
        await eventually(app, pilot, "Try it")

    drive(tmp_path, worker.run, look, (200, 60))


def test_the_line_of_a_search_is_in_the_language_in_use(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("L", "slash")
        await settle(app, pilot)
        assert "words of a title or chapter" in text(app)
        await pilot.press("escape", "L", "slash")
        await settle(app, pilot)
        assert "제목이나 장의 단어" in text(app)

    drive(tmp_path, None, look, language="ko")
