"""What tests say to *seal*."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import Any
from uuid import UUID

from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from chassis.ids import new_key, parse_public_id, public_id
from chassis.tokens import Principal
from tests.service_kit import Kit, service, user

SIGNING = service("signing")
SHA256_OID, ECDSA_SHA256 = "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"


class Desk:
    """*seal* as *signing* and the people of a workspace meet it."""

    def __init__(self, kit: Kit) -> None:
        self.kit, self.db = kit, kit.runtime.db
        self.workspace = new_key()
        self.alice = user(workspace=self.workspace)

    def get(self, path: str, who: Principal | None = None) -> TestResponse:
        return self.kit.request("GET", f"/api/v1{path}", who or self.alice)

    def ask(self, path: str, **body: Any) -> TestResponse:
        return self.kit.request("POST", f"/internal/csc/v2/{path}", SIGNING, json=body)

    def sign(self, credential: str, data: bytes, **changes: Any) -> TestResponse:
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        body = {"hashes": [digest], "hashAlgorithmOID": SHA256_OID, "signAlgo": ECDSA_SHA256, **changes}
        return self.ask("signatures/signHash", credentialID=credential, **body)

    def tell_workspace(self, key: UUID, name: str = "Acme 有限公司") -> None:
        data = {"workspace_id": str(key), "public_id": "SGSP6nuIWcNeV187F2", "name": name}
        self.kit.deliver("workspace.created.v1", key, 1, key, **data)

    def tell_member(
        self, account: UUID, status: str = "enabled", sequence: int = 1, member: UUID | None = None,
        workspace: UUID | None = None, name: str = "Bob",
    ) -> None:  # fmt: skip
        """*workspace* tells of a member; the member's key is the account's unless given."""
        kind = "workspace.member_joined.v1" if sequence == 1 else "workspace.member_changed.v1"
        data = {
            "workspace_id": str(workspace or self.workspace), "member_id": str(member or account),
            "account_id": str(account), "status": status, "name": name, "email": "bob@example.com",
        }  # fmt: skip
        self.kit.deliver(kind, member or account, sequence, workspace or self.workspace, **data)

    def member(self) -> Principal:
        """An enabled member who may start agreements."""
        account = new_key()
        self.tell_member(account)
        return user(account, self.workspace, ("initiator",), "bob@example.com", "Bob")

    def post_seal(self, data: bytes, who: Principal | None = None, **form: Any) -> TestResponse:
        form = {"name": "Company seal", **form, "image": FileStorage(io.BytesIO(data), "seal.png", "image")}
        return self.post_form(form, who)

    def post_form(self, form: dict[str, Any], who: Principal | None = None, **headers: str) -> TestResponse:
        boundary, body = encode_multipart(form, "boundary")
        kind = f"multipart/form-data; boundary={boundary}"
        who = who or self.alice
        return self.kit.request("POST", "/api/v1/seals", who, data=body, content_type=kind, headers=headers)

    def seal(self, name: str = "Company seal", who: Principal | None = None) -> str:
        """A new seal's public id."""
        answer = self.post_seal(picture(), who, name=name)
        assert answer.status_code == 201, answer.text
        return str(answer.json["id"])

    def grant(self, seal: str, *people: Principal) -> TestResponse:
        body = {"account_ids": [public_id("acc", person.account) for person in people]}
        return self.kit.request("PUT", f"/api/v1/seals/{seal}/grants", self.alice, json=body)

    def use(self, seal: str, who: Principal, agreement: UUID | None = None, field: UUID | None = None) -> TestResponse:
        body = {
            "account_id": who.subject, "agreement_id": str(agreement or new_key()), "field_id": str(field or new_key()),
        }  # fmt: skip
        key = parse_public_id("sea", seal)
        return self.kit.request("POST", f"/internal/seals/{key}/use", SIGNING, json=body)

    def granted(self, who: Principal) -> list[dict[str, Any]]:
        """The seals *signing* would offer to a person."""
        answer = self.kit.request("GET", f"/internal/grants?account_id={who.subject}", SIGNING)
        return list(answer.json["seals"])


def picture(width: int = 300, height: int = 200, kind: str = "PNG") -> bytes:
    """A red block on white paper that fills the picture but for a small margin."""
    image = Image.new("RGB", (width, height), "white")
    image.paste((200, 16, 16), (4, 4, width - 4, height - 4))
    held = io.BytesIO()
    image.save(held, kind)
    return held.getvalue()
