"""The catalogue is whole: examples fit, hearers listen, emitters exist."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from contracts.catalogue import CATALOGUE, asyncapi, check, subscriptions
from signet.registry import MODULES, load_service


@pytest.mark.parametrize("type", CATALOGUE)
def test_an_example_fits_its_schema(type):
    check(type, CATALOGUE[type].owner, dict(CATALOGUE[type].example))


@pytest.mark.parametrize("type", CATALOGUE)
def test_a_type_is_named_after_its_owner_and_what_has_happened(type):
    assert re.fullmatch(r"[a-z]+\.[a-z_]+\.v\d+", type)
    assert CATALOGUE[type].owner in MODULES and set(CATALOGUE[type].heard_by) <= set(MODULES)


@pytest.mark.parametrize("type", CATALOGUE)
def test_every_type_is_heard_for_there_is_no_queue_for_others(type):
    assert CATALOGUE[type].heard_by


@pytest.mark.parametrize("name", MODULES)
def test_a_service_handles_what_it_subscribes_to_and_nothing_else(name):
    assert set(load_service(name).handlers) == set(subscriptions().get(name, ()))


@pytest.mark.parametrize("type", CATALOGUE)
def test_a_type_is_emitted_by_its_owner(type):
    owner = CATALOGUE[type].owner
    source = "".join(path.read_text() for path in Path("services", owner).rglob("*.py"))
    _, event, _ = type.split(".")
    assert f'"{type}"' in source or f".{event}." in source or f'"{event}"' in source


def test_asyncapi_examples_fit_its_json_schemas():
    document = asyncapi()
    for message in document["components"]["messages"].values():
        schema = {**message["payload"], "components": document["components"]}
        jsonschema.validate(message["examples"][0]["payload"], schema)
