"""Cases of policy_gradient: the loss, the shape of an output, and the number of classes."""

from typing import Any

from tui_dl.spec.train.losses.policy_gradient import PolicyGradient

CASES: list[tuple[PolicyGradient, tuple[int, ...], int]] = [
    (PolicyGradient(), (3,), 3),
]


def peer(torch: Any, loss: PolicyGradient, z: Any, decisions: Any) -> Any:
    actions, advantages = (torch.tensor(decisions[name].copy()) for name in ("action", "advantage"))
    return -(torch.distributions.Categorical(logits=z).log_prob(actions) * advantages).mean()
