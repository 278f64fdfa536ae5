"""Every loss against its plain form, finite differences of that form, and PyTorch."""

from typing import Any, get_args

import numpy as np
import pytest

from tests.cases import cases, label, named
from tui_dl.kernels import losses
from tui_dl.kernels.core.jit import compile_kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.losses.base import Loss as Kernel
from tui_dl.kernels.losses.base import into_lanes, out_of_lanes
from tui_dl.kernels.losses.pointwise import Pointwise
from tui_dl.kernels.losses.policy_gradient import DECISION
from tui_dl.kernels.reference import plain_form, plain_forms
from tui_dl.spec.layers.base import kind
from tui_dl.spec.train.losses import AnyLoss
from tui_dl.spec.train.losses.base import Loss
from tui_dl.spec.train.losses.classification import BinaryCrossEntropy, CrossEntropy
from tui_dl.spec.train.losses.policy_gradient import PolicyGradient
from tui_dl.spec.train.losses.regression import MeanSquaredError

BLOCKS, SAMPLES = 3, 37  # the last block has lanes without a sample
UNEVEN = 0.5, 2.0, 1.0, 0.1, 3.0
BY_KIND = cases("losses")
FORMS = plain_forms("tui_dl.kernels.reference.losses")
PEERS = named("losses", "peer")
CASES: list[tuple[Loss, tuple[int, ...], int]] = [
    case for of_kind in BY_KIND.values() for case in of_kind
]
KINDS: dict[str, Any] = {kind(struct): struct for struct in get_args(AnyLoss)}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_loss_has_a_kernel_a_plain_form_and_cases(name: str) -> None:
    assert issubclass(losses.of(name), Kernel)
    assert name in FORMS, f"{name} has no plain form in kernels/reference/losses"
    assert name in BY_KIND, f"{name} has no cases: tests/cases/losses/{name}.py"
    assert {kind(fields) for fields, _, _ in BY_KIND[name]} == {name}


def test_every_plain_form_and_case_is_of_a_loss() -> None:
    assert set(FORMS) | set(BY_KIND) <= set(KINDS)


class Case:
    """A loss over random outputs and targets, as (samples, ...) too."""

    def __init__(self, fields: Loss, shape: tuple[int, ...], classes: int) -> None:
        random = np.random.default_rng(0)
        y = random.normal(0, 2, (BLOCKS, *shape, LANES)).astype(np.float32)
        self.fields, self.classes = fields, classes
        self.loss = losses.of(kind(fields))(fields, y, np.full_like(y, np.nan), classes)
        if classes:
            places = shape[:-1] if self.loss.width == shape[-1] else shape
            self.targets: Any = random.integers(classes, size=(SAMPLES, *places), dtype=np.int32)
            self.targets[::4] = -1  # no target
            if isinstance(fields, PolicyGradient):
                decisions = np.zeros(SAMPLES, DECISION)
                decisions["action"] = np.maximum(self.targets, 0)
                decisions["advantage"] = random.normal(0, 3, SAMPLES)  # of both signs,
                decisions["advantage"][::5] = 0
                self.targets = decisions
        elif self.binary:
            self.targets = random.integers(2, size=(SAMPLES, *shape)).astype(np.float32)
        else:
            self.targets = random.normal(0, 2, (SAMPLES, *shape)).astype(np.float32)
        self.y = out_of_lanes(y, SAMPLES).astype(np.float64)

    @property
    def pointwise(self) -> bool:
        """Whether each output has a target of its own."""
        return isinstance(self.loss, Pointwise)

    @property
    def binary(self) -> bool:
        """Whether targets are 0 or 1 where they are numbers."""
        return isinstance(self.loss, Pointwise) and self.loss.binary

    def run(self, *parts: slice) -> None:
        for kernel in self.loss.target_kernels:
            compile_kernel(kernel)
        self.loss.set_targets(self.targets)
        calls = [call for part in parts or (slice(0, BLOCKS),) for call in self.loss.calls(part)]
        for call in [*calls, self.loss.add_up(BLOCKS)]:
            compile_kernel(call.func)
            call()

    @property
    def one_hot(self) -> Any:
        """The targets as numbers of the outputs' shape."""
        if not self.classes or self.loss.width == 1:
            return self.targets
        return np.eye(self.classes)[np.maximum(self.targets, 0)]

    def mean(self, y: Any) -> float:
        """The loss by its plain form."""
        plain = plain_form("losses", kind(self.fields))
        if isinstance(self.fields, PolicyGradient):
            decisions = zip(y, self.targets, strict=True)
            return float(np.mean([plain(self.fields, z, *it) for z, it in decisions]))
        if not self.pointwise:
            places = zip(y.reshape(-1, self.classes), self.targets.reshape(-1), strict=True)
            pairs = [(plain(self.fields, z, t), t) for z, t in places if t >= 0]
            weights = np.array(getattr(self.fields, "class_weights", ()) or [1] * self.classes)
            return float(sum(loss for loss, _ in pairs) / sum(weights[t] for _, t in pairs))
        losses = plain(self.fields, y, self.one_hot.reshape(y.shape))
        if not self.classes:
            return float(losses.mean())
        return float(losses.reshape(*self.targets.shape, -1)[self.targets >= 0].mean())


