"""The catalogue: every event type of the suite, checked when emitted, and the AsyncAPI made from it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from marshmallow import RAISE, ValidationError

from contracts import agreement, billing, identity, notify, seal, signing, workspace
from contracts.event_type import EventType

CATALOGUE: dict[str, EventType] = {
    event.type: event
    for module in (identity, workspace, agreement, signing, seal, billing, notify)
    for event in module.EVENTS
}


class ContractViolation(Exception):
    """An event that is unknown, somebody else's, or does not fit its schema."""


def check(type: str, emitter: str, data: dict[str, Any]) -> None:
    """Raise `ContractViolation` unless ``emitter`` owns the type and the data fits its schema exactly."""
    event = CATALOGUE.get(type)
    if event is None:
        raise ContractViolation(f"{type} is not in the catalogue")
    if event.owner != emitter:
        raise ContractViolation(f"{type} belongs to {event.owner}, not to {emitter}")
    try:
        event.schema().load(data, unknown=RAISE)
    except ValidationError as error:
        raise ContractViolation(f"{type}: {error.messages}") from error


@cache
def subscriptions() -> dict[str, tuple[str, ...]]:
    """The event types each service hears."""
    heard: dict[str, list[str]] = defaultdict(list)
    for event in CATALOGUE.values():
        for service in event.heard_by:
            heard[service].append(event.type)
    return {service: tuple(types) for service, types in heard.items()}


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3.0 document of the catalogue."""
    from apispec import APISpec
    from apispec.ext.marshmallow import MarshmallowPlugin

    spec = APISpec("", "", "3.1.0", plugins=[MarshmallowPlugin(schema_name_resolver=_schema_name)])
    messages = {}
    for event in CATALOGUE.values():
        name = _schema_name(event.schema)
        if name not in spec.components.schemas:
            spec.components.schema(name, schema=event.schema)
        messages[event.type] = {
            "name": event.type,
            "summary": event.doc,
            "contentType": "application/json",
            "payload": {"$ref": f"#/components/schemas/{name}"},
            "examples": [{"payload": event.example}],
        }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Signet events",
            "version": "v1",
            "description": "CloudEvents 1.0 over the topic exchange signet.events.",
        },
        "channels": {
            type: {"address": type, "messages": {type: {"$ref": f"#/components/messages/{type}"}}} for type in messages
        },
        "operations": _operations(),
        "components": {"messages": messages, "schemas": spec.to_dict()["components"]["schemas"]},
    }


def _operations() -> dict[str, Any]:
    operations: dict[str, Any] = {}
    for event in CATALOGUE.values():
        channel = {"$ref": f"#/channels/{event.type}"}
        operations[f"{event.owner}.send.{event.type}"] = {"action": "send", "channel": channel}
        for service in event.heard_by:
            operations[f"{service}.receive.{event.type}"] = {"action": "receive", "channel": channel}
    return operations


def _schema_name(schema: Any) -> str:
    cls = schema if isinstance(schema, type) else type(schema)
    return f"{cls.__module__.rsplit('.', 1)[-1].capitalize()}{cls.__name__}"
