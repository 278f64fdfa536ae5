"""What is doubtful about a table is said wherever its run is shown."""

import json
from pathlib import Path

from rich.cells import cell_len

from tests.shell import tui_dl as shell
from tui_dl.runs.home import all_runs
from tui_dl.runs.view_follower import RunFollower
from tui_dl.ui.panels.run.diagnosis import problem_rows


def test_doubts_about_the_data_are_said_wherever_the_run_is_shown(tmp_path: Path) -> None:
    lines = [f"{it * 37 % 101},{'xy'[it % 2]},{'ab'[it % 2]}" for it in range(100)]
    (tmp_path / "leak.csv").write_text("\n".join(["size,leak,kind", *lines, ""]))
    runs = tmp_path / "runs"
    given = ("leak.csv", "--headless", "--runs", str(runs), "--set", "train.epochs=1")
    started = shell("train", *given, cwd=tmp_path)
    (doubt,) = [it for it in started.stdout.splitlines() if it.startswith("doubtful: ")]
    assert "column 'leak' gives the answer away" in doubt
    shown = shell("show", "leak", "--runs", str(runs)).stdout.splitlines()
    place = next(it for it, line in enumerate(shown) if line.startswith("data "))
    assert "column 'leak' gives the answer away" in shown[place]
    assert shown[place + 1].split()[0] == "try:"
    facts = json.loads(shell("show", "leak", "--json", "--runs", str(runs)).stdout)
    assert [it["check"] for it in facts["findings"]] == ["answer_in_column"]
    (run,) = all_runs(runs)
    view = RunFollower(run).poll(80)
    assert view is not None
    assert view.findings == run.experiment.data_spec.findings
    first, second = problem_rows(view.findings * 3, 200, 2)
    says = "".join(text for text, _ in first)
    assert says.startswith("▲ data: column 'leak' gives the answer away")
    assert says.endswith("  +2 on tab 6")
    assert second[0][0] == "  try: "
    just_enough = cell_len(says) - cell_len("  +2 on tab 6")
    (whole, *_) = problem_rows(view.findings * 3, just_enough, 2)
    assert "".join(text for text, _ in whole) == says.removesuffix("  +2 on tab 6")
