"""The image holds what the suite needs, and no more."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from signet.registry import MODULES

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
FINAL = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]


def test_every_package_of_the_suite_is_copied() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert packages == set(re.findall(r"^COPY (\w+) /opt/signet/\w+$", DOCKERFILE, re.M))
    assert {module.partition(".")[0] for module in MODULES.values()} <= packages


def test_what_is_copied_is_not_ignored() -> None:
    taken = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line.startswith("!")}
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M)
    sources = [Path(source) for copy in copies for source in copy.split()]
    assert not [source for source in sources if not taken & {str(source), *map(str, source.parents)}]


def test_packages_are_installed_by_hash() -> None:
    assert "--require-hashes -r /build/requirements.lock" in DOCKERFILE
    assert "pip" not in FINAL


def test_the_process_is_nobody_special() -> None:
    user = re.findall(r"^USER (.+)$", FINAL, re.M)
    assert user == ["10001:10001"]
    assert 'ENTRYPOINT ["signet"]' in FINAL


def test_the_image_and_compose_agree_on_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"ARG VERSION={version}" in DOCKERFILE
    assert f"signet:{version}" in (ROOT / "docker-compose.yml").read_text()
