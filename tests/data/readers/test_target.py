"""The target: named, called like one, or the last column; classes or numbers by its values."""

from pathlib import Path

import pytest

from tests.data.readers.tables import read
from tui_dl.data.readers.table import CategoryColumn


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("a,b,c", "c"),
        ("Target,b,c", "Target"),
        ("a,LABEL,class", "LABEL"),
        ("y,class,c", "class"),
        ("Y,b,c", "Y"),
    ],
)
def test_which_column(tmp_path: Path, header: str, target: str) -> None:
    rows = "\n".join(f"{row % 2},{row % 3},{row % 4}" for row in range(12))
    table = read(tmp_path, f"{header}\n{rows}")
    assert table.target == target
    assert any("the target is" in note and repr(target) in note for note in table.notes)
    named = read(tmp_path, f"{header}\n{rows}", target=header.split(",")[1])
    assert named.target == header.split(",")[1]
    assert not any("the target is" in note for note in named.notes)


@pytest.mark.parametrize(
    ("cells", "task", "classes"),
    [
        (["3", "10", "3", "10", "7", "7"], "classification", ("3", "7", "10")),
        (["1.0", "0.0", "1.0", "", "0.0", "1.0"], "classification", ("0", "1")),
        (["b", "a", "b", "a", "b", ""], "classification", ("b", "a")),
        (["0.5", "1", "0.5", "1", "0.5", "1"], "regression", ()),
        (["1", "2", "3", "4", "5", "6"], "regression", ()),
        ([str(row % 21) for row in range(84)], "regression", ()),
        ([str(row % 20) for row in range(84)], "classification", tuple(map(str, range(20)))),
    ],
)
def test_classes_or_numbers(
    tmp_path: Path, cells: list[str], task: str, classes: tuple[str, ...]
) -> None:
    lines = [f"{row * 1.5},{cell}" for row, cell in enumerate(cells)]
    content = "\n".join(["a,b", *lines])
    table = read(tmp_path, content)
    target = table.column("b")
    assert table.task == task
    assert any(note.startswith(f"{task}: the target 'b'") for note in table.notes)
    if isinstance(target, CategoryColumn):
        assert target.categories == classes
        names = [float(classes[it]) if classes[0].isdigit() else classes[it] for it in
                 target.codes[~target.missing]]  # fmt: skip
        given = [cell for cell in cells if cell]
        assert names == [float(it) if classes[0].isdigit() else it for it in given]
        if "" in cells:
            assert f"1 of {len(cells)} rows have no target" in table.notes
        if classes[0].isdigit():
            assert read(tmp_path, content, columns={"b": "number"}).task == "regression"
    else:
        assert not classes


@pytest.mark.parametrize(("header", "end"), [("a,b,", ""), ("a,b,,", ","), ("a,b,Unnamed: 2", "")])
@pytest.mark.parametrize("stray", ["", "1"])
def test_a_delimiter_at_the_end_of_rows_is_no_target(
    header: str, end: str, stray: str, tmp_path: Path
) -> None:
    rows = [f"{row * 1.5},{'xy'[row % 2]},{stray * (row == 3)}{end}" for row in range(40)]
    table = read(tmp_path, "\n".join([header, *rows]))
    assert table.target == "b"
    assert any(
        "the target is column 'b'" in note and "mostly empty" in note for note in table.notes
    )


def test_a_guessed_target_that_most_rows_lack_is_said(tmp_path: Path) -> None:
    content = "\n".join(
        ["a,b,c", *(f"{it},{it % 7},{'xy'[it % 2] * (it < 9)}" for it in range(40))]
    )
    says = "most rows have no 'c': to predict another column, say data.target"
    assert says in read(tmp_path, content).notes
    assert says not in read(tmp_path, content, target="c").notes
