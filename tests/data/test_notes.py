"""Notes of melodies: in their key, as ABC notation and as a MIDI file that is read back."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.melodies import LAST, encode
from tui_dl.data.notes import Note, in_key, key_of, notes_of, to_abc, to_midi
from tui_dl.spec.data.melodies import Melodies
from tui_dl.spec.keys import ALL_KEYS, KEYS
from tui_dl.spec.meters import Meter, meter_of


def test_generated_melodies_are_in_their_key_and_end_on_its_tonic() -> None:
    source = Melodies(samples=600)
    train = data.load(source, 4).train
    for (style,), tokens in zip(train.inputs.tolist(), train.targets.tolist(), strict=True):
        key, notes = key_of(source.STYLES[style]), notes_of(tokens)
        assert in_key(notes, key) == len(notes)
        assert notes[-1].pitch % 12 == key.tonic % 12
        assert notes[-1].length == LAST
        assert sum(it.length for it in notes) == len(tokens)


@pytest.mark.parametrize("name", ALL_KEYS)
def test_a_key_signature_makes_exactly_the_notes_of_the_key(name: str) -> None:
    key, natural = ALL_KEYS[name], dict(zip("CDEFGAB", (0, 2, 4, 5, 7, 9, 11), strict=True))
    written = {(at + key.shift_of(letter)) % 12 for letter, at in natural.items()}
    assert written == key.pitch_classes


def test_tokens_are_notes_and_holds() -> None:
    assert notes_of([0, 1, 0, 0, 24, 24, 0]) == [Note(60, 1, 3), Note(83, 4, 1), Note(83, 5, 2)]
    assert notes_of([0, 0]) == []
    assert in_key([Note(60, 0, 1), Note(61, 1, 1)], KEYS["C major"]) == 1


def test_abc_leaves_out_what_the_key_says_and_ties_over_bar_lines() -> None:
    notes = [
        Note(67, 0, 2), Note(66, 2, 1), Note(65, 3, 1), Note(66, 4, 1), Note(72, 6, 4),
        Note(83, 10, 1),
    ]  # fmt: skip
    assert to_abc(notes, KEYS["G major"], "A\nreel").splitlines() == [
        "X:1", "T:A reel", "M:4/4", "L:1/8", "K:G", "G2 F =F ^F z c2- | c2 b |]",
    ]  # fmt: skip
    flat = to_abc([Note(70, 0, 8), Note(66, 8, 2)], KEYS["B-flat major"])
    assert flat.splitlines()[-2:] == ["K:Bb", "B8 | _G2 |]"]
    assert "K:Dm" in to_abc([], KEYS["D minor"])


def read_midi(file: bytes, quarter_tokens: int = 2) -> tuple[list[int], list[Note]]:
    """The time signature and the notes, by the bytes of the standard."""
    assert file[:14] == b"MThd\x00\x00\x00\x06\x00\x00\x00\x01" + file[12:14]
    assert file[14:18] == b"MTrk"
    assert int.from_bytes(file[18:22], "big") == len(file) - 22
    quarter, at, now = int.from_bytes(file[12:14], "big"), 22, 0
    signature: list[int] = []
    notes: list[Note] = []
    while at < len(file):
        wait = 0
        while True:
            wait = wait << 7 | file[at] & 0x7F
            at += 1
            if file[at - 1] < 0x80:
                break
        now += wait
        match file[at]:
            case 0xFF:
                kind, size = file[at + 1], file[at + 2]
                if kind == 0x58:
                    signature = [*file[at + 3 : at + 3 + size]]
                at += 3 + size
                assert (kind == 0x2F) == (at == len(file))
            case 0x90:
                notes.append(Note(file[at + 1], quarter_tokens * now // quarter, 0))
                at += 3
            case 0x80:
                last = notes.pop()
                assert last.pitch == file[at + 1]
                notes.append(last._replace(length=quarter_tokens * now // quarter - last.start))
                at += 3
            case 0xC0:
                at += 2
            case other:
                raise AssertionError(other)
    return signature, notes


def test_a_midi_file_holds_the_notes() -> None:
    notes = notes_of([1, 0, 0, 8, 0, 13, 13, *[0] * 25])
    assert read_midi(to_midi(notes)) == ([4, 2, 24, 8], notes)
    assert read_midi(to_midi([])) == ([4, 2, 24, 8], [])


@pytest.mark.parametrize(
    ("style", "signature", "quarter_tokens"),
    [
        ("G major reel", [4, 2, 24, 8], 2),
        ("G major 3/4", [3, 2, 24, 8], 2),
        ("d  dorian\t6/8", [6, 3, 36, 8], 2),
        ("G major 9/8", [9, 3, 36, 8], 2),
        ("G major 2/2", [2, 1, 48, 8], 2),
        ("G major 2/4", [2, 2, 24, 8], 4),
        ("G major 3/8", [3, 3, 12, 8], 4),
    ],
)
def test_a_midi_file_says_the_meter_of_the_style(
    style: str, signature: list[int], quarter_tokens: int
) -> None:
    notes = notes_of([1, 0, 0, 8, 0, 13, 13, *[0] * 25])
    assert read_midi(to_midi(notes, meter_of(style)), quarter_tokens) == (signature, notes)


def test_a_style_is_typed_by_name() -> None:
    source = Melodies()
    found = encode(source, source.inspect(), 0, ["C major ballad", " d Minor  REEL "])
    np.testing.assert_array_equal(found.inputs, [[0], [29]])
    assert found.targets.shape == (2, 32)
    for text in ("", "C major", "H major reel"):
        with pytest.raises(ValueError, match="is no style: give a key and a rhythm"):
            encode(source, source.inspect(), 0, [text])


def test_accidentals_are_read_alike_whether_they_hold_in_all_octaves_or_in_one() -> None:
    def music(*pitches: int) -> str:
        notes = [Note(pitch, at, 1) for at, pitch in enumerate(pitches)]
        return to_abc(notes, KEYS["C major"]).splitlines()[-1]

    assert music(66, 78, 66, 78) == "^F ^f F f |]"
    assert music(66, 77, 66, 65, 77) == "^F =f ^F =F f |]"
    assert music(77, 65, 66, 77) == "f F ^F =f |]"


def test_abc_of_other_meters_and_modes() -> None:
    notes = [Note(66, 0, 3), Note(69, 3, 3), Note(62, 6, 6)]
    jig = to_abc(notes, ALL_KEYS["D mixolydian"], meter=Meter(6, 8))
    assert jig.splitlines()[2:] == ["M:6/8", "L:1/8", "K:Dmix", "F3 A3 | D6 |]"]
    polka = to_abc(notes, ALL_KEYS["F-sharp minor"], meter=Meter(2, 4))
    assert polka.splitlines()[2:] == ["M:2/4", "L:1/16", "K:F#m", "F3 A3 D2- | D4 |]"]
