"""Experiments of format 0: those of runs are migrated, those of users get the new name."""

from pathlib import Path

import pytest

from tui_dl.spec.format import FORMAT
from tui_dl.spec.layers.composed import Repeat, Residual
from tui_dl.spec.layers.products import Dense
from tui_dl.spec.toml.migrations import migrate_override
from tui_dl.spec.toml.reading import parse, read
from tui_dl.spec.toml.seal import has_seal, is_intact, sealed
from tui_dl.spec.train.schedules.cosine import Cosine
from tui_dl.support.errors import UserError

FIXTURES = Path(__file__).parents[1] / "fixtures"
DENSE = '{ kind = "dense", units = 64, initial = "he" }'
OLD = f"""title = "old"
data = {{ source = "digits" }}
network = [
    {{ kind = "flatten" }},
    {{ kind = "residual", layers = [{{ kind = "repeat", times = 2, layers = [{DENSE}] }}] }},
    {{ kind = "dense", units = 10 }},
]
train = {{ schedule = {{ kind = "cosine", lowest = 1e-4 }} }}
"""
NEW = """title = "new"
data = { source = "digits" }
network = [{ kind = "flatten" }, { kind = "dense", units = 10 }]
"""
DATES = 'title = "x"\ndata = { source = "dates", WORD }\nnetwork = [{ kind = "flatten" }]\n'


@pytest.mark.parametrize("seal", [False, True])
def test_what_a_run_of_format_0_has_is_migrated(seal: bool) -> None:
    text = sealed(OLD).decode() if seal else OLD
    found = parse(text, "run.toml", of_run=not seal)
    residual = found.network[1]
    assert isinstance(residual, Residual)
    repeat = residual.layers[0]
    assert isinstance(repeat, Repeat)
    assert repeat.layers == [Dense(units=64, initializer="he")]
    assert found.train.schedule == Cosine(min_learning_rate=1e-4)
    assert found.format == FORMAT
    assert found.to_toml().startswith(f"format = {FORMAT}\n")


@pytest.mark.parametrize(
    ("text", "overrides", "says"),
    [
        (OLD, [], "mine.toml: network[1].layers[0].layers[0].initial: is now called initializer"),
        (NEW, ["network[1].initial=he"], "--set network[1].initial=he: is now called initializer"),
        (
            NEW,
            ["train.schedule={kind='one_cycle', rise=0.3}"],
            "--set train.schedule={kind='one_cycle', rise=0.3}: train.schedule.rise: "
            "is now called warm_up_fraction",
        ),
        (
            NEW,
            ["train.batch_schedule.most=9"],
            "--set train.batch_schedule.most=9: is now called max",
        ),
        (
            DATES.replace("WORD", 'wanted = "tags"'),
            [],
            'mine.toml: data.wanted: is now called task = "tag"',
        ),
        (
            DATES.replace("WORD", 'task = "iso"'),
            [],
            "mine.toml: data.task: 'iso' is now called translate",
        ),
        (f"format = {FORMAT}\n{OLD}", [], "is now called"),
        (
            NEW.replace('"digits"', '"digits", symbols = 3'),
            [],
            "data.symbols: unknown key; known: ",
        ),
        (NEW, ["format=99"], f"--set format=99: expected a whole number <= {FORMAT}, found 99"),
        (f"format = true\n{NEW}", [], "mine.toml: format: expected a whole number, found true"),
        (f"format = -1\n{NEW}", [], "mine.toml: format: expected a whole number >= 0, found -1"),
        (f"format = {FORMAT + 1}\n{NEW}", [], f"mine.toml: written in format {FORMAT + 1}; this"),
    ],
)
def test_an_old_key_of_a_user_gets_its_new_name(text: str, overrides: list[str], says: str) -> None:
    with pytest.raises(UserError) as error:
        parse(text, "mine.toml", overrides)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("network[1].initial=he", "network[1].initializer=he"),
        ("network[0].layers[2].initial=he", "network[0].layers[2].initializer=he"),
        ("data.wanted=iso", "data.task=translate"),
        ("train.epochs=3", "train.epochs=3"),
        ("no override", "no override"),
    ],
)
def test_overrides_are_migrated(old: str, new: str) -> None:
    assert migrate_override(old) == new


def test_a_file_that_leaves_its_format_out_is_of_the_newest() -> None:
    assert parse(NEW, "new.toml") == parse(f"format = {FORMAT}\n{NEW}", "new.toml")
    assert read("lenet5").format == FORMAT


@pytest.mark.parametrize("number", range(FORMAT + 1))
def test_seals_of_every_format_are_known(number: int) -> None:
    for path in sorted((FIXTURES / f"format_{number}").glob("*/experiment.toml")):
        content = path.read_bytes()
        assert has_seal(content)
        assert is_intact(content)
        assert not is_intact(content + b"\n")
        assert not is_intact(b"# " + content)
        assert is_intact(content.partition(b"\n")[2])
