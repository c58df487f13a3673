"""Finished files of every level, made in this process: a world of authorities, people, time stamps, an archive."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from documents import longterm
from documents.fields import Field
from documents.geometry import Place
from documents.longterm import ValidationData
from documents.revisions.sealing import seal_invisible
from documents.sign import Act
from tests.documents import ceremony, makers
from tests.documents.authority import NOW, Authority, Issuer, Signer, Stamper


@dataclass
class World:
    """One root; below it an issuing authority for people, a time-stamping authority and the platform."""

    authority: Authority = field(default_factory=Authority)
    until: datetime | None = None  # when the certificates of people and platform end
    people: Issuer = field(init=False)
    tsa: Stamper = field(init=False)
    platform: Signer = field(init=False)

    def __post_init__(self) -> None:
        self.people = self.authority.issuing("Workspace of Alice")
        self.tsa = self.authority.stamper()
        self.platform = self.authority.signer("Signet Platform", until=self.until)

    @property
    def roots(self) -> list[bytes]:
        """What a verifier has to trust."""
        return [self.authority.root]

    def data(self, path: Path, *more: Stamper, online: bool = True) -> ValidationData:
        """All that proves the certificates of a file, and those of who will stamp it."""
        stamping = [one for stamper in (self.tsa, *more) for one in stamper.chain]
        return self.authority.validation_data([*longterm.certificates(path), *stamping], online)


def form(signers: int) -> list[Field]:
    """A signature and a text for each signer."""
    height = 0.9 / signers
    return [
        one
        for number in range(signers)
        for one in (
            Field(f"s{number}", f"signer{number}", "signature", 0, Place(0.1, 0.02 + height * number, 0.3, height / 2)),
            Field(f"t{number}", f"signer{number}", "checkbox", 0, Place(0.5, 0.02 + height * number, 0.03, 0.02)),
        )
    ]


def signed(folder: Path, world: World, signers: int = 2, *, stamped: bool = True, pages: int = 1) -> Path:
    """A certified document with the signatures of so many people: B-T, or B-B if not stamped."""
    fields, tsa = form(signers), world.tsa if stamped else None
    source = makers.plain(folder / "contract.pdf", pages)
    target, plan = ceremony.prepared(source, fields, world.platform.stamped(tsa))
    for number in range(signers):
        signer = world.people.signer(f"Signer {number}", until=world.until).stamped(tsa)
        target = ceremony.signed(target, plan, fields, f"signer{number}", signer)
    return target


def archived(path: Path, world: World, tsa: Stamper | None = None, data: ValidationData | None = None) -> Path:
    """A signed file with security store and document time stamp: B-LTA."""
    tsa = tsa or world.tsa
    target = path.with_name(f"{path.stem}-archived.pdf")
    reserved = longterm.reserve_archive(path, target, data or world.data(path, tsa))
    return tsa.embed(target, reserved)


def finished(folder: Path, world: World, signers: int = 2, *, pages: int = 1) -> Path:
    """A full PAdES B-LTA file, as an agreement ends."""
    return archived(signed(folder, world, signers, pages=pages), world)


def sealed(folder: Path, world: World, source: Path | None = None) -> Path:
    """A file as a certificate of completion is: certified against any change, time-stamped, not yet archived."""
    source, target = source or makers.plain(folder / "report.pdf"), folder / "sealed.pdf"
    signer = world.platform.stamped(world.tsa)
    return signer.finish(target, seal_invisible(source, target, Act(NOW, name="Signet")))
