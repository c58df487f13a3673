"""The answering half of RFC 3161: from a request to the TSTInfo that is signed, and the response around the token.

The token is `sign.cms` over the TSTInfo, which is its content, with content type `sign.TST_INFO`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import tsp

from documents import der
from documents.timestamps.errors import UNREADABLE, BadRequest, Failure

SIZES = {  # digests that may be stamped, by their bytes
    "2.16.840.1.101.3.4.2.1": 32,
    "2.16.840.1.101.3.4.2.2": 48,
    "2.16.840.1.101.3.4.2.3": 64,
}
LONGEST_REQUEST = 4096  # bytes
LONGEST_NONCE = 512  # bits
GRANTED = 0
REJECTION = 2


@dataclass(frozen=True)
class Query:
    """What is asked: a digest with its algorithm, and what the answer has to repeat."""

    digest: bytes
    algorithm_oid: str
    nonce: int | None
    policy: str | None
    cert_req: bool


def parse_request(data: bytes) -> Query:
    """Read a TimeStampReq (RFC 3161, 2.4.1); SHA-256, SHA-384 and SHA-512 are stamped. Raises BadRequest."""
    if len(data) > LONGEST_REQUEST:
        raise BadRequest(Failure.BAD_REQUEST, f"{len(data)} bytes")
    try:
        parsed = tsp.TimeStampReq.load(data, strict=True)
        query = _query(parsed)
        version, extended = parsed["version"].native, len(parsed["extensions"]) if parsed["extensions"] else 0
    except UNREADABLE as error:
        raise BadRequest(Failure.BAD_DATA_FORMAT, str(error)[:300]) from error
    if version != "v1" or (query.nonce or 0).bit_length() > LONGEST_NONCE:
        raise BadRequest(Failure.BAD_REQUEST)
    if extended:
        raise BadRequest(Failure.UNACCEPTED_EXTENSION)
    if SIZES.get(query.algorithm_oid) != len(query.digest):
        raise BadRequest(Failure.BAD_ALGORITHM if query.algorithm_oid not in SIZES else Failure.BAD_DATA_FORMAT)
    return query


def tst_info(query: Query, serial: int, at: datetime, policy: str, accuracy: timedelta = timedelta(seconds=1)) -> bytes:
    """The TSTInfo to be signed, in DER (RFC 3161, 2.4.2); `at` is aware, `accuracy` to the microsecond.

    `serial` is never given twice by one TSA. Raises BadRequest when another policy is asked for.
    """
    if query.policy not in (None, policy):
        raise BadRequest(Failure.UNACCEPTED_POLICY, str(query.policy))
    imprint = der.sequence(der.sequence(der.oid(query.algorithm_oid), der.NULL), der.octets(query.digest))
    return der.sequence(
        der.integer(1),
        der.oid(policy),
        imprint,
        der.integer(serial),
        der.time(at),
        _accuracy(accuracy),
        *([der.integer(query.nonce)] if query.nonce is not None else []),
    )


def granted(token: bytes) -> bytes:
    """The TimeStampResp with a token."""
    return der.sequence(der.sequence(der.integer(GRANTED)), token)


def rejected(failure: Failure, text: str = "") -> bytes:
    """The TimeStampResp that says why there is no token."""
    texts = [der.sequence(der.utf8(text))] if text else []
    return der.sequence(der.sequence(der.integer(REJECTION), *texts, der.bits(failure)))


def _query(parsed: tsp.TimeStampReq) -> Query:
    imprint = parsed["message_imprint"]
    return Query(
        digest=imprint["hashed_message"].native,
        algorithm_oid=imprint["hash_algorithm"]["algorithm"].dotted,
        nonce=parsed["nonce"].native,
        policy=parsed["req_policy"].dotted if parsed["req_policy"] else None,
        cert_req=bool(parsed["cert_req"].native),
    )


def _accuracy(accuracy: timedelta) -> bytes:
    seconds, millis = accuracy.days * 86_400 + accuracy.seconds, accuracy.microseconds // 1000
    micros = accuracy.microseconds % 1000
    parts = [der.integer(seconds)] if seconds else []
    parts += [der.primitive(tag, der.integer(value)) for tag, value in ((0, millis), (1, micros)) if value]
    return der.sequence(*parts)
