"""Who signs a signer's act: *seal* with a key that signs once, or a provider outside that speaks the CSC API v2."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Request, Response

from chassis.ids import new_key
from chassis.problem import Problem
from chassis.settings import BadSettings
from documents import sign, validate
from services.signing import seals
from services.signing.signatory import Act, Signatory, Signed, fits, signed
from tests.seal.outsiders import TOKEN, Outside
from tests.service_kit import Kit
from tests.signing.stage import WORKSPACE, Stage, person
from tests.signing.test_main_path import final

DIGEST, OTHER_DIGEST = bytes(32), bytes([1]) * 32


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    """Another installation, as a provider at its address."""
    one = Outside(tmp_path / "outside")
    with one:
        yield one
    one.close()


@pytest.fixture
def begin(stage: Stage) -> Iterator[Callable[..., Signatory]]:
    """Starts *signing* with settings; its signatory."""
    kits: list[Kit] = []

    def start(**env: str) -> Signatory:
        kits.append(Kit("signing", stage.folder, None, stage.neighbours, **env))
        stage.kit = kits[-1]
        found: Signatory = kits[-1].runtime.parts.signatory
        return found

    yield start
    for kit in kits[:-1]:
        kit.runtime.db.engine.dispose()


def provider(outside: Outside, **changes: str) -> dict[str, str]:
    """Settings that name the other installation."""
    return {"CSC_URL": f"{outside.url}/csc/v2", "CSC_CREDENTIAL": "platform", "CSC_TOKEN": TOKEN, **changes}


def act(act_id: UUID | None = None) -> Act:
    return Act(act_id or new_key(), WORKSPACE, "Bob Lee")


def holds(made: Signed) -> bool:
    return fits(made.chain[0], made.signature, made.attributes)


def test_the_same_act_over_the_same_file_gives_the_same_signature(stage: Stage) -> None:
    who, signatory = act(), stage.kit.runtime.parts.signatory
    first, second = signed(signatory, who, DIGEST), signed(signatory, who, DIGEST)
    assert first == second
    assert holds(first)


def test_a_file_made_anew_is_signed_by_the_acts_next_attempt(stage: Stage) -> None:
    who, signatory = act(), stage.kit.runtime.parts.signatory
    first, second = signed(signatory, who, DIGEST), signed(signatory, who, OTHER_DIGEST)
    assert holds(first) and holds(second) and first.chain[0] != second.chain[0]
    assert signed(signatory, who, OTHER_DIGEST) == second


def test_a_provider_signs_documents_that_hold_and_outlast_its_certificate(
    stage: Stage, outside: Outside, begin: Callable[..., Signatory]
) -> None:
    begin(**provider(outside))
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    for name in ("Bob", "Carol"):
        agreement.signer(name).sign()
        stage.work()
    ours = seals.certificates(stage.kit.runtime, seals.PLATFORM)[-1]
    theirs = outside.desk.chain("platform")[-1].public_bytes(Encoding.DER)
    assert validate.flaws(final(stage, agreement), [ours, theirs], archived=True) == []
    assert validate.flaws(final(stage, agreement), [ours], archived=True) != []


def test_acts_wait_for_a_provider_that_is_away_and_go_on_when_it_is_back(
    stage: Stage, outside: Outside, begin: Callable[..., Signatory]
) -> None:
    begin(**provider(outside))
    agreement = stage.send(person("Bob"))
    outside.app = gone
    agreement.signer().sign()
    stage.work()
    assert agreement.told("signing.completed.v1") == []
    outside.app = outside.gateway.app
    stage.change(agreement, lease_until=None)
    stage.work()
    applied = [one for one in agreement.history()["entries"] if one["kind"] == "signature_applied"]
    assert (len(agreement.told("signing.completed.v1")), len(applied)) == (1, 1)


def gone(environ: Any, start_response: Any) -> Any:
    """A provider in trouble."""
    return Response("<h1>Bad Gateway</h1>", 502, content_type="text/html")(environ, start_response)


class Front:
    """Stands in front of a provider: grants tokens for a while, and changes what is answered."""

    def __init__(self, outside: Outside) -> None:
        self.app, self.granted = outside.gateway.app, list[str]()
        self.change: Callable[[str, dict[str, Any]], None] = lambda path, answer: None

    def __call__(self, environ: Any, start_response: Any) -> Any:
        asked = Request(environ)
        if asked.path.endswith("/oauth2/token"):
            return self._grant(asked)(environ, start_response)
        if self.granted and environ.get("HTTP_AUTHORIZATION") == f"Bearer {self.granted[-1]}":
            environ["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
        status, headers, body = self._through(environ)
        return Response(body, status, headers)(environ, start_response)

    def _through(self, environ: Any) -> tuple[int, dict[str, str], bytes]:
        chunks, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        body = json.loads(b"".join(chunks))
        self.change(environ["PATH_INFO"], body)
        return int(status.split()[0]), {"Content-Type": headers["Content-Type"]}, json.dumps(body).encode()

    def _grant(self, asked: Request) -> Response:
        told = (asked.form["grant_type"], asked.form["client_id"], asked.form["client_secret"])
        if told != ("client_credentials", "signet", "hush"):
            return Response(json.dumps({"error": "invalid_client"}), 401, content_type="application/json")
        self.granted.append(f"granted-{len(self.granted)}")
        granted = {"access_token": self.granted[-1], "token_type": "Bearer", "expires_in": 3600}
        return Response(json.dumps(granted), content_type="application/json")


@pytest.fixture
def front(outside: Outside) -> Front:
    outside.app = Front(outside)
    return outside.app


def by_oauth(outside: Outside, **changes: str) -> dict[str, str]:
    return provider(outside, CSC_TOKEN="", **{"CSC_CLIENT_ID": "signet", "CSC_CLIENT_SECRET": "hush", **changes})


def test_a_token_is_fetched_by_client_credentials_and_used_until_it_is_refused(
    outside: Outside, front: Front, begin: Callable[..., Signatory]
) -> None:
    signatory = begin(**by_oauth(outside))
    assert holds(signed(signatory, act(), DIGEST)) and holds(signed(signatory, act(), DIGEST))
    assert len(front.granted) == 1
    front.granted.append("another that the provider has made since")
    assert holds(signed(signatory, act(), DIGEST))
    assert len(front.granted) == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"auth": {"mode": "explicit"}}, r"asks for authorisation \(explicit\) before each signature"),
        ({"auth": {"mode": "oauth2code"}}, r"asks for authorisation \(oauth2code\)"),
        ({"SCAL": "2"}, r"asks for authorisation \(implicit with SAD\)"),
        ({"key": {"status": "disabled", "algo": [sign.ECDSA_SHA256]}}, "key or certificate is not in use"),
        ({"key": {"status": "enabled", "algo": ["1.2.3"]}}, "CSC_URL is wrong"),
        ({"cert": {"certificates": []}}, "CSC_URL is wrong"),
        ({"cert": {"certificates": ["bm90IGEgY2VydGlmaWNhdGU="]}}, "CSC_URL is wrong"),
        ({"cert": None}, "CSC_URL is wrong"),
    ],
)
def test_a_credential_that_does_not_sign_by_itself_stops_the_start(
    outside: Outside, front: Front, begin: Callable[..., Signatory], change: dict[str, Any], sentence: str
) -> None:
    front.change = lambda path, answer: answer.update(change)
    with pytest.raises(BadSettings, match=sentence):
        begin(**provider(outside))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"CSC_TOKEN": "wrong"}, "CSC_CREDENTIAL cannot be used: the provider answers 401"),
        ({"CSC_CREDENTIAL": "nobody"}, "CSC_CREDENTIAL cannot be used: the provider answers 400"),
        ({"CSC_CREDENTIAL": ""}, "CSC_CREDENTIAL is missing"),
        ({"CSC_TOKEN": ""}, "CSC_CLIENT_ID is missing"),
        ({"CSC_TOKEN": "", "CSC_CLIENT_ID": "signet"}, "CSC_CLIENT_SECRET is missing"),
        ({"CSC_TOKEN": "", "CSC_CLIENT_ID": "signet", "CSC_CLIENT_SECRET": "loud"}, "the provider answers"),
        ({"CSC_URL": "http://provider.example/csc/v2"}, "CSC_URL is wrong: write an https:// address"),
        ({"CSC_URL": "provider.example"}, "CSC_URL is wrong: write an https:// address"),
    ],
)
def test_a_provider_that_is_told_wrongly_stops_the_start_with_one_sentence(
    outside: Outside, begin: Callable[..., Signatory], changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(BadSettings, match=sentence):
        begin(**provider(outside, **changes))


def test_a_provider_that_is_away_at_the_start_is_waited_for(outside: Outside, begin: Callable[..., Signatory]) -> None:
    outside.app = gone
    signatory = begin(**provider(outside))
    with pytest.raises(Problem, match="503"):
        signed(signatory, act(), DIGEST)
    outside.app = outside.gateway.app
    assert holds(signed(signatory, act(), DIGEST))


def test_a_signature_of_another_key_is_never_used(
    outside: Outside, front: Front, begin: Callable[..., Signatory], stage: Stage
) -> None:
    other = signed(stage.kit.runtime.parts.signatory, act(), DIGEST)
    signatory = begin(**provider(outside))
    front.change = lambda path, answer: answer.update(signatures=[b64encode(other.signature).decode()])
    with pytest.raises(Problem, match="503"):
        signed(signatory, act(), DIGEST)


@pytest.mark.parametrize("answer", [{}, {"signatures": []}, {"signatures": ["?"]}, {"signatures": None}])
def test_an_answer_without_a_signature_is_an_outage(
    outside: Outside, front: Front, begin: Callable[..., Signatory], answer: dict[str, Any]
) -> None:
    signatory = begin(**provider(outside))

    def change(path: str, said: dict[str, Any]) -> None:
        if path.endswith("/signHash"):
            said.clear()
            said.update(answer)

    front.change = change
    with pytest.raises(Problem, match="503"):
        signed(signatory, act(), DIGEST)


def test_a_redirect_is_not_followed_with_the_token(outside: Outside, begin: Callable[..., Signatory]) -> None:
    signatory, asked = begin(**provider(outside)), list[str]()

    def elsewhere(environ: Any, start_response: Any) -> Any:
        asked.append(environ["PATH_INFO"])
        return Response("", 307, {"Location": f"{outside.url}/stolen"})(environ, start_response)

    outside.app = elsewhere
    with pytest.raises(Problem, match="503"):
        signatory.sign(act(), DIGEST)
    assert asked == ["/csc/v2/credentials/info"]
