"""Headers every answer carries, so that a browser does nothing with it that was not meant."""

from __future__ import annotations

from flask import Response, g
from flask_smorest import Blueprint

from gateway.cookies import secure, set_new_browser

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
HSTS = "max-age=63072000; includeSubDomains"

blueprint = Blueprint("security", __name__)


@blueprint.after_app_request
def protect(response: Response) -> Response:
    """Add what is missing; tell the rate limits; give a new browser its cookie."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if secure():
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    response.headers.extend(g.pop("limits", None) or {})
    return set_new_browser(response)


@blueprint.record
def _keep_paths(state: object) -> None:
    """Two slashes are not one: an address is answered as it stands, never by a redirect."""
    state.app.url_map.merge_slashes = False  # type: ignore[attr-defined]
