"""Lessons say the same in both languages, sentence by sentence."""

from __future__ import annotations

import re

import msgspec
import pytest

from tui_dl import presets
from tui_dl.course.language import language
from tui_dl.course.lesson_text import HEADINGS, lesson, title
from tui_dl.course.try_text import by_command
from tui_dl.drawing.markdown import markdown
from tui_dl.process.read_experiment import read
from tui_dl.spec.course.lesson import LANGUAGES

PARTS = ("question", "look", "why", "answer", "try_")
CODE = re.compile(r"`[^`]*`")
SENTENCE = re.compile(r"[.?!](?=\s|$)")
ABBREVIATED = ("et al.",)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
FRACTION = re.compile(r"분의 [1일]")  # 10분의 1 is a tenth
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
SAID = {
    2: ("two", "half", "twice", "second", "both"), 3: ("three", "third"), 4: ("four", "quarter"),
    5: ("five", "fifth"), 6: ("six", "sixth"), 7: ("seven",), 8: ("eight", "eighth"),
    9: ("nine",), 10: ("ten", "tenth", "tenfold"), 12: ("twelve",), 13: ("thirteen",),
    15: ("fifteen",), 16: ("sixteen",), 18: ("eighteen",), 20: ("twenty", "twentieth"),
    25: ("twenty-five",),
    30: ("thirty",), 40: ("forty",), 50: ("fifty", "fiftieth"), 60: ("sixty",),
    90: ("ninety",), 100: ("hundred", "hundredth", "ten-billionth"), 500: ("five hundred",),
    1000: ("thousand", "thousandth"),
}  # fmt: skip
MIXED = {"1.2": "one and a fifth", "1.5": "one and a half"}


def sentences(text: str) -> int:
    text = CODE.sub("code", text)
    for word in ABBREVIATED:
        text = text.replace(word, "")
    return len(SENTENCE.findall(text))


@pytest.mark.parametrize("name", presets.COURSE)
def test_a_lesson_says_the_same_in_both_languages(name: str) -> None:
    found = read(name).lesson
    assert found
    assert found.ko
    assert found.ko.title
    assert found.teaches
    for part in PARTS:
        english, korean = getattr(found.en, part), getattr(found.ko, part)
        assert sorted(CODE.findall(english)) == sorted(CODE.findall(korean)), part
        clauses = len(
            re.findall("[:;] ", CODE.sub("code", english))
        )  # some are sentences in Korean
        assert 0 <= sentences(korean) - sentences(english) <= clauses, part
        numbers = [sorted(set(re.findall(r"\d+(?:[.,]\d+)*", it))) for it in (english, korean)]
        assert set(numbers[0]) <= set(numbers[1]), part


def numbers(english: str) -> set[str]:
    """The numbers of an English text, in figures or in words."""
    english = CODE.sub("code", english).lower()
    words = {
        str(number)
        for number, said in SAID.items()
        if re.search(rf"\b({'|'.join(said)})s?\b", english)
    }
    mixed = {number for number, said in MIXED.items() if said in english}
    return {"0", "1"} | words | mixed | {it.replace(",", "") for it in NUMBER.findall(english)}


@pytest.mark.parametrize("name", presets.COURSE)
def test_the_korean_text_has_no_figure_or_name_of_its_own(name: str) -> None:
    found = read(name).lesson
    assert found
    assert found.ko
    pairs = [(getattr(found.en, part), getattr(found.ko, part)) for part in PARTS]
    pairs += [(claim.says, claim.ko) for claim in read(name).claim]
    for english, korean in pairs:
        korean = FRACTION.sub("분의", CODE.sub("code", korean))
        figures = {it.replace(",", "") for it in NUMBER.findall(korean)}
        assert figures <= numbers(english), f"{english}\n{korean}"
        names = {it for it in LATIN.findall(korean) if it != "code"}
        assert [it for it in names if it.lower() not in english.lower()] == []
        assert english.count("**") == korean.count("**"), f"{english}\n{korean}"


@pytest.mark.parametrize("name", presets.COURSE)
def test_a_bound_of_a_claim_is_the_same_in_both_languages(name: str) -> None:
    for claim in read(name).claim:
        if "at least" in claim.says:
            assert re.search("이상|이른다", claim.ko), claim.ko
        else:
            assert "이상" not in claim.ko, claim.ko
        bounds = [set(NUMBER.findall(CODE.sub("code", it))) for it in (claim.says, claim.ko)]
        assert bounds[0] <= bounds[1], claim.ko


@pytest.mark.parametrize("name", presets.COURSE)
def test_korean_has_no_semicolons(name: str) -> None:
    found = read(name).lesson
    assert found
    assert found.ko
    assert not any("; " in CODE.sub("code", getattr(found.ko, part)) for part in PARTS)


@pytest.mark.parametrize("chapter", ["", *(it.folder for it in presets.CHAPTERS)])
def test_an_introduction_says_the_same_in_both_languages(chapter: str) -> None:
    english, korean = (
        presets.introduction(it, chapter).read_text(encoding="utf-8") for it in LANGUAGES
    )
    for sign in ("\n\n", "**", "`"):
        assert english.count(sign) == korean.count(sign), sign
    joined = len(re.findall("[:;] ", english))
    assert abs(sentences(korean) - sentences(english)) <= joined


@pytest.mark.parametrize("name", presets.COURSE)
def test_what_is_emphasised_is_shown_so(name: str) -> None:
    found = read(name).lesson
    assert found
    for text in (found.text(spoken) for spoken in LANGUAGES):
        for part in PARTS:
            rows = markdown(getattr(text, part), 70)
            shown = "".join(word for row in rows for word, _ in row)
            assert "**" not in shown, part  # such as after a sign that a letter follows


@pytest.mark.parametrize("name", presets.COURSE)
def test_every_claim_is_in_both_languages(name: str) -> None:
    for claim in read(name).claim:
        assert re.search("[가-힣]", claim.ko)
        assert not re.search("[가-힣]", claim.says)


@pytest.mark.parametrize("name", presets.COURSE)
def test_every_part_of_a_lesson_is_printed(name: str) -> None:
    experiment = read(name)
    assert experiment.lesson
    for spoken in LANGUAGES:
        printed, text = lesson(name, experiment, spoken), experiment.lesson.text(spoken)
        for part in set(PARTS) - {"try_"}:
            assert getattr(text, part) in printed
        assert by_command(text.try_, name) in printed
        assert all(claim.text(spoken) in printed for claim in experiment.claim)
        assert (HEADINGS[spoken]["claims"] in printed) is bool(experiment.claim)


def test_a_preset_without_its_lesson_has_its_title_in_every_language() -> None:
    experiment = msgspec.structs.replace(read("lenet5"), lesson=None)
    assert title(experiment, "en") == "LeNet-5 reads handwritten digits"
    assert title(experiment, "ko") == "LeNet-5가 손글씨 숫자를 읽는다"
    assert title(msgspec.structs.replace(experiment, title="My own"), "ko") == "My own"


def test_every_file_is_in_the_course() -> None:
    folder = presets.find("lenet5").parents[1]
    files = {f"{path.parent.name}/{path.stem}" for path in folder.rglob("*.toml")}
    listed = {f"{presets.chapter_of(name).folder}/{name}" for name in presets.COURSE}
    assert files == listed


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko"}, "ko"),
        ({"LANG": "kok_IN"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "ko_KR", "LANG": "C"}, "ko"),
    ],
)
def test_the_environment_chooses_the_language(environment: dict[str, str], spoken: str) -> None:
    assert language(None, environment) == spoken
    assert language("en", environment) == "en"
