"""Tables fit the terminal; nothing of them is left out without one."""

import pytest

from tests.shell import on_terminal, tui_dl


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("command", [("presets",), ("check", "lenet5"), ("check", "memory")])
def test_a_table_fits(command: tuple[str, ...], columns: int) -> None:
    done = on_terminal(columns, 50, *command)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= columns
    whole = tui_dl(*command).stdout.splitlines()
    assert [line.split()[:1] for line in lines] == [line.split()[:1] for line in whole]
    if max(map(len, whole)) <= columns:
        assert _unchanging(lines) == _unchanging(whole)


def _unchanging(lines: list[str]) -> list[str]:
    """All lines but that of the memory that is free, which other programs change."""
    return [line for line in lines if not line.startswith("memory: ")]


def test_the_least_important_column_is_cut_or_left_out() -> None:
    wide = on_terminal(120, 50, "presets").stdout
    narrow = on_terminal(60, 50, "presets").stdout
    assert "…" not in wide
    assert all("…" in line for line in narrow.splitlines() if "vanishing-gradient" in line)
    assert "  KEY  " in on_terminal(80, 50, "check", "lenet5").stdout
    keyless = on_terminal(60, 50, "check", "lenet5").stdout
    assert "KEY" not in keyless
    assert "FLOPS PER SAMPLE\n" in keyless
    assert "…" not in keyless