@pytest.mark.parametrize("case", CASES, ids=label)
def test_a_loss_equals_its_plain_form(case: Any) -> None:
    it = Case(*case)
    it.run()
    assert it.loss.mean == pytest.approx(it.mean(it.y), rel=1e-5)


@pytest.mark.parametrize("case", CASES, ids=label)
def test_its_gradient_equals_finite_differences(case: Any) -> None:
    it = Case(*case)
    it.run()
    gradient = out_of_lanes(it.loss.dy, SAMPLES)
    assert not it.loss.dy[-1, ..., SAMPLES % LANES :].any()
    random = np.random.default_rng(1)
    for _ in range(20):
        place = tuple(int(random.integers(side)) for side in it.y.shape)
        above, below = it.y.copy(), it.y.copy()
        above[place] += 1e-6
        below[place] -= 1e-6
        slope = (it.mean(above) - it.mean(below)) / 2e-6
        assert gradient[place] == pytest.approx(slope, abs=1e-7, rel=1e-4)


@pytest.mark.parametrize("case", CASES, ids=label)
def test_no_bit_depends_on_how_blocks_are_shared_out(case: Any) -> None:
    one, two = Case(*case), Case(*case)
    one.run()
    two.run(slice(0, 1), slice(1, BLOCKS))
    np.testing.assert_array_equal(one.loss.losses, two.loss.losses)
    np.testing.assert_array_equal(one.loss.correct, two.loss.correct)
    np.testing.assert_array_equal(one.loss.dy, two.loss.dy)


@pytest.mark.parametrize("case", CASES, ids=label)
def test_correct_are_places_whose_largest_output_is_the_target(case: Any) -> None:
    it = Case(*case)
    it.run()
    if isinstance(it.fields, PolicyGradient):
        assert it.loss.weight_sums[1] == 0
        return
    if it.classes and it.loss.width > 1:
        right = it.y.argmax(axis=-1) == it.targets
    elif it.classes or it.binary:
        right = (it.y.reshape(it.targets.shape) > 0) == it.targets
    else:
        assert it.loss.weight_sums[1] == 0
        return
    has_target = it.targets >= 0
    assert it.loss.correct.sum() == (right & has_target).sum()
    assert it.loss.weight_sums[1] == has_target.sum()


