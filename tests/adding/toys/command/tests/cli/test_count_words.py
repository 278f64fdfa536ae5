from tests.shell import tui_dl


def test_words_are_counted_so_often() -> None:
    assert tui_dl("count-words", "one", "two", "--times", "3").stdout == "6 words\n"
