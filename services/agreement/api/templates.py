"""Routes of the templates: ready-made ones, and the workspace's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.ids import parse_public_id, public_id
from chassis.problem import LANGUAGES, not_found
from chassis.tokens import Kind
from contracts.rights import Right
from services.agreement import presets, starting
from services.agreement import templates as verbs
from services.agreement.api.common import detail, own, stream
from services.agreement.models import Template
from services.agreement.schemas import ImageQuery, NewTemplate, StartFrom, TemplateName
from services.agreement.views import AgreementView, TemplatesView, TemplateView

templates = Blueprint("templates", __name__, url_prefix="/api/v1/templates", description="Templates")
PREFIX = "preset-"


@templates.get("")
@templates.response(200, TemplatesView)
@access(Kind.USER, right=Right.USE_TEMPLATES)
def show() -> Any:
    """The ready-made templates in three languages, the reader's first, and the workspace's own, newest first."""
    who = principal()
    assert who.workspace is not None
    with runtime().db.read(who.workspace) as session:
        mine = [_own(one) for one in verbs.listed(session)]
    languages = sorted(LANGUAGES, key=lambda language: language != g.language)
    return {"presets": [_preset(name, one) for one in languages for name in presets.PRESETS], "templates": mine}


@templates.post("")
@templates.arguments(NewTemplate)
@templates.response(201, TemplateView)
@access(Kind.USER, right=Right.USE_TEMPLATES)
def save(values: dict[str, str]) -> Any:
    """Save an agreement as a template: documents, fields, settings, and its recipients as roles."""
    at = own(values["agreement_id"])
    key = verbs.save(runtime(), at, values["name"])
    with runtime().db.read(at.owner) as session:
        return _own(verbs.find(session, key))


@templates.get("/<template_id>")
@templates.response(200, TemplateView)
@access(Kind.USER, right=Right.USE_TEMPLATES)
def get(template_id: str) -> Any:
    """One template, with its pages."""
    if preset := _parse(template_id):
        made = presets.made(*preset)
        return {**_preset(*preset), "pages": [{"width": width, "height": height} for width, height in made.pages]}
    return _own(_find(template_id))


@templates.patch("/<template_id>")
@templates.arguments(TemplateName)
@templates.response(200, TemplateView)
@access(Kind.USER, right=Right.USE_TEMPLATES)
def rename(values: dict[str, str], template_id: str) -> Any:
    """Give one of the workspace's own another name."""
    verbs.rename(runtime(), principal(), parse_public_id("tpl", template_id), values["name"])
    return _own(_find(template_id))


@templates.delete("/<template_id>")
@templates.response(204)
@access(Kind.USER, right=Right.USE_TEMPLATES)
def remove(template_id: str) -> None:
    """Delete one of the workspace's own; agreements made from it stay."""
    verbs.remove(runtime(), principal(), parse_public_id("tpl", template_id))


@templates.get("/<template_id>/pages/<int:page>/image")
@templates.arguments(ImageQuery, location="query")
@templates.response(200, content_type="image/webp")
@access(Kind.USER, right=Right.USE_TEMPLATES)
def page_image(values: dict[str, int], template_id: str, page: int) -> Response:
    """The picture of a page, counted from 0 through all documents, as WebP."""
    width = values["width"]
    if preset := _parse(template_id):
        made = presets.made(*preset)
        if page >= len(made.pages):
            raise not_found()
        source = verbs.picture(runtime(), made.digest, page, width, lambda: made.pdf)
        return stream(source, "image/webp", f"{made.digest}-{page}-{width}", **{"Cache-Control": KEPT})
    document, number = _page_of(_find(template_id), page)
    name = document["key"].removesuffix(".pdf")
    source = verbs.picture(runtime(), name, number, width, lambda: _read(document["key"]))
    return stream(source, "image/webp", f"{document['sha256']}-{number}-{width}", **{"Cache-Control": KEPT})


@templates.post("/<template_id>/agreements")
@templates.arguments(StartFrom)
@templates.response(201, AgreementView)
@access(Kind.USER, right=Right.USE_TEMPLATES)
def start(values: dict[str, Any], template_id: str) -> Any:
    """Make a draft from a template; `recipients` fill roles by name, roles that are not named stay empty."""
    who, people = principal(), values["recipients"]
    if preset := _parse(template_id):
        return detail(starting.from_preset(runtime(), who, *preset, people))
    return detail(starting.from_template(runtime(), who, _find(template_id), g.language, people))


KEPT = "private, max-age=3600"


def _parse(template_id: str) -> tuple[str, str] | None:
    """Name and language of ``preset-sales-zh-Hans``; None for an id of another form; raises not_found."""
    if not template_id.startswith(PREFIX):
        return None
    name, _, language = template_id.removeprefix(PREFIX).partition("-")
    if name not in presets.PRESETS or language not in LANGUAGES:
        raise not_found()
    return name, language


def _find(template_id: str) -> Template:
    who = principal()
    assert who.workspace is not None
    with runtime().db.read(who.workspace) as session:
        return verbs.find(session, parse_public_id("tpl", template_id))


def _page_of(template: Template, page: int) -> tuple[Mapping[str, Any], int]:
    for document in template.documents:
        if page < len(document["pages"]):
            return document, page
        page -= len(document["pages"])
    raise not_found()


def _read(key: str) -> bytes:
    with runtime().storage.open(key) as source:
        return source.read()


def _preset(name: str, language: str) -> dict[str, Any]:
    preset = presets.PRESETS[name]
    return {
        "id": f"{PREFIX}{name}-{language}", "kind": "preset", "name": presets.in_language(preset.name, language),
        "description": presets.in_language(preset.about, language), "language": language, "may_change": False,
        "roles": [presets.in_language(words, language) for words in preset.roles.values()],
    }  # fmt: skip


def _own(one: Template) -> dict[str, Any]:
    pages = [page for document in one.documents for page in document["pages"]]
    return {
        "id": public_id("tpl", one.id), "kind": "own", "name": one.name, "description": one.settings["title"],
        "roles": [role["role"] for role in one.roles], "created_at": one.created_at.isoformat(),
        "created_by": one.creator_name, "may_change": verbs.may_change(one, principal()),
        "pages": [{"width": page["width"], "height": page["height"]} for page in pages],
    }  # fmt: skip
