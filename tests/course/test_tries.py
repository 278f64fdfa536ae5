"""What a lesson says to try starts, is another run than the preset's, and shows what is asked."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.course.conftest import Trained
from tests.course.outcomes import OUTCOMES, Outcome
from tui_dl import presets
from tui_dl.batch.job import Job, jobs_of
from tui_dl.batch.local import launch_all
from tui_dl.cli.parser import TopParser
from tui_dl.course.lesson_text import HEADINGS, lesson, sections
from tui_dl.course.verdict import verdicts
from tui_dl.process.read_experiment import describe, read
from tui_dl.spec.claims.reader import read as read_claim
from tui_dl.spec.course.claim import Claim
from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.flat_override import flat
from tui_dl.spec.layer_names import named, names_by_place
from tui_dl.spec.lesson_changes import examples, proposed_changes

CODE = re.compile(r"`([^`]*)`")
TITLES = {it: HEADINGS[it]["try_"] for it in LANGUAGES}


def tries(name: str) -> list[Experiment]:
    """The preset with each change that its lesson proposes."""
    found = read(name).lesson
    assert found
    return [read(name, overrides) for overrides in proposed_changes(found.en.try_)]


@pytest.mark.parametrize("name", presets.COURSE)
def test_every_try_changes_the_preset(name: str) -> None:
    changed, found = tries(name), read(name).lesson
    assert found
    assert changed or "`tui-dl " in found.en.try_, f"{name}: its try has no code that can be run"
    for each in changed:
        assert differences(read(name), each)
        jobs_of(name, each, describe)  # its variants can be trained too


@pytest.mark.parametrize("name", presets.COURSE)
def test_commands_in_lessons_are_of_tui_dl(name: str) -> None:
    found = read(name).lesson
    assert found
    texts = [found.en.try_, found.en.look, found.en.why, found.en.answer]
    for code in (it for text in texts for it in CODE.findall(text)):
        words = shlex.split(code) if code.startswith(("tui-dl ", "--")) else []
        if words[:1] == ["tui-dl"]:
            TopParser().parse_args(words[1:])
        elif words:
            TopParser().parse_args(["train", name, *words])


@pytest.mark.slow
@pytest.mark.parametrize("name", presets.COURSE)
def test_every_try_trains(name: str, tmp_path: Path) -> None:
    if read(name).data.is_missing:
        pytest.skip("its data is not installed")
    short = [each.with_train(replace(each.train, epochs=1, change=[])) for each in tries(name)]
    over = [it.state for it in launch_all(tmp_path, [Job(name, it) for it in short], [])]
    assert [it.failure for it in over if it.status != "finished"] == []


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("name", presets.COURSE)
def test_a_try_names_the_key_that_does_it_or_the_command(name: str, spoken: Language) -> None:
    experiment = read(name)
    assert experiment.lesson
    text = experiment.lesson.text(spoken).try_
    ((_, shown),) = [it for it in sections(experiment, spoken) if it[0] == TITLES[spoken]]
    assert "--set" not in shown
    first, *others = examples(text)
    assert shown.count("`t`") == 1
    assert shown.count("`e`") == len(others)
    for each in others:  # a row of the window that `e` opens, and what is typed
        (typed,) = each.overrides
        (key, value) = flat(*typed.split("=", 1))[0]
        typed = f"{named(key, names_by_place(experiment))}={value}"
        assert f"`{typed}`" in shown
        assert read(name, [typed]) == read(name, each.overrides)
    command = f"`tui-dl train {name} {first.code}`"
    assert command in lesson(name, experiment, spoken)


@pytest.mark.parametrize("name", presets.COURSE)
def test_a_try_that_asks_about_variants_trains_them(name: str) -> None:
    experiment = read(name)
    assert experiment.lesson
    found = examples(experiment.lesson.en.try_)
    variants = {it.name for it in experiment.variant}
    for outcome in OUTCOMES[name]:
        asked = {it.variant for test in outcome.tests for it in read_claim(test).figures()}
        asks = bool(asked & variants)
        assert [found[place].variants for place in outcome.changes] == [asks] * len(outcome.changes)


def test_every_try_has_an_outcome() -> None:
    assert tuple(OUTCOMES) == presets.COURSE
    for name, outcomes in OUTCOMES.items():
        said = {place for each in outcomes for place in each.changes}
        assert said == set(range(len(tries(name)))), name


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("name", "outcome"), [(name, each) for name, them in OUTCOMES.items() for each in them]
)
def test_a_try_shows_what_its_lesson_asks(name: str, outcome: Outcome, trained: Trained) -> None:
    found = read(name).lesson
    assert found
    proposed = proposed_changes(found.en.try_)
    _, before = trained.of(name, [])
    changed, runs = trained.of(name, [it for place in outcome.changes for it in proposed[place]])
    runs |= {f"before_{variant}".rstrip("_"): run for variant, run in before.items()}
    tests = replace(changed, claim=tuple(Claim(test, test) for test in outcome.tests))
    assert [it for it in verdicts(tests, runs) if not it.holds] == []
