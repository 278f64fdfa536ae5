"""Every optimizer has a kernel, a plain form and cases, and the kernel equals the plain form."""

from typing import Any, get_args

import numpy as np
import pytest

from tests.cases import cases, label
from tui_dl.kernels import optimizers
from tui_dl.kernels.core.jit import compile_kernel
from tui_dl.kernels.optimizers.base import CHUNK, OptimizerKernel, _state_access
from tui_dl.kernels.reference import plain_form, plain_forms
from tui_dl.spec.layers.base import kind
from tui_dl.spec.train.optimizers import AnyOptimizer

BY_KIND = cases("optimizers")
FORMS = plain_forms("tui_dl.kernels.reference.optimizers")
CASES = [case for of_kind in BY_KIND.values() for case in of_kind]
KINDS: dict[str, Any] = {kind(struct): struct for struct in get_args(AnyOptimizer)}
GOOD = np.ones(1, np.float32)  # losses
CHUNKS = 3


def kernel_of(fields: Any) -> OptimizerKernel:
    made = optimizers.of(kind(fields))(fields)
    compile_kernel(made.rule.kernel)
    return made


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_optimizer_has_a_kernel_a_plain_form_and_cases(name: str) -> None:
    assert optimizers.of(name)
    assert name in FORMS, f"{name} has no plain form in kernels/reference/optimizers"
    assert name in BY_KIND, f"{name} has no cases: tests/cases/optimizers/{name}.py"
    assert {type(case) for case in BY_KIND[name]} == {KINDS[name]}


def test_every_plain_form_and_case_is_of_an_optimizer() -> None:
    assert set(FORMS) | set(BY_KIND) <= set(KINDS)


@pytest.mark.parametrize("fields", CASES, ids=label)
def test_the_memory_is_as_large_as_the_table_says(fields: Any) -> None:
    assert len(kernel_of(fields).rule.state) == fields.arrays


@pytest.mark.parametrize("fields", CASES, ids=label)
def test_an_optimizer_equals_its_plain_form(fields: Any) -> None:
    own, form = kernel_of(fields), plain_form("optimizers", kind(fields))
    random = np.random.default_rng(0)
    w = random.standard_normal(CHUNKS * CHUNK).astype(np.float32)
    kept = np.zeros((len(own.rule.state), w.size), np.float32)
    squares = np.zeros((CHUNKS, 3), np.float32)
    exact, exact_kept = w.astype(np.float64), kept.astype(np.float64)
    for t in range(1, 6):
        g = random.standard_normal(w.size).astype(np.float32)
        before = w.copy()
        own.settings["step"] = t
        for chunk in range(CHUNKS):
            own.rule.kernel(w, kept, g, squares, own.settings, GOOD, chunk, chunk + 1)
        form(
            fields,
            exact,
            g.astype(np.float64),
            t,
            **dict(zip(own.rule.state, exact_kept, strict=True)),
        )
        np.testing.assert_allclose(w, exact, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(kept, exact_kept, rtol=1e-5, atol=1e-6)
        by_chunk = [(a.reshape(CHUNKS, CHUNK) ** 2).sum(axis=1) for a in (g, before - w, w)]
        np.testing.assert_allclose(squares, np.stack(by_chunk, axis=1), rtol=1e-3)


@pytest.mark.parametrize("fields", CASES, ids=label)
@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_a_broken_loss_leaves_the_weights_alone(fields: Any, broken: float) -> None:
    own = kernel_of(fields)
    own.settings["step"] = 1
    arrays = np.random.default_rng(0).random((2 + len(own.rule.state), CHUNK)).astype(np.float32)
    w, g, kept = arrays[0], arrays[1], arrays[2:]
    before = arrays.copy()
    squares, losses = np.zeros((1, 3), np.float32), np.array([1, broken], np.float32)
    own.rule.kernel(w, kept, g, squares, own.settings, losses, 0, 1)
    np.testing.assert_array_equal(arrays, before)


@pytest.mark.parametrize("arrays", range(4))
def test_state_is_read_and_replaced_array_by_array(arrays: int) -> None:
    state = np.arange(arrays * 6, dtype=np.float32).reshape(arrays, 6)
    expected = state.copy()
    expected[:, 3] *= 2
    rows, load, store = (function.py_func for function in _state_access(arrays))
    views = rows(state, slice(2, 5))
    kept = load(views, 1)
    assert kept == tuple(state[:, 3])
    store(views, 1, tuple(2 * number for number in kept))
    np.testing.assert_array_equal(state, expected)
