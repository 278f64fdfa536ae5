"""The presets: one TOML file each; `COURSE` names them in the order in which to take them."""

from pathlib import Path

COURSE = (
    "first-network",
    "early-stopping",
    "vanishing-gradient",
    "lenet5",
    "memory",
    "translate-dates",
    "cartpole",
)


def find(name: str) -> Path:
    """The file of a preset in `COURSE`."""
    return Path(__file__).parent / f"{name}.toml"