@pytest.mark.parametrize("broken", [0.0, 0.1])
@pytest.mark.parametrize("case", [case for case in CASES if case[2]], ids=label)
def test_of_equal_outputs_the_first_is_the_prediction(case: Any, broken: float) -> None:
    it = Case(*case)
    if isinstance(it.fields, PolicyGradient):
        it.targets = it.targets["action"].copy()
    random = np.random.default_rng(2)
    it.loss.y[...] = random.integers(-1, 2, it.loss.y.shape)  # 0 is where one output says nothing
    it.loss.y[random.random(it.loss.y.shape) < broken] = np.nan
    it.run()
    y = out_of_lanes(it.loss.y, SAMPLES).reshape(*it.targets.shape, -1)
    if it.loss.width == 1:
        y = np.concatenate([np.zeros_like(y), y], axis=-1)
    right = (y.argmax(axis=-1) == it.targets) & ~np.isnan(y).any(axis=-1)
    assert it.loss.correct.sum() == right.sum()
    assert broken or right.any()


@pytest.mark.parametrize("case", [it for it in CASES if kind(it[0]) in PEERS], ids=label)
def test_a_loss_equals_pytorchs(case: Any) -> None:
    torch = pytest.importorskip("torch", reason="parity needs PyTorch")
    it = Case(*case)
    it.run()
    y, targets = torch.tensor(it.y, requires_grad=True), it.targets
    of_place = y
    if it.pointwise:
        has_target = torch.tensor((targets.reshape(-1) >= 0) | (it.classes == 0))
        of_place = y.reshape(-1, it.loss.width)[has_target]
        targets = torch.tensor(it.one_hot.reshape(-1, it.loss.width)).double()[has_target]
    loss = PEERS[kind(it.fields)](torch, it.fields, of_place, targets)
    loss.backward()
    assert it.loss.mean == pytest.approx(loss.item(), rel=1e-5)
    np.testing.assert_allclose(out_of_lanes(it.loss.dy, SAMPLES), y.grad, rtol=1e-4, atol=1e-7)


def test_a_policy_gradient_of_actions_alone_is_cross_entropy() -> None:
    one, other = Case(PolicyGradient(), (3,), 3), Case(CrossEntropy(), (3,), 3)
    one.targets = other.targets
    one.run()
    other.run()
    assert one.loss.mean == other.loss.mean
    np.testing.assert_array_equal(one.loss.dy, other.loss.dy)


def test_parts_of_a_split_add_up_to_its_mean() -> None:
    whole = Case(CrossEntropy(class_weights=UNEVEN), (5,), 5)
    whole.run()
    total = weight = 0.0
    y, targets = whole.loss.y.copy(), whole.targets
    for part in (slice(0, 16), slice(16, SAMPLES)):
        into_lanes(whole.loss.y, out_of_lanes(y, SAMPLES)[part])
        whole.targets = targets[part]
        whole.run()
        total += whole.loss.mean * whole.loss.weight_sums[0]
        weight += whole.loss.weight_sums[0]
    whole.targets = targets
    assert total / weight == pytest.approx(whole.mean(whole.y), rel=1e-5)


def test_inputs_may_be_the_targets() -> None:
    it = Case(MeanSquaredError(), (4,), 0)
    inputs = np.zeros((BLOCKS, 2, 2, LANES), np.float32)
    it.loss.use_inputs_as_targets(inputs)
    for fill in (0.0, 1.0):
        inputs[...] = fill
        it.run()
        assert it.loss.mean == pytest.approx(((it.y - fill) ** 2).mean(), rel=1e-5)


def test_cross_entropy_of_huge_and_of_broken_logits() -> None:
    it = Case(CrossEntropy(label_smoothing=0.1), (3,), 3)
    it.targets[:] = 0
    it.loss.y[...] = 0
    it.loss.y[:, 0] = 1e4
    it.run()
    assert it.loss.mean == pytest.approx(2 / 30 * 1e4)
    assert np.isfinite(it.loss.dy).all()
    it.loss.y[0, 1, 3] = np.nan
    it.run()
    assert np.isnan(it.loss.mean)


@pytest.mark.parametrize("fields", [BinaryCrossEntropy(), MeanSquaredError()], ids=label)
def test_broken_outputs_make_a_broken_loss(fields: Loss) -> None:
    it = Case(fields, (3,), 0)
    it.loss.y[0, 1, 3] = np.nan
    it.run()
    assert np.isnan(it.loss.mean)
