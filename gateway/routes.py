"""Which service answers which public address. What is not here is answered with 404."""

from __future__ import annotations

from dataclasses import dataclass

FORBIDDEN_SEGMENTS = ("", ".", "..")


@dataclass(frozen=True, slots=True)
class Route:
    """A prefix of whole path segments and its service.

    ``anonymous`` routes are for people who are not logged in: a session is left aside there. ``embedded`` ones exist in
    the embedded mode only. To ``bearer`` ones a caller's own Authorization is passed on, for the service to judge;
    ``signed`` names a header by which the service judges the body.
    """

    prefix: str
    service: str
    anonymous: bool = False
    embedded: bool = False
    bearer: bool = False
    signed: str | None = None


ROUTES = (
    Route("/api/v1/registration", "identity", anonymous=True),
    Route("/api/v1/password", "identity", anonymous=True),
    Route("/api/v1/account", "identity"),
    Route("/api/v1/workspaces", "workspace"),
    Route("/api/v1/workspace", "workspace"),
    Route("/logos", "workspace", anonymous=True),
    Route("/api/v1/invitations", "workspace"),
    Route("/api/v1/billing/webhooks/stripe", "billing", anonymous=True, signed="Stripe-Signature"),
    Route("/api/v1/billing", "billing"),
    Route("/api/v1/agreements", "agreement"),
    Route("/api/v1/contacts", "agreement"),
    Route("/api/v1/templates", "agreement"),
    Route("/api/v1/signing", "signing"),
    Route("/api/v1/drawings", "signing", anonymous=True),
    Route("/api/v1/seals", "seal"),
    Route("/api/v1/certificates", "seal", anonymous=True),
    Route("/api/v1/mailbox", "notify", anonymous=True, embedded=True),
    Route("/mailbox", "notify", anonymous=True, embedded=True),
    Route("/api/v1/verifications", "signing", anonymous=True),
    Route("/pki", "seal", anonymous=True),
    Route("/csc", "seal", anonymous=True, bearer=True),
)
OCSP = "/pki/ocsp/"  # what follows is base64, which may have two slashes in a row (RFC 6960, A.1)

LINK_ROUTE = "/api/v1/signing/link"


def route_of(path: str, embedded: bool) -> Route | None:
    """The route of a decoded path; None for an unknown one and for one with empty or dot segments."""
    if "\\" in path or any(segment in FORBIDDEN_SEGMENTS for segment in _segments(path)):
        return None
    fitting = (route for route in ROUTES if under(path, route.prefix))
    return next((route for route in fitting if embedded or not route.embedded), None)


def _segments(path: str) -> list[str]:
    return [part for part in path[1:].split("/") if part] if path.startswith(OCSP) else path[1:].split("/")


def under(path: str, prefix: str) -> bool:
    """Whether a path is the prefix or below it."""
    return path == prefix or path.startswith(prefix + "/")
