"""Categories that differ in capitals, blanks or forms of letters only."""

from unicodedata import normalize

import pytest

from tests.data.report.tables import category, found, number, table

NUMBERS = number("x", range(40))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Yes", "yes"), ("New  York", "New York"), ("서울", normalize("NFD", "서울"))],
)
def test_other_ways_to_write_a_value_are_named(one: str, other: str) -> None:
    (finding,) = found("spellings", table(NUMBERS, category("y", [one, other, "no", "no"] * 10)))
    assert finding.columns == ("y",)
    assert finding.evidence == {"values": 1, "categories": 3}
    assert "1 of 2 values" in finding.says


def test_letters_for_yes_and_no_are_named() -> None:
    (finding,) = found("spellings", table(NUMBERS, category("y", ["Y", "y", "N", "no"] * 10)))
    assert "1 of 3 values" in finding.says


@pytest.mark.parametrize("names", [("yes", "no"), ("m", "M"), ("Yes", "Yes.")])
def test_values_that_differ_are_not_named(names: tuple[str, str]) -> None:
    assert not found("spellings", table(category("x", names * 20), NUMBERS))
