"""What the end of an agreement costs: a signed act taken to PAdES B-LTA, the gate, verification, the certificate."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from bench.append import ACT, Row, paper, rate, signature
from documents import longterm, validate, verification
from documents.fields import Mark
from documents.papers.certificatepages import certificate
from documents.revisions import append
from tests.documents.archive import World, finished
from tests.documents.test_certificate import sample


def rows() -> list[Row]:
    """Every figure about the end."""
    with tempfile.TemporaryDirectory(prefix="signet-bench-") as name:
        folder, world = Path(name), World()
        return [_lasting(folder, world), *_judged(folder, world), *_certificates(folder)]


def _lasting(folder: Path, world: World) -> Row:
    """One act with Chinese text: append, sign, time stamp, validation data, document time stamp, in this process."""
    drawn = [signature(folder, number) for number in range(4)]
    one = paper(folder, world.authority, drawn, 10, 0)
    marks = [Mark(mark.field_id, mark.kind, text="同意以上条款 Agreed") if mark.text else mark for mark in one.marks]
    signer = world.people.signer("Bob 张伟").stamped(world.tsa)
    signed, lasting = folder / "signed.pdf", folder / "lasting.pdf"
    signer.finish(signed, append.append(one.file, signed, one.plan, "bob", marks, ACT))
    data = world.data(signed)

    def whole() -> None:
        signer.finish(signed, append.append(one.file, signed, one.plan, "bob", marks, ACT))
        world.tsa.embed(lasting, longterm.reserve_archive(signed, lasting, data))

    return ("an act to full B-LTA, 10 pages, Chinese", "time stamps in process", rate(whole))


def _judged(folder: Path, world: World) -> list[Row]:
    found: list[Row] = []
    for signers in (2, 20):
        (folder / str(signers)).mkdir()
        file = finished(folder / str(signers), world, signers, pages=10)
        assert verification.verify(file, world.roots).verdict == "authentic"
        found += [
            (
                f'gate before "done", {signers} signers',
                "pyHanko, LTA now and in 2 years",
                once(lambda f=file: validate.flaws(f, world.roots, archived=True)),
            ),
            (
                f"signet verify, {signers} signers",
                "library alone",
                rate(lambda f=file: verification.verify(f, world.roots)),
            ),
        ]
    return found


def _certificates(folder: Path) -> list[Row]:
    target, found = folder / "certificate.pdf", []
    for parties, events in ((2, 30), (20, 300)):
        content = sample("zh-Hans", events, parties)
        certificate(content, target)
        pages = len(pypdfium2.PdfDocument(target))
        found.append(
            (
                f"certificate, {parties} parties, {pages} pages",
                "one language",
                rate(lambda c=content: certificate(c, target)),
            )
        )
    return found


def once(work: Callable[[], object]) -> str:
    """The second of two times, for work that takes long."""
    work()
    begin, spent = time.perf_counter(), time.process_time()
    work()
    return f"{time.perf_counter() - begin:.2f} s, {time.process_time() - spent:.2f} s CPU"
