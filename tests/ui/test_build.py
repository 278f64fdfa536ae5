"""The builder: edits by keys, the file it follows, and what is trained."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, at_every_size, drive, settle, text
from tui_dl.process.building import Building
from tui_dl.process.origin import of_name
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import read
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.build.layer_rows import LayerRows
from tui_dl.ui.panels.build.views import FileText
from tui_dl.ui.panels.frame import Keys
from tui_dl.ui.screens.home.build import BuildScreen


def screen(app: TuiDl) -> BuildScreen:
    assert isinstance(app.screen, BuildScreen)
    return app.screen


async def write(pilot: Session, words: str) -> None:
    await pilot.press(
        *["space" if it == " " else "equals_sign" if it == "=" else it for it in words]
    )


@at_every_size
def test_a_smaller_lenet_is_built_by_keys_and_trained(
    size: tuple[int, int], tmp_path: Path, started: list[tuple[str, Experiment]]
) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b")
        await settle(app, pilot)
        assert screen(app).building.origin.name == "lenet5"
        await pilot.press(*["down"] * 4, *"jjjjk", "enter", "ctrl+u")
        await write(pilot, "dense units=48")
        await settle(app, pilot)
        assert "26,786" in text(app)
        await pilot.press("enter", "a")
        await write(pilot, "dropout")
        await pilot.press("enter", "enter")  # as it is
        await settle(app, pilot)
        rows = [it.text for it in screen(app).building.outline.rows if it.is_layer]
        assert rows[7:10] == ["dense units=48", "dropout", "relu"]
        await pilot.press("J", "t")
        await settle(app, pilot)

    drive(tmp_path, None, build, size)
    ((name, experiment),) = started
    assert name == "lenet5-units-48-dropout"
    assert experiment.parameter_count == 26_786
    assert [type(it).__name__ for it in experiment.network[7:10]] == ["Dense", "Relu", "Dropout"]


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("드롭아웃", {"dropout"}),
        ("합성곱", {"conv1d", "conv2d"}),
        ("풀링", {"avg_pool2d", "global_avg_pool", "max_pool2d"}),
        ("완전연결", {"dense"}),
        ("밀집", {"dense"}),
        ("정규화", {"batch_norm", "layer_norm"}),
        ("잔차", {"residual"}),
        ("반복", {"repeat"}),
        ("순환", {"gru", "lstm", "rnn"}),
    ],
)
def test_a_layer_is_found_by_its_korean_name(word: str, kinds: set[str], tmp_path: Path) -> None:
    async def add(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b", "a")
        await settle(app, pilot)
        app.screen.query_one(Input).value = word
        await settle(app, pilot)
        found = app.screen.query_one(OptionList).options
        assert {it.id for it in found} == kinds

    drive(tmp_path, None, add, language="ko")


def test_an_impossible_layer_is_marked_where_it_stands_with_its_formula(tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b", "enter", "backspace", *"39", "enter")
        await settle(app, pilot)
        rows = screen(app).building.outline.rows
        assert rows[0].wrong.startswith("kernel 39 is larger than its input 1 × 32 × 32")
        assert "floor((32 + 0 - 39) / 1) + 1 = -6" in rows[0].wrong
        assert "floor((32 + 0 -" in text(app)
        assert "✗ conv2d" in text(app)
        assert "dense units=120" in text(app)
        await pilot.press("t")
        await settle(app, pilot)
        assert isinstance(app.screen, BuildScreen)
        await pilot.press("ctrl+z")
        assert not screen(app).building.outline.wrong
        await pilot.press("ctrl+y")
        assert screen(app).building.outline.wrong

    drive(tmp_path, None, build)


@pytest.mark.parametrize(
    "typed",
    ["conv3d", "conv2d filters=6 foo=1", "conv2d filters=0 kernel=5", "conv2d filters=6 kernel="],
)
def test_what_cannot_be_trained_is_marked_while_it_is_typed(typed: str, tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b", "enter")
        await settle(app, pilot)
        app.screen.query_one(Input).value = typed
        await settle(app, pilot)
        shown = text(app)
        assert f"✗ {typed}" in shown
        assert "cannot be trained as it is" in shown
        assert "6 × 28 × 28" not in shown
        await pilot.press("escape")
        await settle(app, pilot)
        assert "6 × 28 × 28" in text(app)

    drive(tmp_path, None, build)


def test_what_is_no_row_stays_in_the_field(tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b", "enter", "ctrl+u", *"convd", "enter")
        await settle(app, pilot)
        assert "unknown kind 'convd'; did you mean" in text(app)
        assert app.screen.query_one(Input).value == "convd"
        await pilot.press("ctrl+u", *"con", "tab", "enter")
        await settle(app, pilot)
        assert app.screen.query_one(Input).value == "conv1d"
        assert "missing key" in screen(app).outline.wrong
        await pilot.press("ctrl+u", "space")
        await settle(app, pilot)
        assert app.is_running
        await pilot.press("escape", "escape")
        await settle(app, pilot)
        assert screen(app).building.outline.rows[0].text.startswith("conv")

    drive(tmp_path, None, build)


def test_a_key_of_training_is_added_changed_and_taken_out(tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3", "end", "enter")
        await write(pilot, "train.early_stopping.p")
        await pilot.press("tab", "5", "enter")
        await settle(app, pilot)
        experiment = screen(app).building.outline.experiment
        assert experiment
        assert experiment.train.early_stopping
        assert experiment.train.early_stopping.patience == 5
        rows = [it.key for it in screen(app).building.outline.rows]
        await pilot.press("home", *["down"] * rows.index("train.epochs"), "d")
        await settle(app, pilot)
        assert "train.epochs" not in [it.key for it in screen(app).building.outline.rows]

    drive(tmp_path, None, build)


def test_a_run_is_built_on(tmp_path: Path, started: list[tuple[str, Experiment]]) -> None:
    run = Worker(tmp_path).start().train(3).end("finished", best=3).run

    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("b")
        await settle(app, pilot)
        assert screen(app).building.outline.experiment
        await pilot.press("enter", "backspace", "3", "enter", "t")
        await settle(app, pilot)

    drive(tmp_path, run, build)
    ((name, experiment),) = started
    assert name == "lenet5-kernel-3"
    assert experiment.data == read("lenet5").data


def test_a_table_gets_a_network_proposed(tmp_path: Path) -> None:
    rows = "".join(f"{number % 7},{number % 5},{'ab'[number % 2]}\n" for number in range(100))
    (tmp_path / "mine.csv").write_text("a,b,kind\n" + rows)
    origin = of_name(str(tmp_path / "mine.csv"))
    building = Building(origin)
    assert building.outline.experiment
    assert building.outline.experiment.data_spec.classes == 2
    building.draft.set("data.batch_size=8")
    building.refresh()
    assert building.outline.experiment
    assert building.outline.experiment.data.batch_size == 8
    assert next(it.text for it in building.outline.rows).startswith("dense units=")


@pytest.mark.parametrize(
    ("typed", "added"),
    [("dense units=64", "dense units=64"), ("leaky", "leaky_relu"), ("dense 64", None),
     ("denes", None), ("conv2d filters=3", "conv2d filters=3 kernel=3")],
)  # fmt: skip
def test_a_layer_is_added_as_fast_as_it_is_typed(
    typed: str, added: str | None, tmp_path: Path
) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await settle(app, pilot)
        await pilot.press("a")
        await settle(app, pilot)
        app.screen.query_one(Input).value = typed  # at once, as a paste
        await pilot.press("enter")
        await settle(app, pilot)
        if typed == "denes":
            assert "no layer has 'denes'" in text(app)
            await pilot.press("escape")
        if typed == "dense 64":
            assert "dense has no key 64" in text(app)
        rows = [it.text for it in screen(app).building.outline.rows if it.is_layer]
        assert rows == ["flatten", *[added] * (added is not None), "dense units=10"]

    drive(tmp_path, None, build)


def test_a_key_that_is_held_says_once_that_it_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TuiDl, "NOTIFICATION_TIMEOUT", 600.0)

    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3", *["d"] * 9)
        await settle(app, pilot)
        said = [it.message for it in app._notifications if "only layer" in it.message]
        assert len(said) == 1

    drive(tmp_path, None, build)


def test_undo_chooses_the_row_that_changed(tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b")
        await settle(app, pilot)
        await pilot.press("down", "down", "d", "end", "ctrl+z")
        await settle(app, pilot)
        assert screen(app).at == 2
        await pilot.press("home", "ctrl+y")
        await settle(app, pilot)
        assert screen(app).at == 2

    drive(tmp_path, None, build)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [60, 67, 80])
def test_no_key_of_the_footer_is_cut(width: int, language: Language, tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3")
        await settle(app, pilot)
        keys = app.screen.query_one(Keys)
        placed = keys._placed()
        assert sum(it.cells for it in placed) <= width + 1
        assert {"edit", "add", "train", "help"} <= {it.binding.action for it in placed}

    drive(tmp_path, None, build, (width, 24), language=language)


def test_no_frame_is_higher_than_what_is_in_it(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("b")
        await settle(app, pilot)
        for panel in (app.screen.query_one(LayerRows), app.screen.query_one(FileText)):
            assert panel.rows[-1]
            assert len(panel.rows) == panel.content_size.height
        before = app.screen.query_one(LayerRows).size.height
        await pilot.press("D")
        await settle(app, pilot)
        assert app.screen.query_one(LayerRows).size.height == before + 1
        assert len(app.screen.query_one(LayerRows).rows) == before + 1

    drive(tmp_path, None, look, (200, 60))


def test_what_a_layer_does_is_said_once_in_korean(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b", "down")
        await settle(app, pilot)
        assert text(app).count("활성화 함수(렐루)") == 1

    drive(tmp_path, None, look, language="ko")
