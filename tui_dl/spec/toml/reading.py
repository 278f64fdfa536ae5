"""Reading an experiment file: TOML to a checked Experiment, every error in one line."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from tui_dl import presets
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.convert import convert
from tui_dl.spec.data_names import DATA_NAMES
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.format import FORMAT
from tui_dl.spec.shape_inference import check_nesting
from tui_dl.spec.toml import schema
from tui_dl.spec.toml.course import refuse_question, with_course
from tui_dl.spec.toml.error_messages import error_message, toml_error_message
from tui_dl.spec.toml.layer_keys import with_place
from tui_dl.spec.toml.migrations import migrate
from tui_dl.spec.toml.overrides import apply, blame, pair, refuse_undoing
from tui_dl.spec.toml.seal import has_seal
from tui_dl.spec.toml.short_forms import expand
from tui_dl.spec.toml.variants import Describe
from tui_dl.spec.validation import check
from tui_dl.support import api_validation
from tui_dl.support.command_line import command_line, starting_file
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import SURROGATE

LARGEST = 1_000_000  # bytes of an experiment file; ours have a few thousand
ASKED = re.compile(r"(?<= )(data\.\w+)[.:]")  # a key that is named in what is said of a data file


def read(
    name: str | Path, overrides: list[str] | None = None, describe: Describe = lambda it: it
) -> Experiment:
    """The experiment of a preset's name or a file's path, with ``KEY=VALUE`` overrides.

    `describe` is needed where the data may be a file, which this package cannot read.

    Raises:
        UserError: naming the file or the override, the key path and what to do.
        TypeError: an argument is something else.
    """
    name = str(api_validation.path("name", name, "a preset's name or an experiment file's path"))
    overrides = api_validation.texts("overrides", overrides or [])
    path = presets.find(name) if name in presets.COURSE else Path(name)
    try:
        text = text_of(path, name)
    except FileNotFoundError:
        known = dict.fromkeys((*presets.COURSE, *DATA_NAMES))
        hint = suggest(name, list(known), f"see `{command_line('presets')}`")
        raise UserError(f"{name}: no such preset or file{hint}") from None
    except IsADirectoryError:
        raise UserError(f"{name}: a folder without images: name a file in it") from None
    except OSError as error:
        raise UserError(f"{name}: cannot be read as an experiment: {error.strerror}") from None
    experiment = parse(text, name, overrides, describe=describe, folder=path.parent)
    if experiment.chapter or name not in presets.COURSE:
        return experiment
    chapter = presets.chapter_of(name).title
    return msgspec.structs.replace(experiment, chapter=chapter).described(experiment.data_spec)


def text_of(path: Path, name: str) -> str:
    """The text of an experiment file, which errors call `name`.

    Raises:
        UserError: it cannot be the text of an experiment.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):  # a pipe may give an experiment
            raise UserError(f"{name} is a device: give a file")
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UserError(f"{name}: not an experiment file, for it is larger than 1 MB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(
            f"{name}: not an experiment file, for it is not UTF-8 text: "
            f"start one with {starting_file()}"
        ) from None


def parse(
    text: str,
    name: str,
    overrides: list[str] | None = None,
    *,
    of_run: bool = False,
    describe: Describe = lambda it: it,
    folder: Path | None = None,
) -> Experiment:
    """The experiment written in `text`; errors begin with `name`, or the override they are of.

    Without `format`, what a user wrote is of the newest format, and what tui-dl wrote, which has a
    seal or is `of_run`, is of format 0.

    A data file's relative path is relative to `folder`, by default the working folder, as it is in
    an override.
    """
    for where, input in ((name, text), *((f"--set {it}", it) for it in overrides or [])):
        if SURROGATE.search(input):  # it could not be written into the run's folder
            raise UserError(f"{where}: not UTF-8 text")
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        raise UserError(f"{name}: its brackets are nested too deep: write inner rows out") from None
    except ValueError as error:  # not only tomllib's own: a huge number
        says = toml_error_message(error, text)
        or_data = "" if name.endswith(".toml") else "; the name of a table ends in .csv"
        raise UserError(f"{name}: not a TOML file: {says}{or_data}") from None
    if not raw:
        raise UserError(f"{name}: is empty: start one with {starting_file()}")
    of_user = not (of_run or has_seal(text.encode()))
    migrate(raw, name, FORMAT if of_user else 0)
    expand(raw, folder or Path())
    overrides = [with_place(it, raw) for it in overrides or []]
    refuse_undoing(overrides)
    for override in overrides:
        apply(raw, override, Experiment)
        expand(raw, Path())
    try:
        experiment = checked(raw, describe)
        if not of_run:  # it was checked before the run was started
            experiment = with_course(experiment, overrides, describe)
        if of_user and not raw.get("claim"):  # a variant's run has lost them
            refuse_question(experiment)
    except msgspec.ValidationError as error:
        found = ConfigError(*error_message(error, raw, Experiment))
        optional = schema.is_optional(raw, Experiment, found.path)
        raise UserError(blame(name, found, overrides, optional)) from None
    except ConfigError as error:
        raise UserError(blame(name, error, overrides)) from None
    except UserError as error:  # of the data: it may lack what a key asks for
        asked = ASKED.search(str(error))
        causes = [it for it in overrides if asked and pair(it)[0].startswith(asked[1])]
        raise UserError(f"--set {causes[-1]}: {error}" if causes else str(error)) from None
    return experiment


def checked(raw: dict[str, Any], describe: Describe) -> Experiment:
    """The experiment that `raw` is, written in full; its variants and claims are not checked.

    Raises:
        ValidationError: msgspec's: a value is none of its key.
        ConfigError: it cannot be trained as it is written.
    """
    check_nesting(raw.get("network"))
    experiment = describe(convert(raw, Experiment))
    check(experiment)
    return experiment
