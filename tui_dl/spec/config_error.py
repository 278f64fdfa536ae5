"""The error of an experiment that cannot be trained as it is written."""

from __future__ import annotations


class ConfigError(ValueError):
    """What is wrong with an experiment, and at which key.

    Attributes:
        path: key path in the experiment, such as ``train.metrics[0]``; empty where what raises it,
            such as a layer, does not know its place: who knows it adds it with `at`.
        message: what is wrong there and what to do.
        kind: of the table at the path, where the path does not say it: ``network[3]`` is a conv2d.
    """

    def __init__(self, path: str, message: str, kind: str = "") -> None:
        super().__init__(path, message, kind)
        self.path, self.message, self.kind = path, message, kind

    @property
    def place(self) -> str:
        """The path, with the kind of the table there if that is known."""
        return f"{self.path} ({self.kind})" if self.kind else self.path

    def at(self, path: str, kind: str = "") -> ConfigError:
        """The same error, of the table at `path`."""
        return ConfigError(f"{path}.{self.path}".rstrip("."), self.message, kind)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}".removeprefix(": ")
