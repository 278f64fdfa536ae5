"""Encodings are found out and said; a byte that does not fit is named with its line."""

import codecs
from pathlib import Path

import pytest

from tests.data.readers.tables import read, refused, values

CITIES = "city,n\nOrléans,1\nMálaga,2\nOrléans,3\nKöln,4\n"
KOREAN = "도시,수\n서울,1\n부산,2\n서울,3\n인천,4\n"


def test_latin_1(tmp_path: Path) -> None:
    table = read(tmp_path, CITIES.encode("latin-1"), target="n")
    assert values(table, "city") == ["Orléans", "Málaga", "Orléans", "Köln"]
    assert table.notes[0].startswith(
        "byte 10 is not UTF-8: the encoding is Latin-1 (Windows-1252); commas"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (codecs.BOM_UTF8 + KOREAN.encode(), "a byte-order mark at the start; "),
        (KOREAN.encode("utf-16"), "the encoding is UTF-16; "),
        (KOREAN.encode(), ""),
    ],
)
def test_unicode(tmp_path: Path, data: bytes, said: str) -> None:
    table = read(tmp_path, data, target="수")
    assert values(table, "도시") == ["서울", "부산", "서울", "인천"]
    assert table.notes[0].startswith(f"{said}commas")


def test_an_encoding_of_runs_has_to_be_said(tmp_path: Path) -> None:
    data = KOREAN.encode("cp949")
    assert refused(tmp_path, data) == (
        "table.csv, line 1: byte 0 (0xb5) is not UTF-8: save the file as UTF-8, or say "
        'data.encoding, such as "cp949" or "utf-16"'
    )
    table = read(tmp_path, data, encoding="cp949", target="수")
    assert values(table, "도시") == ["서울", "부산", "서울", "인천"]


def test_one_damaged_byte_in_utf8(tmp_path: Path) -> None:
    data = KOREAN.encode() + b"x\xff,5\n"
    place = len(KOREAN.encode()) + 1
    assert refused(tmp_path, data).startswith(
        f"table.csv, line 6: byte {place} (0xff) is not UTF-8"
    )
    marked = codecs.BOM_UTF8 + b"a,b\n1,\xff\n2,3\n"
    assert "is not UTF-8, as its byte-order mark says" in refused(tmp_path, marked)


def test_a_damaged_byte_after_many(tmp_path: Path) -> None:
    start = b"a,b\n" + "1,é서\n".encode() * 800_000
    assert f"line 800,002: byte {len(start) + 2:,} (0xe9)" in refused(tmp_path, start + b"1,\xe9\n")


def test_encodings_that_are_said(tmp_path: Path) -> None:
    assert refused(tmp_path, CITIES.encode("latin-1"), encoding="utf-8").startswith(
        "table.csv, line 2: byte 10 (0xe9) is not utf-8: save the file as utf-8, or say"
    )
    for unknown in ("klingon", "base64", "rot13"):
        assert f"Python knows no text encoding '{unknown}'" in refused(
            tmp_path, CITIES, encoding=unknown
        )


def test_nul(tmp_path: Path) -> None:
    assert refused(tmp_path, b"a,b\n1,\x00\n2,3\n").startswith(
        "table.csv, line 2: byte 6 is NUL, which no text has: save the file as UTF-8, or say"
    )
