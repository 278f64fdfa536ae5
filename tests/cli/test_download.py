"""``tui-dl download``: what is printed, and what is left when it is interrupted."""

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.data import image_files
from tests.data.file_server import STEP, Server, serving
from tests.shell import ROOT, tui_dl
from tui_dl.cli.main import main
from tui_dl.data.known_files import KNOWN, KnownFile, KnownSet
from tui_dl.process.read_experiment import read
from tui_dl.support.data_home import data_home

CONTENT = image_files.idx(image_files.images(300, 9, 7)[0])
PROGRAM = """
import sys
from tests.cli.test_download import known
from tui_dl.cli.main import main
from tui_dl.data.known_files import KNOWN
KNOWN["mnist"] = known(sys.argv[1])
sys.exit(main(["download", *sys.argv[2:]]))
"""


def known(address: str) -> KnownSet:
    """A data set of one file at this address."""
    digest = hashlib.sha256(CONTENT).hexdigest()
    return KnownSet("some digits", "none", (KnownFile("it.gz", len(CONTENT), digest, (address,)),))


def start(server: Server, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, server.address, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_data_set_is_fetched_once() -> None:
    with serving(CONTENT, "redirects") as server:
        out, error = start(server, "mnist").communicate(timeout=60)
        assert error == ""
        assert out.splitlines()[-2:] == [
            f"mnist is in {data_home() / 'mnist'}",
            "train on it with `tui-dl train mnist`",
        ]
        assert "100.0 %" in out
        requests = len(server.paths)
        out, error = start(server, "mnist", "--json").communicate(timeout=60)
        assert json.loads(out)["folder"] == str(data_home() / "mnist")
        assert len(server.paths) == requests
    assert (data_home() / "mnist" / "it.gz").read_bytes() == CONTENT


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_download_goes_on_where_it_ended(number: signal.Signals) -> None:
    with serving(CONTENT, "hangs") as server:
        process = start(server, "mnist")
        part = data_home() / "mnist" / ".it.gz.part"
        while not (part.exists() and part.stat().st_size) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(number)
        _, error = process.communicate(timeout=60)
        assert process.returncode == 130
        assert error == (
            "tui-dl: interrupted: 0.00 MB of mnist are kept: go on with `tui-dl download mnist`\n"
        )
        assert part.read_bytes() == CONTENT[:STEP]
        server.behaviour = "good"
        process = start(server, "mnist")
        process.communicate(timeout=60)
        assert process.returncode == 0
        assert server.ranges[-1] == f"bytes={STEP}-"
    assert sorted(it.name for it in part.parent.iterdir()) == [".it.gz.lock", "it.gz"]


def test_what_no_address_gives_is_said_in_one_line() -> None:
    with serving(CONTENT, "other") as server:
        process = start(server, "mnist")
        _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert error.startswith("tui-dl: mnist: it.gz: no address gives it: 127.0.0.1:")
    assert error.count("\n") == 1
    assert not (data_home() / "mnist" / "it.gz").exists()


def test_a_table_is_made_of_the_messages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Synthetic messages, with quotes as the published ones have them."""
    assert main(["check", "sms-spam"]) == 2
    assert capsys.readouterr().err == (
        "tui-dl: sms-spam is not on this machine: `tui-dl download sms-spam`\n"
    )
    messages = [
        f'ham\tsee you at {it}, "ok? £{it}' if it % 2 else f"spam\twin {it} now!"
        for it in range(60)
    ]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("readme", "nothing")
        opened.writestr("SMSSpamCollection", "\n".join([*messages, ""]))
    content = archive.getvalue()
    with serving(content) as server:
        digest = hashlib.sha256(content).hexdigest()
        file = KnownFile("it.zip", len(content), digest, (server.address,))
        known = KNOWN["sms-spam"]._replace(files=(file,))
        monkeypatch.setitem(KNOWN, "sms-spam", known)
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        assert main(["download", "sms-spam"]) == 0
    experiment = read("sms-spam")
    assert experiment.data_spec.count == 60
    assert experiment.data_spec.class_names == ("ham", "spam")
    text = (data_home() / "sms-spam" / "sms-spam.csv").read_text(encoding="utf-8")
    assert list(csv.reader(text.splitlines()))[1:3] == [
        ["win 0 now!", "spam"],
        ['see you at 1, "ok? £1', "ham"],
    ]
    spam = read(
        "first-network",
        [
            "data={source='sms-spam'}",
            "network[0]={kind='embedding',size=3}",
            "network[1]={kind='global_avg_pool'}",
            "network[2]={kind='relu'}",
            "network[3].units=2",
        ],
    )
    assert spam.data_spec.count == 60


def test_a_folder_that_cannot_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    data_home().write_text("")
    assert main(["download", "mnist"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("tui-dl: mnist: ")
    assert error.count("\n") == 1


def test_an_unknown_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["download", "cifar-10", "minst"]) == 2
    assert capsys.readouterr().err == ("tui-dl: minst: no such data set; did you mean 'mnist'?\n")
    assert not data_home().exists()


def test_the_list() -> None:
    listed = tui_dl("download").stdout.splitlines()
    assert [it.split()[0] for it in listed[1:]] == sorted(KNOWN)
    objects = [json.loads(it) for it in tui_dl("download", "--json").stdout.splitlines()]
    assert {it["name"]: it["bytes"] for it in objects}["mnist"] == 11_594_722


def test_other_processes_find_the_same_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui_dl.process import spawn

    monkeypatch.setenv("TUI_DL_DATA", "sets")
    assert spawn.environment()["TUI_DL_DATA"] == str(Path.cwd() / "sets")
    assert os.environ["TUI_DL_DATA"] == "sets"
