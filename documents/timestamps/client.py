"""The asking half of RFC 3161: a request, and the token of a response once it is known to answer it."""

from datetime import datetime

from asn1crypto import cms, core, tsp

from documents import der
from documents.sign import SHA256
from documents.timestamps import signature
from documents.timestamps.errors import WrongTimestamp, wrong_if_unreadable

GRANTED = ("granted", "granted_with_mods")


class Response(core.Sequence):
    """TimeStampResp (RFC 3161, 2.4.2); the one of asn1crypto demands a token even of a refusal."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", core.Any, {"optional": True})]


def request(digest: bytes, nonce: int) -> bytes:
    """A TimeStampReq for a SHA-256 digest that asks for the TSA's certificates (RFC 3161, 2.4.1)."""
    imprint = der.sequence(der.sequence(der.oid(SHA256), der.NULL), der.octets(digest))
    return der.sequence(der.integer(1), imprint, der.integer(nonce), der.TRUE)


def token(response: bytes, digest: bytes, nonce: int) -> bytes:
    """The TimeStampToken of a response, in DER.

    Raises WrongTimestamp unless it was granted for this digest and nonce and is signed by a certificate it carries
    that is made for time stamps (RFC 3161, 2.3 and 2.4.2; RFC 5816). Whether that is trusted is the validation's.
    """
    with wrong_if_unreadable():
        parsed = Response.load(response, strict=True)
        status = parsed["status"]
        if status["status"].native not in GRANTED:
            said = status["fail_info"].native or status["status_string"].native or ""
            raise WrongTimestamp(f"{status['status'].native}: {said}"[:300])
        encoded: bytes = parsed["time_stamp_token"].dump()  # before it is looked into, which makes this slow
        info = signature.verified(cms.ContentInfo.load(encoded, strict=True))
        _expect_answer(info, digest, nonce)
        return encoded


def time_of(token: bytes) -> datetime:
    """When a token was made (UTC). Raises WrongTimestamp."""
    with wrong_if_unreadable():
        moment = signature.info_of(cms.ContentInfo.load(token))["gen_time"].native
        if not isinstance(moment, datetime):
            raise WrongTimestamp("no time")
        return moment


def certificates_of(token: bytes) -> list[bytes]:
    """The certificates a token carries, in DER. Raises WrongTimestamp."""
    with wrong_if_unreadable():
        return [one.dump() for one in signature.certificates(signature.signed_data(cms.ContentInfo.load(token)))]


def _expect_answer(info: tsp.TSTInfo, digest: bytes, nonce: int) -> None:
    imprint = info["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].dotted != SHA256 or imprint["hashed_message"].native != digest:
        raise WrongTimestamp("stamps another digest")
    if info["nonce"].native != nonce:
        raise WrongTimestamp("answers another request")
