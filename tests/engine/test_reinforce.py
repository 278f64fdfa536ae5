"""REINFORCE: advantages, episodes, exact repetition, and learning."""

import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tui_dl
from tests.engine.test_observers import everything
from tests.engine.test_resume import after, copied, facts, last, stopped
from tests.engine.test_train import only, run, same_bits, steps
from tests.fake_run import run_folder
from tests.figures import number
from tui_dl import data
from tui_dl.cli.main import main
from tui_dl.data import Samples
from tui_dl.engine.metrics.episode_history import MOST, EpisodeHistory, policy_entropy
from tui_dl.engine.observers import observe
from tui_dl.engine.train.baseline import Baseline
from tui_dl.engine.train.reinforce import Episodes, _draw
from tui_dl.engine.train.session import train
from tui_dl.process.warm_up import _trainable_presets
from tui_dl.protocol.events import Ended, EpochEnded, Evaluated, Started
from tui_dl.spec.data.acrobot import Acrobot
from tui_dl.spec.data.cartpole import CartPole
from tui_dl.spec.toml.reading import read
from tui_dl.support.command_line import install

SHORT = "data.episodes=40", "data.limit=60", "train.epochs=3"
ACROBOT = ["data.source=acrobot", "network[2].units=3"]
needs_gymnasium = pytest.mark.skipif(
    CartPole().is_missing,
    reason="playing needs gymnasium: pip install gymnasium",
)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=5), st.sampled_from([0.3, 0.9, 1.0]))
def test_advantages_are_returns_to_go_less_their_mean(lengths: list[int], discount: float) -> None:
    shape = max(lengths), len(lengths)
    under_way = np.arange(shape[0])[:, None] < np.array(lengths)
    rewards = np.random.default_rng(0).normal(size=shape) * under_way
    states, actions = np.zeros((*shape, 4)), np.zeros(shape, np.int64)
    episodes = Episodes(states, actions, rewards, under_way, states[-1])

    def to_go(step: int, it: int) -> float:
        return float(sum(discount ** (n - step) * rewards[n, it] for n in range(step, shape[0])))

    advantages = episodes.advantages(discount, Baseline(9))
    for step in range(shape[0]):
        going = [it for it in range(shape[1]) if lengths[it] > step]
        usual = np.mean([to_go(step, it) for it in going])
        for it in range(shape[1]):
            wanted = to_go(step, it) - usual if it in going else 0
            assert advantages[step, it] == pytest.approx(wanted)
    np.testing.assert_allclose(episodes.returns, [rewards[:, it].sum() for it in range(shape[1])])


def alone(*rewards: float) -> Episodes:
    """One episode of these rewards."""
    column = np.array(rewards, np.float64)[:, None]
    none = np.zeros((len(rewards), 1, 4)), np.zeros(column.shape, np.int64)
    return Episodes(*none, column, np.ones(column.shape, np.bool_), none[0])


def test_a_single_episode_is_compared_with_past_ones() -> None:
    past = Baseline(5)
    assert alone(1, 1).advantages(1.0, past).tolist() == [[0], [0]]  # nothing is usual yet
    assert alone(1, 1, 1).advantages(1.0, past)[:, 0].tolist() == [1, 1, 0]  # beyond: as at the end
    means = (0.9 * 2 + 3) / 1.9, (0.9 * 1 + 2) / 1.9, 1
    worse = alone(1).advantages(1.0, past)[0, 0]
    assert worse == pytest.approx(1 - means[0])
    for _ in range(200):
        last = alone(1, 1, 1).advantages(1.0, past)
    np.testing.assert_allclose(last, 0, atol=1e-6)  # as usual, so there is nothing to learn


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.sampled_from([0.5, 1.0]))
def test_equal_returns_have_no_advantage(lengths: list[int], discount: float) -> None:
    past = Baseline(9)
    for _ in lengths:
        np.testing.assert_allclose(alone(1.0).advantages(discount, past), 0, atol=1e-12)
    for length in lengths:
        advantages = alone(*[1.0] * length).advantages(discount, past)
        assert np.isfinite(advantages).all()
        assert (past.weights >= 0).all()
        assert past.weights.max() <= 1 + 1e-12


def test_actions_are_draw_as_often_as_their_softmax_says() -> None:
    odds = np.array([0.1, 0.6, 0.3])
    logits = np.tile(np.log(odds), (20_000, 1)).astype(np.float32)
    drawn = _draw(logits, np.random.default_rng(0))
    np.testing.assert_allclose(np.bincount(drawn) / len(drawn), odds, atol=0.01)


