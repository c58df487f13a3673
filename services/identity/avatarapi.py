"""The HTTP API of a person's picture."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.problem import Problem, not_found
from chassis.tokens import Kind
from services.identity import avatars
from services.identity.accounts import by_key
from services.identity.schemas import AccountView

public = Blueprint("avatars", __name__, url_prefix="/api/v1/account", description="A person's picture")
LARGEST, FRAME = 5 << 20, 64 << 10
KEEP_SECONDS = 86_400
FORM = {
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["image"],
                "properties": {"image": {"type": "string", "format": "binary"}},
            }
        }
    }
}


@public.put("/avatar")
@public.doc(requestBody=FORM)
@public.response(200, AccountView)
@access(Kind.USER, workspace=False)
def replace_avatar() -> Any:
    """Set one's picture: a PNG or JPEG of at most 5 MiB, of which the middle square is kept."""
    request.max_content_length = LARGEST + FRAME
    file = request.files.get("image")
    if file is None:
        raise Problem(422, "image_missing")
    data = file.stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Problem(413, "too_large")
    return avatars.replace(runtime(), principal().account, data)


@public.get("/avatar")
@public.response(200, content_type=avatars.KIND)
@access(Kind.USER, workspace=False)
def show_avatar() -> Any:
    """One's picture, 256 pixels square; the browser may keep it."""
    with runtime().db.read(EVERYONE) as session:
        account = by_key(session, principal().account)
    if account.avatar_key is None:
        raise not_found()
    with runtime().storage.open(account.avatar_key) as source:
        response = Response(source.read(), mimetype=avatars.KIND, headers={"X-Content-Type-Options": "nosniff"})
    response.set_etag(account.avatar_sha256 or "")
    response.cache_control.private = True
    response.cache_control.max_age = KEEP_SECONDS
    return response.make_conditional(request)


@public.delete("/avatar")
@public.response(200, AccountView)
@access(Kind.USER, workspace=False)
def remove_avatar() -> Any:
    return avatars.remove(runtime(), principal().account)
