"""The same acts by our writer and by pyHanko's are judged alike, by pyHanko, pdfsig and qpdf."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from documents import validate
from documents.fields import Field
from documents.revisions import append, planreading, prepare, sealing
from documents.sign import Act, Reserved
from documents.uploads import intake
from tests.documents import ceremony, makers, reference
from tests.documents.authority import NOW, Authority, Signer

SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "turned 90": {"Rotate": 90},
    "turned 180": {"Rotate": 180},
    "turned 270": {"Rotate": 270},
    "cropped and turned": {"MediaBox": [0, 0, 600, 800], "CropBox": [50, 100, 450, 700], "Rotate": 90},
    "user unit": {"UserUnit": 2.5},
}
TABLE, STREAM = "--object-streams=disable", "--object-streams=generate"
FORM = ceremony.form("alice", "bob")
WRITERS = ("ours", "pyhanko")
JUDGED = ("field", "signer", "signed_at", "intact", "valid", "trusted", "coverage", "modification", "docmdp_ok")


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout


def prepared(writer: str, source: Path, target: Path, form: list[Field]) -> Reserved:
    made: Callable[..., Any] = reference.prepare if writer == "pyhanko" else prepare.prepare
    done = made(source, target, form, Act(NOW, name="Signet"))
    return done if isinstance(done, Reserved) else done.reserved


def appended(writer: str, source: Path, target: Path, form: list[Field], who: str) -> Reserved:
    marks, act = ceremony.marks(form, who), ceremony.act(who)
    if writer == "pyhanko":
        return reference.append(source, target, who, form, marks, act, who)
    return append.append(source, target, planreading.read(source, form), who, marks, act, who)


def done(source: Path, writers: tuple[str, str, str], signers: dict[str, Signer]) -> Path:
    """The document prepared, signed by Alice, then by Bob, each step by its writer."""
    first, second, third = (source.with_name(f"{'-'.join(writers)}-{step}.pdf") for step in (1, 2, 3))
    signers["platform"].finish(first, prepared(writers[0], source, first, FORM))
    signers["alice"].finish(second, appended(writers[1], first, second, FORM, "alice"))
    return signers["bob"].finish(third, appended(writers[2], second, third, FORM, "bob"))


def verdicts(path: Path, authority: Authority) -> list[Any]:
    return [tuple(getattr(one, name) for name in JUDGED) for one in validate.signatures(path, [authority.root])]


def told(path: Path) -> str:
    """What pdfsig says, without the file's name and the ranges."""
    return re.sub(r"(?m)^(Digital Signature Info of|  - Signed Ranges).*$", "", run("pdfsig", str(path)))


@pytest.fixture
def signers(platform: Signer, alice: Signer, bob: Signer) -> dict[str, Signer]:
    return {"platform": platform, "alice": alice, "bob": bob}


@pytest.mark.parametrize("layout", [TABLE, STREAM])
@pytest.mark.parametrize("shape", SHAPES)
def test_both_writers_are_judged_alike(
    shape: str, layout: str, tmp_path: Path, signers: dict[str, Signer], authority: Authority
) -> None:
    source = regular(tmp_path, layout, **SHAPES[shape])
    ours, theirs = (done(source, (writer, writer, writer), signers) for writer in WRITERS)
    assert verdicts(ours, authority) == verdicts(theirs, authority)
    assert validate.all_sound(validate.signatures(ours, [authority.root]))
    assert told(ours) == told(theirs)
    assert "Signature is Valid" in told(ours)
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(ours))


@pytest.mark.parametrize("layout", [TABLE, STREAM])
@pytest.mark.parametrize("mixed", [("ours", "pyhanko", "ours"), ("pyhanko", "ours", "pyhanko")])
def test_each_writer_goes_on_where_the_other_stopped(
    mixed: tuple[str, str, str], layout: str, tmp_path: Path, signers: dict[str, Signer], authority: Authority
) -> None:
    made = done(regular(tmp_path, layout), mixed, signers)
    assert validate.all_sound(validate.signatures(made, [authority.root]))
    assert told(made).count("Signature is Valid") == 3


def test_a_seal_is_judged_alike(contract: Path, platform: Signer, authority: Authority) -> None:
    ours, theirs = contract.with_name("ours.pdf"), contract.with_name("theirs.pdf")
    platform.finish(ours, sealing.seal_invisible(contract, ours, Act(NOW, name="Signet")))
    with reference.Revision(contract) as revision:
        platform.finish(theirs, revision.reserve(theirs, sealing.FIELD, Act(NOW, name="Signet"), certify=1))
    assert verdicts(ours, authority) == verdicts(theirs, authority)
    assert told(ours) == told(theirs)


def regular(folder: Path, layout: str, **attributes: Any) -> Path:
    """A file that was taken in, as qpdf writes it with this kind of cross-reference."""
    intake.inspect(makers.shaped(folder / "shaped.pdf", **attributes), folder / "taken.pdf")
    return makers.qpdf(folder / "taken.pdf", folder / "source.pdf", layout)
