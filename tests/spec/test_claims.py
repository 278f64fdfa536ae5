"""Claims are read by a small grammar; what is none is refused where an experiment is read."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shell import tui_dl
from tui_dl import presets
from tui_dl.spec.claims.names import DIAGNOSES, names
from tui_dl.spec.claims.reader import Comparison, Figure, Negative, Operation, read
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.toml.reading import read as read_toml
from tui_dl.support.errors import UserError

TEXT = """
title = "it"
data = {{ source = "digits" }}
train = {{ optimizer = "sgd", epochs = 4 }}
network = [
    {{ kind = "flatten" }},
    {{ kind = "dense", units = 8 }},
    {{ kind = "tanh" }},
    {{ kind = "dense", units = 10 }},
]
claim = [{{ says = "it is so", test = {test} }}]
[[variant]]
name = "fast"
set = {{ "train.optimizer.learning_rate" = 0.5 }}
[[variant]]
name = "plain"
set = {{ "network[2].kind" = "relu" }}
"""


def refusal(test: str) -> str:
    """What is said against a claim; nothing where it is fine."""
    quoted = "'''" + test + "'''"
    try:
        parse(TEXT.format(test=quoted), "it.toml")
    except UserError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "test",
    [
        "test_accuracy > 0.9",
        "fast.train_loss.at[4] < train_loss.at[4] / 2",
        "fast.validation_accuracy.reaches[0.9] * 2 <= plain.validation_accuracy.reaches[0.9]",
        "grad_norm['dense_1'] / grad_norm['dense_2'].mean < 1e-4",
        "-(weight_norm['dense_1'].last - weight_norm['dense_1'].first) >= -1 + 2 * 3",
        "saturated['tanh_1'] < 0.5",
        "plain.idle['relu_1'] < 0.5",
        "diagnosed['overfitting'] > 0.5",
        "test_accuracy > baseline['linear']",
        "validation_loss.min < validation_loss.reaches[-1.5]",
    ],
)
def test_a_comparison_of_figures_is_fine(test: str) -> None:
    assert refusal(test) == ""


def test_the_line_of_the_first_unit_is_a_figure_of_two_inputs_and_two_classes() -> None:
    assert refusal("line_error < 1e-3").startswith("it.toml: claim[0].test: column 1")
    for network, known in (("neuron", True), ("hidden-layer", True), ("first-network", False)):
        assert ("line_error" in names(read_toml(network)).series) is known


@pytest.mark.parametrize(
    ("test", "says"),
    [
        ("", "column 1: cannot be read: write one comparison, with <, <=, >, >="),
        ("test_accuracy >", "column 16: cannot be read: write one comparison"),
        ("test_accuracy", "column 1: there is no comparison"),
        ("0.1 < test_loss < 0.2", "column 19: a second comparison"),
        ("test_loss == 0", "column 14: another comparison is not possible"),
        ("test_loss in 0", "column 14: another comparison is not possible"),
        ("test_loss < 1 and 1 < test_loss", "column 1: there is no comparison"),
        ("0 < 1", "column 1: it names no figure of a run"),
        ("max(test_loss, 1) < 2", "column 1: a call is not possible"),
        ("1 < __import__('os').getpid()", "column 5: a call is not possible"),
        ("test_loss ** 2 < 3", "column 1: this is not possible: write numbers"),
        ("test_loss < True", "column 13: this is not possible"),
        ("test_loss < 'x'", "column 13: this is not possible"),
        ("test_loss < 1j", "column 13: this is not possible"),
        ("test_loss < 1e999", "column 13: the number is too large"),
        ("test_loss < (lambda: 1)", "column 14: this is not possible"),
        ("test_loss < [1][0]", "column 17: write a name in quotes"),
        ("test_loss.real < 1", "column 1: test_loss has no .real; known: first, "),
        ("train_loss.last.first < 1", "column 12: .last is not possible here"),
        ("fast.train_loss.__class__ < 1", "column 17: .__class__ is not possible here"),
        ("train_loss.at < 1", "column 12: at needs a number in brackets"),
        ("train_loss.at['x'] < 1", "column 15: write a number in the brackets"),
        ("train_loss.last[1] < 1", "column 17: write a name in quotes"),
        ("train_loss.at[5] < 1", "column 1: .at needs an epoch, a whole number from 1 to 4"),
        ("train_loss.at[1.5] < 1", "column 1: .at needs an epoch"),
        ("test_acuracy > 1", "column 1: test_acuracy is no figure of its runs; did you mean"),
        ("1 < fst.test_loss", "column 5: fst is no variant; did you mean 'fast'?"),
        ("fast > 1", "column 1: fast is a variant: write fast.test_loss or another"),
        ("test_loss.last > 1", "column 1: test_loss is one number, no series: leave .last out"),
        ("grad_norm > 1", "column 1: grad_norm needs a key, such as grad_norm['dense_1']"),
        ("grad_norm['dense_3'] > 1", "column 1: grad_norm has no 'dense_3'; did you mean 'dense_"),
        ("saturated['relu_1'] > 1", "column 1: saturated has no 'relu_1'"),
        ("plain.saturated['tanh_1'] > 1", "column 1: saturated has no 'tanh_1'"),
        ("test_loss['x'] > 1", "column 1: test_loss is one figure: leave the key out"),
        ("test_r2 > 1", "column 1: test_r2 is no figure of its runs"),
        ("-" * 60 + "test_loss < 1", "nested more than 40 deep"),
        ("(" * 300 + "test_loss", "column "),
        ("test_loss < 1" + " " * 500, "is more than one line of 500 characters"),
        ("test_loss <\n1", "is more than one line of 500 characters"),
        ("test_loss < \x1b[2J1", "TOML"),
    ],
)  # fmt: skip
def test_what_is_no_claim_is_refused_at_its_column(test: str, says: str) -> None:
    said = refusal(test)
    assert says in said
    assert said.startswith("it.toml: " + ("not a " if says == "TOML" else "claim[0].test: "))
    assert said.isprintable()


def test_a_column_counts_characters_not_bytes() -> None:
    assert "column 13: μ is no figure" in refusal("test_loss < μ")


def test_a_claim_is_a_tree_of_figures_and_numbers() -> None:
    column = {"column": 1}
    assert read("a.b['c'].at[3] < -(1 + 2)") == Comparison(
        Figure("b", "a", "c", "at", 3.0, **column), "<", Negative(Operation(1.0, "+", 2.0))
    )
    assert [it.name for it in read("a / b > c.d.last").figures()] == ["a", "b", "d"]


ATOMS = st.sampled_from(
    ["test_loss", "fast.", "(", ")", "[", "]", "'dense_1'", "<", ">", "=", "+", "*", "1", ".at",
     "lambda:", "f()", "__class__", "{", "}", ":", ",", "if", "else", "not", "\\", "#", "@", "é"]
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(ATOMS, max_size=12).map(" ".join) | st.text(max_size=20))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except ConfigError:
        return
    assert isinstance(ast.parse(text.strip(), mode="eval").body, ast.Compare)
    assert found.figures()


def test_a_command_refuses_it_in_one_line() -> None:
    done = tui_dl("check", "first-network", "--set", 'claim=[{says="x",test="open(1)<2"}]')
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "claim[0].test: column 1: a call is not possible" in done.stderr


@pytest.mark.parametrize("says", ["", "a" * 201, "a\\nb", "a\\u001bb"])
def test_what_it_says_is_one_line(says: str) -> None:
    text = TEXT.format(test='"test_loss < 1"').replace("it is so", says)
    with pytest.raises(UserError, match=r"claim\[0\].says: is not one line of 1 to 200"):
        parse(text, "it.toml")


def test_every_diagnosis_can_be_named() -> None:
    from tui_dl.engine.diagnosis.examine import RULES

    assert sorted(DIAGNOSES) == sorted(rule.kind for rule in RULES)


@pytest.mark.parametrize("name", presets.COURSE)
def test_names_are_figures_of_every_preset(name: str) -> None:
    from tui_dl.process.read_experiment import read as read_experiment

    found = names(read_experiment(name))
    assert found.series
    assert not found.series & found.figures
    assert set(found.keys) <= found.series | found.figures
