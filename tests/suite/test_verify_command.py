"""`signet verify` at a shell: exit codes, three languages, JSON, the ZIP of an agreement."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from chassis import sandbox
from signet.cli import main
from signet.demo.flow import Demo
from tests.documents.archive import World
from tests.documents.makers import bomb, plain
from tests.documents.verification.files import Genuine, genuine
from tests.suite.papers import reportlab_contract


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Genuine:
    sandbox.start()
    return genuine(tmp_path_factory.mktemp("command"), World())


@pytest.fixture
def root(case: Genuine, tmp_path: Path) -> Path:
    target = tmp_path / "root.pem"
    target.write_bytes(x509.load_der_x509_certificate(case.world.authority.root).public_bytes(Encoding.PEM))
    return target


def test_an_authentic_file_ends_with_zero_and_names_its_signers(case: Genuine, root: Path, capsys) -> None:
    assert main(["verify", str(case.finished), "--trust", str(root), "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "AUTHENTIC" in told and "Signer 0 (B-LTA)" in told and "Signer 1" in told


def test_a_changed_file_ends_with_one_and_says_why(case: Genuine, root: Path, tmp_path: Path, capsys) -> None:
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(case.data + b"\n%%EOF\n")
    assert main(["verify", str(forged), "--trust", str(root), "--language", "zh-Hans"]) == 1
    told = capsys.readouterr().out
    assert "不可信" in told and "bytes_after_end" in told


def test_an_unknown_root_ends_with_two(case: Genuine, capsys, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIGNET_HOME", str(tmp_path))
    monkeypatch.delenv("SIGNET_TRUST", raising=False)
    assert main(["verify", str(case.finished), "--language", "en"]) == 2
    told = capsys.readouterr()
    assert "CANNOT TELL" in told.out and "--trust" in told.err


def test_roots_are_found_in_the_environment(case: Genuine, root: Path, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIGNET_TRUST", str(root))
    assert main(["verify", str(case.finished)]) == 0
    monkeypatch.delenv("SIGNET_TRUST")
    (tmp_path / "home" / "trust").mkdir(parents=True)
    (tmp_path / "home" / "trust" / "signet.pem").write_bytes(root.read_bytes())
    monkeypatch.setenv("SIGNET_HOME", str(tmp_path / "home"))
    assert main(["verify", str(case.finished)]) == 0


def test_the_whole_report_is_json(case: Genuine, root: Path, capsys) -> None:
    assert main(["verify", str(case.finished), "--trust", str(root), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["level"], len(told["signatures"])) == ("authentic", "B-LTA", 4)


@pytest.mark.parametrize("name", ["missing.pdf", "."])
def test_a_missing_file_is_a_sentence_and_two(name: str, tmp_path: Path, capsys) -> None:
    assert main(["verify", str(tmp_path / name), "--language", "en"]) == 2
    assert "There is no file" in capsys.readouterr().err


def test_a_file_that_is_no_pdf_is_a_sentence_and_two(root: Path, capsys) -> None:
    assert main(["verify", str(root), "--trust", str(root), "--language", "en"]) == 2
    assert "This file is not a PDF. [not_a_pdf" in capsys.readouterr().out


def test_roots_that_cannot_be_read_are_a_sentence_and_two(case: Genuine, tmp_path: Path, capsys) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("nothing")
    assert main(["verify", str(case.finished), "--trust", str(bad), "--language", "en"]) == 2
    assert "bad.pem" in capsys.readouterr().err


def test_a_hostile_file_is_contained(tmp_path: Path, root: Path) -> None:
    assert main(["verify", str(bomb(tmp_path / "bomb.pdf")), "--trust", str(root)]) == 2


def test_it_runs_as_a_program(case: Genuine, root: Path) -> None:
    command = [sys.executable, "-m", "signet", "verify", str(case.finished), "--trust", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"LANG": "zh_TW.UTF-8"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "真實有效" in done.stdout


def test_a_zip_that_is_no_bundle_is_not_authentic(tmp_path: Path, root: Path, capsys) -> None:
    target = tmp_path / "other.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("document.pdf", plain(tmp_path / "plain.pdf").read_bytes())
    assert main(["verify", str(target), "--trust", str(root), "--language", "en"]) == 1
    assert "bundle_incomplete: audit.json" in capsys.readouterr().out


@pytest.mark.suite
@pytest.mark.timeout(300)
def test_what_the_demonstration_writes_verifies_as_it_says(embedded, tmp_path: Path, monkeypatch) -> None:
    demo = Demo(embedded.url, embedded.mailbox, print)
    alice, agreement, people = demo.prepare(reportlab_contract(), "contract.pdf", 2, True)
    alice.post(f"/api/v1/agreements/{agreement}/send")
    for person in people:
        demo.sign(person)
    demo.collect(alice, agreement, tmp_path)
    trusted = ["--trust", str(tmp_path / "root.pem")]
    assert main(["verify", str(tmp_path / "document.pdf"), *trusted]) == 0
    monkeypatch.setenv("SIGNET_HOME", str(embedded.home))
    assert main(["verify", str(tmp_path / "certificate.pdf")]) == 0
    data = alice.download(f"/api/v1/agreements/{agreement}/files/bundle")
    assert main(["verify", str(_written(tmp_path / "all.zip", data)), *trusted]) == 0
    for name, change in (("audit.json", _renamed), ("document.pdf", lambda one: one + b" ")):
        assert main(["verify", str(_written(tmp_path / "bad.zip", _changed(data, name, change))), *trusted]) == 1


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _renamed(text: bytes) -> bytes:
    """Somebody else did the third thing."""
    trail = json.loads(text)
    trail["entries"][2]["actor"] = {"type": "system", "id": "somebody"}
    return json.dumps(trail).encode()


def _changed(data: bytes, name: str, change) -> bytes:
    """The ZIP with one file changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for item in source.namelist():
            archive.writestr(item, change(source.read(item)) if item == name else source.read(item))
    return target.getvalue()
