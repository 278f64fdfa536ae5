"""`tui-dl find-lr`: what it prints, and that it leaves nothing behind."""

import json
import re
from pathlib import Path

import pytest

from tests.shell import in_process, tui_dl


@pytest.mark.slow
def test_a_rate_is_printed_with_how_to_use_it(home: Path, tmp_path: Path) -> None:
    done = tui_dl("find-lr", "first-network", "--set", "data.batch_size=16", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = re.match(r"learning rate ([\d.e-]+): the loss falls fastest there", done.stdout)
    assert found
    assert done.stdout.splitlines()[-1] == (
        "  tui-dl train first-network --set data.batch_size=16 "
        f"--set train.optimizer.learning_rate={found[1]}"
    )
    assert not home.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_table_of_ones_own_will_do(tmp_path: Path) -> None:
    rows = "".join(f"{i % 7},{i % 5},{'yes' if i % 7 > 3 else 'no'}\n" for i in range(300))
    (tmp_path / "own.csv").write_text("a,b,kind\n" + rows)
    done = tui_dl("find-lr", "own.csv", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) == {"rates", "losses", "smooth", "suggestion", "diverged"}
    assert 1e-5 < found["suggestion"] < 1


@pytest.mark.slow
def test_where_nothing_is_found_the_command_fails(tmp_path: Path) -> None:
    done = tui_dl("find-lr", "vanishing-gradient", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("the loss does not fall in 320 steps")
    done = tui_dl("find-lr", "vanishing-gradient", "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["suggestion"] is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["cartpole"], "find-lr needs samples with targets"),
        (["no-such-preset"], "no such preset or file"),
        (["first-network", "--set", "train.epochs=0"], "train.epochs"),
    ],
)
def test_what_cannot_be_tested_is_refused(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = in_process("find-lr", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert not done.stdout
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
