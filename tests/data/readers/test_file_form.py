"""What a file holds is found out by its ending and its first lines."""

import gzip
from datetime import date, timedelta
from pathlib import Path

import pytest

from tui_dl.data.readers.file_form import form_of, season_of

TAGGED = "".join(f"Ada B-PER\nwas O\nin O\nRome B-LOC\nin O\n18{it:02} O\n\n" for it in range(20))
WORDS = [f"{it}\tw{it}\tw\tNOUN\t_\t_\t0\troot\t_\t_\n" for it in (1, 2, 3, 4)]
CONLL_U = "".join(["# text = x\n", *WORDS, "\n"] * 20)
NAMES = "".join(f"name{it}\t{'uv'[it % 2]}\n" for it in range(60))
PAIRS = "".join(f"the word {it}\tdas Wort {it}\n" for it in range(60))
SPAM = "".join(f"come to number {it} at noon\t{['ham', 'spam'][it % 2]}\n" for it in range(60))
PROSE = "It was late, and nobody came.\nShe read on; the lamp, which was old, went out.\nSo?\n" * 20
ROWS = "".join(f"{it} {it * 7 % 5} u\n" for it in range(40))
DAYS = "day,sold\n" + "".join(f"{date(2020, 1, 1) + timedelta(it)},{it % 7}\n" for it in range(600))
YEARS = "year,spots\n" + "".join(f"{1700 + it},{it * 37 % 11}.5\n" for it in range(200))


@pytest.mark.parametrize(
    ("name", "text", "source"),
    [
        ("a.conll", TAGGED, "sentences"),
        ("a.txt", TAGGED, "sentences"),
        ("a.tsv", TAGGED.replace(" ", "\t"), "sentences"),
        ("a.conllu", CONLL_U, "sentences"),
        ("a.txt", NAMES, "surnames"),
        ("a.tsv", PAIRS, "pairs"),
        ("a.tsv", SPAM, "table"),
        ("a.tsv", "".join(f"{it % 3}\ttext of line {it}\n" for it in range(60)), "table"),
        ("a.tsv", "".join(f"word{it}\t{it * 37 % 101}\n" for it in range(60)), "table"),
        ("a.txt", PROSE, "text"),
        ("a.txt", ROWS, "table"),
        ("a.txt", "\n\n" + ROWS.strip(), "table"),
        ("a.txt", ROWS + "\n\n\n", "table"),
        ("a.txt", "\nno line end", "text"),
        ("a.txt", '[{"a": 1, "b": 2}]', "table"),
        ("a.csv", DAYS, "series"),
        ("a.csv", YEARS, "series"),
        ("a.csv", "\n".join([*DAYS.splitlines()[:1], *reversed(DAYS.splitlines()[1:])]), "table"),
        ("a.csv", "a,b\n" + "".join(f"{it * 37 % 101},{it}\n" for it in range(60)), "table"),
        ("a.csv", PROSE, "table"),
        ("a.txt", "\x80\x81\x82" * 9, "text"),
        ("a.abc", "X:1\nK:C\nCDEF|\n", "melodies"),
        ("none.txt", None, "table"),
    ],
)
def test_a_form(tmp_path: Path, name: str, text: str | None, source: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
        packed = tmp_path / f"{name}.gz"
        packed.write_bytes(gzip.compress(text.encode()))
        assert form_of(packed).keys["source"] == source
    form = form_of(tmp_path / name)
    assert form.keys["source"] == source
    assert bool(form.says) == (source != "table")


def test_words_and_parts_of_speech_of_conll_u(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text(CONLL_U)
    keys = form_of(tmp_path / "a.conllu").keys
    assert (keys["token_column"], keys["tag_column"]) == (2, 4)


def test_a_season_is_found_by_the_dates(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(DAYS)
    assert form_of(file).keys == {"source": "series", "past": 14, "horizon": 7, "season": 7}
    file.write_text(YEARS)
    assert form_of(file).keys == {"source": "series", "past": 12, "horizon": 1, "season": 1}
    assert [*map(season_of, (1 / 24, 1 / 48, 1 / 1440, 1, 7, 31, 91, 365, 0))] == [
        24, 48, 48, 7, 52, 12, 4, 1, 1,
    ]  # fmt: skip
