"""What an error says, whatever it quotes."""

from tui_dl.support.errors import UserError


def test_the_middle_of_a_word_that_fills_a_screen_is_left_out() -> None:
    said = str(UserError(f"{'a' * 3_000}.csv: no such file"))
    assert said == f"{'a' * 100}…{'a' * 55}.csv: no such file"


def test_paths_of_usual_length_stay_whole() -> None:
    path = "/".join(["folder"] * 40)
    assert str(UserError(f"{path}: no such file")) == f"{path}: no such file"


def test_controls_are_replaced() -> None:
    assert str(UserError("a\x1b[2Jb\nc")) == "a\ufffd[2Jb c"
