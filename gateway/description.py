"""The OpenAPI 3.1 description of the whole suite, merged from what every service tells about itself."""

from __future__ import annotations

import json
import re
import time
from typing import Any

from flask import current_app

from chassis.service import Runtime
from gateway.routes import ROUTES, route_of

KEEP_SECONDS = 300
REFERENCE = re.compile(r'"#/components/(\w+)/([^"/]+)"')
TEXT = {"type": "string"}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `code` is stable; `title` is a sentence in the language of Accept-Language.",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": TEXT, "title": TEXT, "status": {"type": "integer"}, "code": TEXT,
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": {"field": TEXT, "code": TEXT, "message": TEXT}},
        },
    },
}  # fmt: skip
SCHEMES = {
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-signet", "description": "`signet` without https."},
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "With a session, on unsafe methods.",
    },
    "link": {
        "type": "apiKey",
        "in": "header",
        "name": "Signing-Link",
        "description": "The last part of a mailed link.",
    },
}
Document = dict[str, Any]


class Description:
    """Keeps the merged document for a few minutes."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._kept: tuple[float, Document] | None = None

    def get(self) -> Document:
        """The description; raises a 503 problem when a service cannot be asked."""
        if self._kept is None or time.monotonic() - self._kept[0] > KEEP_SECONDS:
            self._kept = time.monotonic(), self._merge()
        return self._kept[1]

    def _merge(self) -> Document:
        settings = self._runtime.settings
        merged: Document = {
            "openapi": "3.1.0", "info": {"title": "Signet", "version": "v1", "license": {"name": "Apache-2.0"}},
            "servers": [{"url": settings.public_url}], "paths": {}, "tags": [],
            "security": [{"session": [], "csrf": []}, {"link": []}, {}], "components": {"securitySchemes": SCHEMES},
        }  # fmt: skip
        add(merged, "gateway", current_app.extensions["api"].spec.to_dict(), settings.embedded)
        for service in dict.fromkeys(route.service for route in ROUTES if settings.embedded or not route.embedded):
            add(merged, service, self._runtime.client.call(service, "GET", "/internal/openapi.json"), settings.embedded)
        return prune(merged)


def prune(merged: Document) -> Document:
    """Leave out components that nothing public refers to."""
    components = merged["components"]
    waiting, used = [json.dumps([merged["paths"], components["schemas"]["Error"]])], set[tuple[str, str]]()
    while waiting:
        for kind, name in set(REFERENCE.findall(waiting.pop())) - used:
            used.add((kind, name))
            waiting.append(json.dumps(components[kind][name]))
    for kind in components.keys() - {"securitySchemes"}:
        components[kind] = {name: entry for name, entry in components[kind].items() if (kind, name) in used}
    return merged


def add(merged: Document, service: str, document: Document, embedded: bool) -> None:
    """Add a service's public paths with what they refer to; a name that is taken for something else gets a prefix."""
    document.get("components", {}).get("schemas", {}).pop("Error", None)
    document = _renamed(merged["components"], service, document)
    paths = {path: _clean(item) for path, item in document.get("paths", {}).items() if _public(path, service, embedded)}
    merged["paths"].update(paths)
    used = {
        tag
        for item in paths.values()
        for operation in item.values()
        if isinstance(operation, dict)
        for tag in operation.get("tags", ())
    }
    known = {tag["name"] for tag in merged["tags"]}
    merged["tags"] += [tag for tag in document.get("tags", []) if tag["name"] in used - known]
    for kind, entries in document.get("components", {}).items():
        merged["components"].setdefault(kind, {}).update(entries)
    merged["components"].setdefault("schemas", {})["Error"] = PROBLEM


def _public(path: str, service: str, embedded: bool) -> bool:
    if not path.startswith("/api/v1/"):
        return False
    route = route_of(path, embedded)
    return route.service == service if route else service == "gateway"


def _renamed(taken: Document, service: str, document: Document) -> Document:
    new_names = {
        (kind, name): f"{service.capitalize()}{name}"
        for kind, entries in document.get("components", {}).items()
        for name, entry in entries.items()
        if name in taken.get(kind, {}) and taken[kind][name] != entry
    }

    def rename(match: re.Match[str]) -> str:
        kind, name = match.groups()
        return f'"#/components/{kind}/{new_names.get((kind, name), name)}"'

    copy: Document = json.loads(REFERENCE.sub(rename, json.dumps(document)))
    copy["components"] = {
        kind: {new_names.get((kind, name), name): entry for name, entry in entries.items()}
        for kind, entries in copy.get("components", {}).items()
    }
    return copy


def _clean(item: Document) -> Document:
    """Errors are problem documents; form fields and files told apart are one multipart body."""
    for operation in item.values():
        if isinstance(operation, dict):
            for response in operation.get("responses", {}).values():
                content = response.get("content", {})
                if "Error" in json.dumps(content):
                    response["content"] = {"application/problem+json": next(iter(content.values()))}
            _join_forms(operation)
    return item


def _join_forms(operation: Document) -> None:
    parameters = operation.get("parameters", [])
    forms = [one for one in parameters if one.get("in") == "formData"]
    if forms:
        operation["parameters"] = [one for one in parameters if one not in forms]
        body = operation.setdefault("requestBody", {"required": True, "content": {}})
        schemas = [content["schema"] for content in body["content"].values()] + [form["schema"] for form in forms]
        body["content"] = {"multipart/form-data": {"schema": {"allOf": schemas}}}
