"""Tunes in ABC notation: headers, notes, bars, several tunes a file, and what is not read."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_dl.data.readers.abc import Tune, read_tune, read_tunes
from tui_dl.data.readers.abc_bars import Bar, LeftOutError
from tui_dl.support.errors import UserError

TUNE = "X:1\nT:A tune\nM:4/4\nL:1/8\nK:G\nGABc dedB|dedB dedB|\n"


def tune(music: str, head: str = "M:4/4\nL:1/8\nK:C") -> Tune:
    return read_tune([*head.split("\n"), *music.split("\n")])


def played(bar: Bar) -> list[tuple[int, float, float]]:
    """Pitch, start and length of each note."""
    return [(it.pitch, float(it.start), float(it.length)) for it in bar.notes]


def one(music: str, head: str = "M:4/4\nL:1/8\nK:C") -> list[tuple[int, float, float]]:
    (bar,) = tune(music, head).bars
    return played(bar)


def test_octaves_and_lengths() -> None:
    assert one("C c c' C,, B2 B/ B// B/4 B3/2 B3/") == [
        (60, 0, 1), (72, 1, 1), (84, 2, 1), (36, 3, 1), (71, 4, 2), (71, 6, 0.5), (71, 6.5, 0.25),
        (71, 6.75, 0.25), (71, 7, 1.5), (71, 8.5, 1.5),
    ]  # fmt: skip


def test_the_unit_length_is_that_of_the_meter_unless_one_is_said() -> None:
    assert one("C2", "M:2/4\nK:C") == [(60, 0, 2)]
    assert one("C2", "M:2/4\nL:1/8\nK:C") == [(60, 0, 4)]  # a token is a sixteenth
    assert one("C2", "M:6/8\nL:1/4\nK:C") == [(60, 0, 4)]


def test_an_accidental_holds_to_the_end_of_the_bar_in_all_octaves() -> None:
    tones = [[it.pitch for it in bar.notes] for bar in tune("^F F f =F F ^^G _B __B | F B").bars]
    assert tones == [[66, 66, 78, 65, 65, 69, 70, 69], [65, 71]]


@pytest.mark.parametrize(
    ("field", "name", "sharp"),
    [
        ("G", "G major", True), ("Gmaj", "G major", True), ("Em", "E minor", True),
        ("E Minor", "E minor", True), ("A Dorian", "A dorian", True), ("Ador", "A dorian", True),
        ("D Mixolydian", "D mixolydian", True), ("F#m", "F-sharp minor", True),
        ("Bb", "B-flat major", False), ("Gaeo", "G minor", False), ("C", "C major", False),
        ("Dmix % as it is printed", "D mixolydian", True),
    ],
)  # fmt: skip
def test_keys(field: str, name: str, sharp: bool) -> None:
    it = tune("F8|", f"M:4/4\nL:1/8\nK:{field}")
    assert it.key.name == name
    assert [note.pitch for note in it.bars[0].notes] == [66 if sharp else 65]


@pytest.mark.parametrize(
    ("field", "name", "tokens"),
    [
        ("C", "4/4", 8), ("C|", "2/2", 8), ("6/8", "6/8", 6), ("2/4", "2/4", 8), ("3/4", "3/4", 6),
        ("9/8", "9/8", 9), ("12/8", "12/8", 12), ("3/8", "3/8", 6),
    ],
)  # fmt: skip
def test_meters(field: str, name: str, tokens: int) -> None:
    it = tune("C|", f"M:{field}\nK:C")
    assert (it.meter.name, it.meter.tokens) == (name, tokens)


def test_broken_rhythm_and_tuplets() -> None:
    assert one("C>D E<F G>>A") == [
        (60, 0, 1.5), (62, 1.5, 0.5), (64, 2, 0.5), (65, 2.5, 1.5), (67, 4, 1.75), (69, 5.75, 0.25),
    ]  # fmt: skip
    starts = [it.start for it in tune("(3CDE F (3:2:2CD E").bars[0].notes]
    third = Fraction(2, 3)
    assert starts == [0, third, 2 * third, 2, 3, 3 + third, 3 + 2 * third]


def test_ties_rests_and_chords() -> None:
    first, second = tune("C4 z2 [CEG]2- | G2 {ab}c2 x D-E E-^E").bars
    assert played(first) == [(60, 0, 4), (67, 6, 2)]
    assert (first.rests, second.rests) == (1, 1)
    assert [it.is_tied for it in second.notes] == [True, *[False] * 5]
    sharp, tied = tune("^F8- | F4 F4").bars
    assert [it.pitch for it in (*sharp.notes, *tied.notes)] == [66, 66, 65]


def test_decorations_slurs_and_symbols_are_skipped() -> None:
    assert one('"Am"(.C !trill!D) ~E "^slowly"F vG Tu A [P:A] {cd}B \\\nHc % the end') == [
        (pitch, at, 1) for at, pitch in enumerate((60, 62, 64, 65, 67, 69, 71, 72))
    ]


def test_parts_repeats_and_endings() -> None:
    bars = tune("G|C8|D8:|\nG||E8|1F8:|2G8|A8||B8|]").bars
    assert [(it.notes[0].pitch, it.begins) for it in bars] == [
        (67, True), (60, False), (62, False), (67, True), (64, True), (65, False), (71, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ("M:4/4\nK:G\nGAB|\nK:D\nDEF|", "a change of key"),
        ("M:4/4\nK:G\nGAB[M:3/4]DEF|", "a change of key"),
        ("M:4/4\nK:G\nV:1\nDEF|", "a change of key, meter or voice"),
        ("M:4/4\nK:HP\nDEF|", "no key"),
        ("M:4/4\nDEF|", "no key"),
        ("K:G\nDEF|", "no meter"),
        ("M:none\nK:G\nDEF|", "no meter"),
        ("M:4/0\nK:G\nDEF|", "no meter"),
        ("M:3/6\nK:G\nDEF|", "no meter"),
        ("M:5/16\nL:0\nK:G\nDEF|", "no unit length"),
        ("M:4/4\nK:G\nDE & F|", "a sign"),
        ("M:4/4\nK:G\nz8|", "no notes"),
        ("M:4/4\nK:G\n", "no notes"),
        ("M:4/4\nK:G\nD0|", "a length of nothing"),
        ("M:4/4\nK:G\nD/0|", "a length of nothing"),
        ("M:4/4\nK:G\n" + "D" * 20_001, "more than 20,000"),
    ],
)
def test_what_is_left_out(lines: str, what: str) -> None:
    with pytest.raises(LeftOutError, match=what):
        read_tune(lines.split("\n"))


def test_tunes_of_a_file_and_of_a_folder(tmp_path: Path) -> None:
    other = TUNE.replace("X:1", "X: 2").replace("K:G", "K:none")
    (tmp_path / "a.abc").write_text(f"% songs\nR:reel\n\n{TUNE}\nIt was collected.\n\n{other}")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.ABC").write_text(TUNE.replace("\n", "\r\n") + TUNE, "latin-1")
    (tmp_path / ".hidden.abc").write_text("nothing")
    (tmp_path / "notes.txt").write_text("nothing")
    alone = read_tunes(tmp_path / "a.abc")
    assert len(alone.tunes) == 1
    assert alone.left_out == {"no key that can be read": 1}
    assert alone.first == f"{tmp_path / 'a.abc'}, line 13"
    both = read_tunes(tmp_path)
    assert len(both.tunes) == 3
    assert both.tunes[0] == both.tunes[1] == alone.tunes[0]
    assert both.fingerprint != alone.fingerprint
    (tmp_path / "a.abc").write_text(TUNE)
    assert read_tunes(tmp_path).fingerprint != both.fingerprint


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"prose\nand more\n", r"a\.abc, line 1: no tune: one in ABC notation begins with"),
        (TUNE.encode() + b"A" * 10_001, r"a\.abc, line 7: 10,001 characters: a line of ABC"),
        (b"", "is empty"),
        (b"X:1\n\xff\xfe\x81\x82", r"a\.abc, line 2: byte 4 \(0xff\) is not UTF-8"),
        (b"PK\x03\x04" + b"\0" * 40, "zip archive"),
    ],
)
def test_files_that_are_no_tunes(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "a.abc").write_bytes(content)
    with pytest.raises(UserError, match=says):
        read_tunes(tmp_path / "a.abc")


def test_a_folder_without_tunes(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"without files of tunes: give one with \.abc files"):
        read_tunes(tmp_path)


@given(st.text("ABCDEFGabcdefgz^_=,'/0123456789()[]{}|:<>-\"!%\\& \nXKLMVT~.+", max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_signs_are_read_or_left_out(music: str) -> None:
    try:
        found = tune(music)
    except LeftOutError:
        return
    for bar in found.bars:
        assert bar.length > 0
        assert all(0 <= it.start <= bar.length for it in bar.notes)
        assert all(it.length > 0 for it in bar.notes)
        assert [it.start for it in bar.notes] == sorted(it.start for it in bar.notes)


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_tune_or_left_out(text: str) -> None:
    with suppress(LeftOutError):
        assert read_tune(text.split("\n")).bars
