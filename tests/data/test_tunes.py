"""Pieces of tunes: what our own writer writes is read back; what tokens cannot say is counted."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.tunes import TUNES
from tui_dl import data
from tui_dl.data import tunes
from tui_dl.data.melodies import melody
from tui_dl.data.notes import key_of, notes_of, to_abc
from tui_dl.data.preview import preview
from tui_dl.data.readers.abc import read_tune
from tui_dl.data.tunes import Piece, pieces_of
from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.events import Ended
from tui_dl.spec.data.melodies import Melodies
from tui_dl.spec.keys import ALL_KEYS, KEYS, Key
from tui_dl.spec.meters import Meter
from tui_dl.support.errors import UserError
from tui_dl.support.rng import stream

METERS = (Meter(4, 4), Meter(2, 4), Meter(2, 2), Meter(6, 8), Meter(3, 4), Meter(9, 8))


def pieces(abc: str) -> tuple[list[Piece], Counter[str]]:
    counts: Counter[str] = Counter()
    return [*pieces_of(read_tune(abc.split("\n")[1:]), counts)], counts


def of(music: str, head: str = "M:4/4\nL:1/8\nK:C") -> tuple[list[list[int]], dict[str, int]]:
    """The tokens of the pieces of a tune, and what was counted."""
    found, counts = pieces(f"X:1\n{head}\n{music}")
    return [[*it.tokens] for it in found], dict(+counts)


def token(pitch: int) -> int:
    return 1 + Melodies.PITCHES.index(pitch)


@pytest.mark.parametrize("style", Melodies.STYLES)
def test_a_generated_melody_is_read_back(style: str) -> None:
    tokens = melody(style, stream(0, style))
    (piece,), counts = pieces(to_abc(notes_of(tokens), key_of(style), style))
    assert piece == Piece(f"{key_of(style).name} 4/4", tuple(tokens))
    assert not +counts


@given(
    st.lists(st.integers(0, 24), min_size=32, max_size=32).filter(lambda it: any(it[:24])),
    st.sampled_from([*ALL_KEYS.values()]),
    st.sampled_from(METERS),
)
def test_any_tokens_are_read_back(tokens: list[int], key: Key, meter: Meter) -> None:
    size = min(4 * meter.tokens, 32)
    tokens = tokens[:size]
    (found,), counts = pieces(to_abc(notes_of(tokens), key, "A tune", meter))
    assert found.style == f"{key.name} {meter.name}"
    assert found.tokens == (*tokens, *[-1] * (32 - size))
    assert set(+counts) <= {tunes.RESTS}


def test_pieces_begin_at_every_fourth_bar_and_go_on() -> None:
    jig = "|".join(["CDEFGA"] * 3 + ["c6"]) + "|"
    found, counts = of(f"G2|{jig}{jig}CDEFGA|", "M:6/8\nL:1/8\nK:C")
    bar = [token(it) for it in (60, 62, 64, 65, 67, 69)]
    phrase = [*bar * 3, token(72), *[0] * 5]
    assert found == [[*phrase, *bar, *bar[:2]], [*phrase, *bar, -1, -1]]
    assert counts == {}


def test_notes_between_two_tokens_move_to_a_free_one() -> None:
    found, counts = of("C>D E<F (3GABc c/d/ | C8 | C8 | C8 |")
    names = {"C": 60, "D": 62, "E": 64, "F": 65, "G": 67, "A": 69, "c": 72}
    assert found[0][:8] == [token(names[it]) for it in "CDEFGAcc"]
    assert counts == {tunes.MOVED: 3, tunes.DROPPED: 2}


def test_a_short_bar_ends_in_a_longer_note_and_a_pickup_is_left_out() -> None:
    found, counts = of("GA|C8|D8|E8|z2 C4:|GA|F8|F8|F8|F8|]")
    assert [it[::8] for it in found] == [
        [token(60), token(62), token(64), 0], [token(65)] * 4,
    ]  # fmt: skip
    assert found[0][24:] == [0, 0, token(60), 0, 0, 0, 0, 0]
    assert counts == {tunes.RESTS: 1}


def test_a_piece_that_begins_in_a_tie_strikes_the_note() -> None:
    found, _ = of("C8|C8|C8|C8-|C8|D8|D8|D8|")
    assert found[1][:9] == [token(60), *[0] * 7, token(62)]


@pytest.mark.parametrize(
    ("music", "what"), [("C8|C8|B,8|C8|", tunes.TOO_FAR), ("C8|C8|C8D|C8|", tunes.TOO_LONG)]
)
def test_pieces_that_are_left_out(music: str, what: str) -> None:
    assert of(music + "C8|D8|E8|F8|")[1] == {what: 1}


def test_all_pieces_of_a_tune_are_in_one_split_and_none_is_there_twice(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    names = "CDEFGABcdefg"
    written = []
    for at in range(30):
        bars = ["".join(random.choice([*names], 8)) for _ in range(12)]
        written.append(f"X:{at}\nM:4/4\nL:1/8\nK:C\n{'|'.join(bars)}|\n")
    (tmp_path / "a.abc").write_text("\n".join([*written, *written]))
    spec, found = data.inspect(Melodies(path=str(tmp_path / "a.abc")), 5)
    dataset = data.load(found, 5, spec)
    assert isinstance(found, Melodies)
    assert (found.samples, found.styles) == (90, ("C major 4/4",))
    parts = [{*map(tuple, it.targets.tolist())} for it in (
        dataset.train, dataset.validation, dataset.test
    )]  # fmt: skip
    assert sum(map(len, parts)) == 90
    for tune in written:
        own = {it.tokens for it in pieces(tune)[0]}
        assert sum(bool(own & part) for part in parts) == 1
    few, _ = data.inspect(Melodies(path=str(tmp_path / "a.abc"), samples=50), 5)
    assert sum(few.splits) == few.count == 50
    assert few.notes[-1].endswith("data.samples = 90 reads all")


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    wrong = "X:1\nM:4/4\nK:C\nV:1\nC8|\n\n" * 2 + "X:2\nM:4/4\nK:none\nC8|\n\n"
    other = "X:3\nM:4/4\nK:C\nL:1/8\nC>D z2 E4|C8|C8|C8|\nB,8|C8|C8|C8|\nCD EF GA B2 c2|C8|C8|D8|"
    (tmp_path / "a.abc").write_text(wrong + TUNES + "\n" + other)
    assert data.inspect(Melodies(path=str(tmp_path / "a.abc")), 0)[0].notes == (
        "61 tunes in 30 styles: 61 pieces of 32 tokens, none of them twice",
        "2 tunes left out: a change of key, meter or voice",
        "1 tune left out: no key that can be read",
        "1 piece left out: notes below C4 or above B5",
        "1 piece left out: a bar that is longer than its meter",
        "1 note between two tokens moved to the one before or after, 0 left out",
        "1 rest filled by the note before",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("X:1\nM:4/4\nK:G\n&\n", r"no piece of 4 bars in 1 tune: .*a\.abc, line 1, has a sign"),
        ("X:1\nM:4/4\nK:G\nG8|\n", "no piece of 4 bars in 1 tune: give tunes in ABC notation"),
        (TUNES[: TUNES.index("X:1", 5)], "1 tune of 1 piece of four bars: at least 10 of 30"),
    ],
)
def test_too_few_tunes(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "a.abc").write_text(text)
    with pytest.raises(UserError, match=says):
        data.inspect(Melodies(path=str(tmp_path / "a.abc")), 0)


def test_the_network_of_the_course_trains_on_tunes(tmp_path: Path) -> None:
    (tmp_path / "a.abc").write_text(TUNES.replace("T:Tune", "T:\x1b[31mTune"))
    experiment = read("music", [f"data.path={tmp_path / 'a.abc'}", "train.epochs=1"])
    (ended,) = [it for it in train(experiment, 1) if isinstance(it, Ended)]
    assert ended.test_loss is not None
    assert np.isfinite(ended.test_loss)
    abc = data.in_writing(experiment.data, "a minor 6/8", [1, 0, 3, 5, 6, 8, 10])
    assert abc == "X:1\nT:a minor 6/8\nM:6/8\nL:1/8\nK:Am\nC2 D E F G | A |]\n"


def test_a_few_pieces_are_previewed(tmp_path: Path) -> None:
    (tmp_path / "a.abc").write_text(TUNES)
    found = preview(read(tmp_path / "a.abc"), 6)
    assert (found.source, len(found.rows), len(found.targets)) == ("melodies", 6, 6)
    styles = {f"{key.name} {meter}" for key in KEYS.values() for meter in ("4/4", "2/4", "6/8")}
    assert {style for (style,) in found.rows} <= styles
    assert {style for (style,) in preview(read("music"), 6).rows} <= {*Melodies.STYLES}


def test_a_collection_is_read_where_music21_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Melodies(collection="oneills1850")
    if source.is_missing:
        with pytest.raises(
            UserError, match=r"data.collection needs music21, .*pip install music21"
        ):
            data.inspect(source, 0)
    package = tmp_path / "music21"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('it is never imported')")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.util.find_spec("music21")
    with pytest.raises(UserError, match=re.escape("without its folder corpus/oneills1850")):
        data.inspect(source, 0)
    folder = package / "corpus" / "oneills1850"
    folder.mkdir(parents=True)
    (folder / "0001.abc").write_text(TUNES)
    spec, found = data.inspect(source, 0)
    assert spec.count == len(data.load(found, 0, spec).train) + sum(spec.splits[1:]) == 60


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        (
            ["data.collection=oneills1850", "data.path={path}"],
            "is read in place of data.path: leave one out",
        ),
        (['data.styles=["C major 4/4"]'], "is found out of tunes: leave it out"),
    ],
)
def test_keys_that_contradict_each_other(tmp_path: Path, overrides: list[str], says: str) -> None:
    path = tmp_path / "a.abc"
    path.write_text(TUNES)
    with pytest.raises(UserError, match=says):
        read("music", [it.format(path=path) for it in overrides])
