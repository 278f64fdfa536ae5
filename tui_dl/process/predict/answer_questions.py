"""Answers questions on standard input, one a line of JSON, until it ends."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from tui_dl.engine.inference import tasks
from tui_dl.engine.inference.model import Model
from tui_dl.process.load_model import load_model
from tui_dl.process.predict.sample_files import sample_file
from tui_dl.protocol.answer import Answered, Question, Ready, Refused, Reply
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import encode
from tui_dl.support.os_errors import fault


def answer_questions(run: Run, folder: Path, options: tasks.Options) -> None:
    """Say that the network is ready, or why not, and then answer every question.

    A line that names a file in `folder` stands for the file, where the network reads files.
    """
    try:
        tasks.check(run.experiment, options)
        model = load_model(run, threads=1)
    except (UserError, ValueError) as error:
        _say(Refused(str(error)))
        return
    _say(Ready(model.experiment.task, model.wanted))
    decoder = msgspec.json.Decoder(Question)
    for line in sys.stdin.buffer:
        _say(_reply(model, decoder.decode(line).text, folder, options))


def _reply(model: Model, text: str, folder: Path, options: tasks.Options) -> Reply:
    """The answer to a text, or what is wrong with it."""
    try:
        if not text.strip():
            return Refused(f"the line is empty: wanted: {model.wanted}")
        file = sample_file(model, text, folder)
        (answer,) = model.answer([text if file is None else file], **options._asdict())
    except (UserError, ValueError) as error:
        return Refused(" ".join(str(error).split()))
    except OSError as error:
        return Refused(fault(error))
    return Answered(answer)


def _say(reply: Reply) -> None:
    """Write a reply at once."""
    sys.stdout.buffer.write(encode(reply) + b"\n")
    sys.stdout.buffer.flush()
