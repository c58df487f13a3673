"""docker-compose.yml runs every process of every service, safely, from what `signet keys` prints."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from chassis.settings import Settings
from contracts.catalogue import CATALOGUE, subscriptions
from signet.keys import env_file
from signet.registry import MODULES, load_service

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "signet" in service["image"]}
OTHERS = {name: service for name, service in SERVICES.items() if name not in OURS}
RUNNING = [f"{name}-{process}" for name in MODULES for process in ("web", "worker", "relay")]
ONE_SHOTS = [*(f"{name}-migrate" for name in MODULES), "topology", "bucket"]
REFERENCE = re.compile(r"\$\{(?P<name>[A-Z0-9_]+)(?P<rest>[^}]*)\}")
SECRET = re.compile(r"PASSWORD|_KEY|TOKEN|SECRET")
OPTIONAL = ":-"  # nothing by default: what it opens is off


def references() -> list[tuple[str, str]]:
    """Every variable of the operator that the file uses, with what follows its name."""
    code = "\n".join(line for line in TEXT.splitlines() if not line.lstrip().startswith("#"))
    return [(match["name"], match["rest"]) for match in REFERENCE.finditer(code)]


def printed() -> dict[str, str]:
    """What `signet keys` prints, as compose reads an .env file: in single quotes nothing is special."""
    lines = [re.fullmatch(r"([A-Z0-9_]+)='([^']*)'", line) for line in env_file().splitlines()]
    assert all(lines)
    return {line[1]: line[2] for line in lines if line}


def filled(text: str, values: dict[str, str]) -> str:
    """``text`` with variables replaced; a default is taken when a variable is missing."""
    return REFERENCE.sub(lambda m: values.get(m["name"]) or m["rest"].removeprefix(":-").partition(":?")[0], text)


def environment(name: str) -> dict[str, str]:
    """The environment of a container when the operator has set nothing but what `signet keys` printed."""
    values = printed()
    return {key: filled(value, values) for key, value in SERVICES[name]["environment"].items()}


def settings_fields(cls: type[Settings]) -> list[Any]:
    return [field.metadata for field in dataclasses.fields(cls) if "env" in field.metadata]


@pytest.mark.parametrize("name", RUNNING)
def test_every_service_has_its_three_processes(name: str) -> None:
    service, process = name.rsplit("-", 1)
    assert SERVICES[name]["command"] == [service, process]
    assert set(ONE_SHOTS) == set(SERVICES[name]["depends_on"])


def test_every_container_of_ours_is_known() -> None:
    assert set(OURS) == {*RUNNING, *ONE_SHOTS}


def test_every_emitter_has_a_relay_and_every_receiver_a_worker() -> None:
    emitters = {event.owner for event in CATALOGUE.values()}
    assert {f"{name}-relay" for name in emitters} | {f"{name}-worker" for name in subscriptions()} <= set(OURS)


@pytest.mark.parametrize("name", list(MODULES))
def test_a_service_is_migrated_before_anything_starts(name: str) -> None:
    assert SERVICES[f"{name}-migrate"]["command"] == [name, "migrate"]
    condition = SERVICES[f"{name}-web"]["depends_on"][f"{name}-migrate"]["condition"]
    assert condition == "service_completed_successfully"


@pytest.mark.parametrize("name", list(MODULES))
def test_the_settings_of_a_service_load_from_what_keys_prints(name: str) -> None:
    settings = load_service(name).settings.load(name, environment(f"{name}-web"))
    assert set(settings.service_urls) == set(MODULES)
    assert settings.database_url.endswith(f"@postgres/{name}")
    assert not settings.embedded


@pytest.mark.parametrize("name", list(MODULES))
def test_every_setting_of_a_service_can_be_given(name: str) -> None:
    given = environment(f"{name}-web")
    fields = settings_fields(load_service(name).settings)
    assert {meta["env"] for meta in fields} - {"EMBEDDED"} <= set(given)


@pytest.mark.parametrize("name", list(MODULES))
def test_the_processes_of_a_service_share_one_environment(name: str) -> None:
    first = SERVICES[f"{name}-web"]["environment"]
    assert all(SERVICES[f"{name}-{process}"]["environment"] == first for process in ("worker", "relay", "migrate"))


def test_no_secret_has_a_default() -> None:
    defaulted = {name for name, rest in references() if rest.startswith(":-") and rest != OPTIONAL}
    assert not {name for name in defaulted if SECRET.search(name)}


def test_a_missing_secret_ends_the_start_with_a_sentence() -> None:
    demanded = {name for name, rest in references() if rest.startswith(":?") and "operations.md" in rest}
    assert {name for name, rest in references() if SECRET.search(name) and rest != OPTIONAL} <= demanded


def test_keys_prints_every_variable_that_is_demanded() -> None:
    demanded = {name for name, rest in references() if rest.startswith(":?") or not rest}
    assert demanded == set(printed())


@pytest.mark.parametrize("name", list(MODULES))
def test_secret_settings_are_made_of_variables_only(name: str) -> None:
    secret = {meta["env"] for meta in settings_fields(load_service(name).settings) if meta["secret"]}
    for variable in secret - {"MAIL_URL"}:
        assert "${" in SERVICES[f"{name}-web"]["environment"][variable]
    assert "@" not in SERVICES["notify-web"]["environment"]["MAIL_URL"].partition("?")[0]


def test_a_service_holds_its_own_token_key_only() -> None:
    for name in MODULES:
        used = REFERENCE.findall(" ".join(SERVICES[f"{name}-web"]["environment"].values()))
        assert [key for key, _ in used if key.startswith("TOKEN_KEY_")] == [f"TOKEN_KEY_{name.upper()}"]


@pytest.mark.parametrize("name", list(OURS))
def test_our_containers_have_no_root_no_capability_and_a_read_only_disk(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] == "10001:10001"
    assert service["read_only"] is True
    assert [mount.partition(":")[0] for mount in service["tmpfs"]] == ["/tmp"]
    assert "privileged" not in service
    assert "cap_add" not in service


@pytest.mark.parametrize("name", list(SERVICES))
def test_every_container_drops_capabilities_and_has_a_memory_limit(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["mem_limit"]


@pytest.mark.parametrize("name", list(SERVICES))
def test_every_container_is_checked_or_ends(name: str) -> None:
    if name in ONE_SHOTS:
        assert SERVICES[name]["restart"] == "no"
    else:
        assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
        assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", list(OTHERS))
def test_images_are_pinned_to_a_tag(name: str) -> None:
    _, _, tag = OTHERS[name]["image"].partition(":")
    assert re.search(r"\d", tag)


def test_only_the_gateway_is_published_and_the_mail_catcher_to_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert set(ports) == {"gateway-web", "mailpit"}
    assert ports["mailpit"] == ["127.0.0.1:8025:8025"]


def test_only_what_must_reaches_the_outside() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    outside = {name for name, service in SERVICES.items() if "edge" in service["networks"]}
    assert outside == {"gateway-web", "notify-worker", "mailpit"}


def test_the_role_script_gets_a_password_for_every_service() -> None:
    given = {name for name in SERVICES["postgres"]["environment"] if name.startswith("DATABASE_PASSWORD_")}
    assert given == {f"DATABASE_PASSWORD_{name.upper()}" for name in MODULES}


def test_mounted_files_exist_and_scripts_can_run() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", []) if mount.startswith("./")]
    assert mounts
    assert all((ROOT / mount.partition(":")[0]).exists() for mount in mounts)
    assert (ROOT / "deploy/postgres-init.sh").stat().st_mode & 0o111
    assert (ROOT / "deploy/store.sh").stat().st_mode & 0o111