@needs_gymnasium
def test_poles_move_as_gymnasiums_own() -> None:
    import gymnasium

    random = np.random.default_rng(0)
    first = random.uniform(-0.05, 0.05, (5, 4)).astype(np.float32)
    actions = random.integers(2, size=(80, 5))
    environment, own = data.make_environment(CartPole(limit=30), 5), []
    environment.reset(Samples(first, np.zeros(5, np.int32)))
    for state in first:
        own.append(gymnasium.make("CartPole-v1", max_episode_steps=30))
        own[-1].reset(seed=0)
        own[-1].unwrapped.state = state.astype(np.float64)
    under_way = np.ones(5, bool)
    for step in range(30):
        states, rewards, terminated, truncated = environment.step(actions[step])
        over = terminated | truncated
        for it in np.flatnonzero(under_way):
            state, reward, ended, cut, _ = own[it].step(actions[step, it])
            np.testing.assert_allclose(states[it], state, rtol=1e-5)
            assert (rewards[it], over[it]) == (reward, ended or cut)
        under_way &= ~over
    assert not under_way.any()


@needs_gymnasium
def test_links_move_as_gymnasiums_own() -> None:
    import gymnasium

    source, random = Acrobot(episodes=5, limit=60), np.random.default_rng(0)
    samples, own = data.load(source, 0).train, []
    environment = data.make_environment(source, 5)
    environment.reset(samples)
    for seed in samples.targets.tolist():
        own.append(gymnasium.make("Acrobot-v1"))
        own[-1].reset(seed=seed)
    for actions in random.integers(3, size=(60, 5)):
        states, rewards, terminated, truncated = environment.step(actions)
        for it in range(5):
            state, reward, ended, _, _ = own[it].step(actions[it])
            np.testing.assert_allclose(states[it], state, rtol=1e-5, atol=1e-6)
            assert (rewards[it], terminated[it]) == (reward, ended)
    assert truncated.all()


@needs_gymnasium
def test_an_action_is_held_until_the_end_of_the_episode() -> None:
    held, single = Acrobot(episodes=4, limit=10, repeat=4), Acrobot(episodes=4, limit=10)
    samples, actions = data.load(held, 0).train, np.array([0, 1, 2, 0])
    slow, fast = (data.make_environment(it, 4) for it in (held, single))
    slow.reset(samples)
    fast.reset(samples)
    for held_for in (4, 4, 2):
        states, rewards, _, truncated = slow.step(actions)
        for _ in range(held_for):
            wanted, *_ = fast.step(actions)
        np.testing.assert_array_equal(states, wanted)
        assert rewards.tolist() == [-held_for] * 4
    assert truncated.all()


