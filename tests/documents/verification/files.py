"""Genuine agreements to verify and to forge, with everything an insider would need."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from documents.fields import Field
from documents.incremental import base
from documents.incremental.update import Update
from documents.revisions import signaturedictionary
from documents.revisions.plan import Control, Plan
from documents.values import Value
from tests.documents import archive, ceremony, makers
from tests.documents.archive import World

Change = Callable[[Update, dict[str, Value]], None]


@dataclass(frozen=True)
class Genuine:
    """An agreement at its steps, `first` and `second` being after the first and the last signer; and its makings."""

    world: World
    fields: list[Field]
    plan: Plan
    certified: Path
    first: Path
    second: Path
    finished: Path

    @property
    def data(self) -> bytes:
        return self.finished.read_bytes()

    def control(self, name: str) -> Control:
        return next(one for one in self.plan.controls if one.name == name)

    def archived(self, path: Path) -> Path:
        """A file with security store and document time stamp."""
        return archive.archived(path, self.world)


def genuine(folder: Path, world: World, *, stream: bool = False, pages: int = 2, signers: int = 2) -> Genuine:
    """An agreement of so many signers; with a cross-reference stream, or a table."""
    folder.mkdir(parents=True, exist_ok=True)
    source = makers.plain(folder / "plain.pdf", pages)
    if stream:
        source = makers.qpdf(source, folder / "packed.pdf", "--object-streams=generate", "--deterministic-id")
    fields = archive.form(signers)
    certified, plan = ceremony.prepared(source, fields, world.platform.stamped(world.tsa))
    steps = [certified]
    for number in range(signers):
        signer = world.people.signer(f"Signer {number}").stamped(world.tsa)
        steps.append(ceremony.signed(steps[-1], plan, fields, f"signer{number}", signer))
    return Genuine(world, fields, plan, certified, steps[1], steps[-1], archive.archived(steps[-1], world))


def misused(case: Genuine, source: Path, recipient: str, change: Change) -> Path:
    """A signature by the rights of a signer that does more than it may: `change` alters the update and the field."""
    found = base.read(source)
    update, control = Update(found), case.plan.signing(recipient)
    locked = [signaturedictionary.locking(control.lock, found.root)] if control.lock else []
    act = ceremony.act(recipient)
    entries: dict[str, Value] = {**control.raw()}
    entries["/V"] = update.room(signaturedictionary.entries(act, *locked), act.capacity)
    change(update, entries)
    update.replace(control.ref, entries)
    target = source.with_name(f"{source.stem}-misused.pdf")
    reserved = update.reserve(source, target, control.name)
    return case.world.people.signer("Insider").stamped(case.world.tsa).finish(target, reserved)


def saved_again(case: Genuine, change: Callable[[Update], None]) -> bytes:
    """The finished file with one more update that nobody signed."""
    update = Update(base.read(case.finished))
    change(update)
    target = case.finished.with_name("saved-again.pdf")
    update.save(case.finished, target)
    return target.read_bytes()
