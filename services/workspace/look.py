"""How a workspace looks to those it writes to: the logo and the colour of its signing page and its mails."""

from __future__ import annotations

import struct
import uuid
from typing import Any

from sqlalchemy.orm import Session

from chassis import sandbox
from chassis.database import EVERYONE, database_now
from chassis.ids import new_key, parse_public_id, public_id
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from documents.drawing.logos import logo_image
from documents.errors import Refused
from services.workspace.models import Logo

LARGEST = 2 << 20  # bytes of an upload
LIMITS = sandbox.Limits(cpu=5, seconds=10.0)  # a real logo takes a tenth of a second
PREFIX = "lgo"
CONTRAST = 4.5  # of white letters on the colour, and of letters in the colour on white (WCAG 2.2, 1.4.3)


def cleaned(data: bytes) -> bytes:
    """An uploaded logo as a safe PNG; raises a 413 or 422 problem."""
    if len(data) > LARGEST:
        raise Problem(413, "too_large", limit=LARGEST)
    try:
        return sandbox.run(logo_image, data, limits=LIMITS)
    except Refused as error:
        raise Problem(422, error.code) from error
    except sandbox.OutOfLimits as error:
        raise Problem(422, "image_too_large") from error


def keep(session: Session, workspace: uuid.UUID, png: bytes) -> dict[str, Any]:
    """Store a logo and tell where it is served. Those before stay, since mails that were sent show them."""
    logo = Logo(id=new_key(), workspace_id=workspace, png=png, created_at=database_now(session))
    session.add(logo)
    width, height = struct.unpack(">II", png[16:24])
    return {"path": f"/logos/{public_id(PREFIX, logo.id)}.png", "width": width, "height": height}


def found(runtime: Runtime, name: str) -> bytes:
    """The PNG of a logo, for everybody; raises the 404 problem."""
    with runtime.db.read(EVERYONE) as session:
        key = parse_public_id(PREFIX, name)
        logo = session.get(Logo, key) if key else None
    if logo is None:
        raise not_found()
    return logo.png


def demand_readable(colour: str) -> None:
    """Raise colour_too_light (422) when white letters could not be read on a colour such as ``#0052d9``."""
    if 1.05 / (_luminance(colour) + 0.05) < CONTRAST:
        raise Problem(422, "colour_too_light")


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