def test_a_history_of_episodes_keeps_every_step_in_few_groups() -> None:
    random, history = np.random.default_rng(0), EpisodeHistory()
    every = [random.normal(size=5) for _ in range(3 * MOST + 7)]
    for at, returns in enumerate(every):
        history.add(returns, float(at))
    assert history.size == 4
    assert [it.steps for it in history.groups] == [4] * (len(every) // 4) + [3]
    second = history.groups[1]
    assert second.low == min(it.min() for it in every[4:8])
    assert second.high == max(it.max() for it in every[4:8])
    assert second.mean == pytest.approx(np.mean(every[4:8]))
    assert second.entropy == pytest.approx(5.5)


def test_the_entropy_of_a_policy_is_that_of_its_chances() -> None:
    assert policy_entropy(np.full((3, 4), 0.25)) == pytest.approx(np.log(4))
    assert policy_entropy(np.array([[1.0, 0.0], [0.5, 0.5]])) == pytest.approx(np.log(2) / 2)


@needs_gymnasium
def test_same_bits_for_any_number_of_threads() -> None:
    same_bits("cartpole", *SHORT, "data.batch_size=12")  # and a last step of 4


@needs_gymnasium
@pytest.mark.usefixtures("one_by_one")
@pytest.mark.parametrize(
    ("changes", "share"),
    [
        (["data.batch_size=16"], 0.2),
        (["data.batch_size=16"], 0.6),
        (["data.batch_size=1"], 0.2),
        (["data.batch_size=1"], 0.6),
        (ACROBOT, 0.6),
    ],
)
def test_goes_on_as_if_nothing_had_been(changes: list[str], share: float) -> None:
    experiment = read("cartpole", [*SHORT, "data.episodes=30", *changes])
    whole = copied(train(experiment, 1))
    first = stopped(experiment, int(last(whole).step * share))
    rest = copied(train(experiment, 2, checkpoint=last(first)))
    assert facts(first) + facts(rest) == facts(whole)
    for tensor, value in last(whole).tensors.items():
        np.testing.assert_array_equal(last(first + rest).tensors[tensor], value, err_msg=tensor)
    assert after(whole, last(whole))


@needs_gymnasium
def test_a_record_has_the_return_and_what_it_falls_short() -> None:
    outputs = run("cartpole", *SHORT, "train.early_stopping={metric='return', patience=9}")
    records = steps(outputs)
    np.testing.assert_allclose(records["loss"] + records["metric"], 60, rtol=1e-6)
    assert set(records["samples"]) == {16, 8}
    assert only(outputs, Started).samples == {"train": 40, "validation": 100, "test": 100}
    for event in (h for h in outputs if isinstance(h, EpochEnded | Evaluated)):
        loss = event.validation_loss if isinstance(event, EpochEnded) else event.loss
        assert number(loss) + number(event.metrics["return"]) == pytest.approx(60)


@needs_gymnasium
def test_where_every_step_costs_something_the_loss_is_the_cost() -> None:
    outputs = run("cartpole", *SHORT, *ACROBOT, "data.batch_size=9", threads=1)
    records, evaluated = steps(outputs), only(outputs, Started).samples
    assert evaluated == {"train": 40, "validation": 100, "test": 100}
    np.testing.assert_array_equal(records["loss"], -records["metric"])
    assert (records["loss"] <= 60).all()
    assert (records["loss"] > 30).all()


@needs_gymnasium
def test_what_was_trained_can_be_loaded(tmp_path: Any) -> None:
    events = list(tui_dl.train(read("cartpole", list(SHORT)), runs=str(tmp_path)))
    assert isinstance(events[-1], Ended)
    logits = tui_dl.load("last", runs=str(tmp_path)).predict(np.zeros((3, 4)))
    assert logits.shape == (3, 2)


@needs_gymnasium
@pytest.mark.slow
def test_cartpole_balances() -> None:
    returns = []
    for seed in range(3):
        outputs = run("cartpole", f"train.seed={seed}")
        (test,) = (h for h in outputs if isinstance(h, Evaluated) and h.split == "test")
        returns.append(number(test.metrics["return"]))
        assert steps(outputs)["metric"][:5].mean() < 50
        assert steps(outputs)["metric"][-20:].mean() >= 195  # also where it explores
    assert returns[read("cartpole").train.seed] >= 195
    assert np.mean(returns) >= 195


@needs_gymnasium
@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_learns_with_one_episode_a_step(seed: int) -> None:
    few = "data.batch_size=1", "data.limit=60", "train.epochs=3"
    outputs = run("cartpole", *few, f"train.seed={seed}", threads=1)
    (test,) = (h for h in outputs if isinstance(h, Evaluated) and h.split == "test")
    assert number(test.metrics["return"]) >= 58
    assert (steps(outputs)["gradient_norm"][1:10] > 0).all()


@needs_gymnasium
def test_episodes_of_one_step_leave_nothing_to_learn() -> None:
    outputs = run("cartpole", "data.limit=1", "data.batch_size=1", "data.episodes=5")
    assert not steps(outputs)["gradient_norm"].any()
    assert not steps(outputs)["loss"].any()


@needs_gymnasium
@pytest.mark.slow
def test_who_looks_no_further_than_the_next_step_falls() -> None:
    outputs = run("cartpole", "train.loss.discount=0.1")
    assert steps(outputs)["metric"][-20:].mean() < 50


def test_without_gymnasium_one_line_says_what_to_install(
    home: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "gymnasium", None)  # as if it were not installed
    assert main(["train", "cartpole", "--headless"]) == 2
    says = f"needs gymnasium, which is not installed: `{install('gymnasium')}`"
    assert capsys.readouterr().err == f"tui-dl: data.source: cartpole {says}\n"
    assert not home.exists() or not any(home.iterdir())
    assert main(["check", "cartpole"]) == 2
    assert capsys.readouterr().err == f"tui-dl: data.source: cartpole {says}\n"
    assert "cartpole" not in _trainable_presets()
    run = run_folder(home)
    run.path.joinpath("experiment.toml").write_text(read("cartpole").to_toml(), encoding="utf-8")
    assert main(["resume", run.id, "--headless"]) == 2
    assert says in capsys.readouterr().err


@needs_gymnasium
def test_observers_change_nothing_of_training(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = everything(train(read("cartpole", list(SHORT)), 2))
    monkeypatch.setattr(observe, "observers", dict)
    alone = everything(train(read("cartpole", list(SHORT)), 1))
    assert len(watched) == len(alone) > 5
    for ours, theirs in zip(watched, alone, strict=True):
        np.testing.assert_array_equal(ours, theirs)
