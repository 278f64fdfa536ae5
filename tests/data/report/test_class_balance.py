"""One large class and rare classes are named."""

from tests.data.report.tables import category, draw, found, number, table


def classes(**counts: int) -> list[str | None]:
    return [name for name, count in counts.items() for _ in range(count)]


def test_a_class_of_most_rows() -> None:
    it = table(number("a", draw().normal(size=200)), category("kind", classes(no=190, yes=10)))
    (finding,) = found("class_balance", it)
    assert finding.evidence["largest_class"] == 0.95
    assert "'no'" in finding.says


def test_rare_classes() -> None:
    kinds = category("kind", classes(a=50, b=50, c=9, d=2))
    (finding,) = found("class_balance", table(number("a", draw().normal(size=111)), kinds))
    assert finding.evidence == {"rare_classes": 2, "fewest_rows": 2}
    assert "'c' (9), 'd' (2)" in finding.says


def test_classes_of_some_size_and_numbers_are_not_named() -> None:
    numbers = number("a", draw().normal(size=100))
    assert not found("class_balance", table(numbers, category("kind", classes(a=80, b=20))))
    assert not found("class_balance", table(numbers, numbers))
