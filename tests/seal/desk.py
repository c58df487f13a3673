"""What tests say to *seal*."""

from __future__ import annotations

import base64
import hashlib
import io
from base64 import b64decode
from typing import Any
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
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

    def signs_once(self, act: UUID | None = None, name: str = "Bob Lee", **changes: Any) -> str:
        """The credential of one act of signing."""
        answer = self.order_credential(act, name, **changes)
        assert answer.status_code == 200, answer.text
        return str(answer.json["credentialID"])

    def order_credential(self, act: UUID | None = None, name: str = "Bob Lee", **changes: Any) -> TestResponse:
        body = {"act_id": str(act or new_key()), "workspace_id": str(self.workspace), "name": name, **changes}
        return self.kit.request("POST", "/internal/credentials/one-time", SIGNING, json=body)

    def chain(self, credential: str) -> list[x509.Certificate]:
        """A credential's certificates, its own first, the root last."""
        answer = self.ask("credentials/info", credentialID=credential)
        assert answer.status_code == 200, answer.text
        return [x509.load_der_x509_certificate(b64decode(text)) for text in answer.json["cert"]["certificates"]]

    def revoke(self, reason: str = "keyCompromise", **what: str) -> TestResponse:
        body = {**what, "reason": reason}
        return self.kit.request("POST", "/internal/certificates/revoke", SIGNING, json=body)

    def validation_data(self, *certificates: x509.Certificate | bytes) -> dict[str, Any]:
        """OCSP responses and all else *signing* puts into a document, as bytes."""
        asked = [one if isinstance(one, bytes) else one.public_bytes(Encoding.DER) for one in certificates]
        body = {"certificates": [base64.b64encode(one).decode() for one in asked]}
        answer = self.kit.request("POST", "/internal/validation-data", SIGNING, json=body)
        assert answer.status_code == 200, answer.text
        decoded = {name: [b64decode(text) for text in answer.json[name]] for name in ("certificates", "ocsp", "crls")}
        return {**decoded, "unknown": answer.json["unknown"]}

    def tell_workspace(self, key: UUID, name: str = "Acme 有限公司", sequence: int = 1) -> None:
        data = {"workspace_id": str(key), "public_id": "SGSP6nuIWcNeV187F2", "name": name}
        kind = "workspace.created.v1" if sequence == 1 else "workspace.changed.v1"
        self.kit.deliver(kind, key, sequence, key, **data)

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
        stamp = {"seal_id": str(parse_public_id("sea", seal)), "field_id": str(field or new_key())}
        body = {"account_id": who.subject, "agreement_id": str(agreement or new_key()), "stamps": [stamp]}
        return self.kit.request("POST", "/internal/seal-uses", SIGNING, json=body)

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
