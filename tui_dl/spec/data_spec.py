"""The description of a source's data: what is known of it without its samples."""

from __future__ import annotations

import msgspec

from tui_dl.spec.layers.base import TensorSpec

HARMLESS = "nothing has to be done"  # begins the remedy of a finding that changes nothing
SHOWN_COLUMNS = 12  # of a table whose cells are kept beside the samples that are evaluated


class ColumnSpec(msgspec.Struct, frozen=True):
    """A column of a table.

    Attributes:
        name: as in the file's header.
        kind: what its cells are, such as number or category.
        features: how many numbers of the network's input are made from it; 0 where it is left out.
        missing: how many rows have no value.
        distinct: how many different values there are; 0 where the column is left out.
        least: the least number, or the first moment in ISO 8601; None for other kinds.
        most: the greatest number, or the last moment.
    """

    name: str
    kind: str
    features: int = 0
    missing: int = 0
    distinct: int = 0
    least: float | str | None = None
    most: float | str | None = None


class Finding(msgspec.Struct, frozen=True):
    """Something about a table that its user should know before training.

    Attributes:
        check: what found it: the name of a module in `data/report/checks`.
        columns: the names of the columns that it is about; empty where it is about rows.
        says: what was found, with its figures, in one plain line.
        evidence: the figures by name.
        remedy: what to do about it, in one plain line.
    """

    check: str
    columns: tuple[str, ...]
    says: str
    evidence: dict[str, float]
    remedy: str

    @property
    def headline(self) -> str:
        """What was found, in one line that says that it is about the data."""
        return f"data: {self.says}"

    @property
    def is_harmless(self) -> bool:
        """Whether nothing has to be done about it."""
        return self.remedy.startswith(HARMLESS)


class DataSpec(msgspec.Struct, frozen=True):
    """The data as the network receives it, after transforms fitted on the training part.

    Shape inference, checks, the memory estimate and the dashboard need nothing else of the data.

    Attributes:
        input: one sample.
        target: the target of one sample: real numbers, or a class a place, out of `vocab_size`.
        count: how many samples there are, or episodes an epoch.
        splits: how many of them are to train on, to validate with and to test with.
        class_names: what the classes are called, in order; empty where their numbers will do.
        token_names: what the input's token ids stand for, such as characters, in order; empty where
            the input is real numbers, or their ids will do.
        class_counts: how many training samples each class has; empty where that is not known.
        columns: those of a table, in the file's order.
        fingerprint: SHA-256 of the file, in hexadecimal; empty where there is none.
        file_size: bytes of the file, unpacked; 0 where there is none.
        target_name: what the file calls the target; empty where there is none.
        target_unit: what 1 of the network's target is worth in the file's units: its deviation.
        target_mean: what 0 of the network's target is in the file's units: its mean.
        notes: what was found out or left out, a plain line each.
        findings: what is doubtful about a table; none of clean data.
    """

    input: TensorSpec
    target: TensorSpec
    count: int
    splits: tuple[int, int, int]
    class_names: tuple[str, ...] = ()
    class_counts: tuple[int, ...] = ()
    columns: tuple[ColumnSpec, ...] = ()
    fingerprint: str = ""
    file_size: int = 0
    target_name: str = ""
    target_unit: float = 1.0
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    token_names: tuple[str, ...] = ()
    target_mean: float = 0.0

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """The findings about which something may have to be done."""
        return tuple(it for it in self.findings if not it.is_harmless)

    @property
    def classes(self) -> int:
        """How many classes the target has; 0 for real numbers."""
        return self.target.vocab_size
