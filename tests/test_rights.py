"""Roles and rights are one table: no route names a role, and what a role may do follows from the table alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from chassis.access import permit
from chassis.problem import Problem
from chassis.web import create_app
from contracts.rights import RIGHTS, Right, Role, allows, rights_of
from tests.service_kit import Kit, user

SERVICES = ("agreement", "billing", "seal", "workspace")


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_asks_for_a_role_by_its_name(name: str) -> None:
    named = []
    for path in Path("services", name).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            call = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "access"
            if call and any(keyword.arg == "roles" for keyword in node.keywords):
                named.append(f"{path}:{node.lineno}")
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Constant) and node.left.value in set(Role):
                named.append(f"{path}:{node.lineno}")
    assert named == []


@pytest.mark.parametrize("name", SERVICES)
def test_a_route_lets_in_exactly_the_roles_of_its_right(name: str, tmp_path: Path) -> None:
    kit = Kit(name, tmp_path)
    app = create_app(kit.service, kit.runtime)
    rules = [rule for view in app.view_functions.values() if (rule := getattr(view, "access", None)) and rule.roles]
    assert rules
    for rule in rules:
        assert rule.roles in {frozenset(map(str, roles)) for roles in RIGHTS.values()}
        for roles in ((), ("admin",), ("initiator",), ("admin", "initiator")):
            assert _let_in(rule, roles) == bool(rule.roles & set(roles))


def _let_in(rule: object, roles: tuple[str, ...]) -> bool:
    try:
        permit(rule, user(roles=roles))  # type: ignore[arg-type]
    except Problem as problem:
        assert problem.code == "forbidden"
        return False
    return True


def test_an_initiator_manages_nothing_and_an_admin_everything() -> None:
    assert set(rights_of(["admin"])) == set(Right)
    manages = {right for right in Right if right.startswith(("manage_", "read_", "hand_", "see_all", "act_on_all"))}
    assert not [right for right in manages if allows(["initiator"], right)]
    assert rights_of([]) == []
