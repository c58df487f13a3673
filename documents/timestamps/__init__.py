"""Time stamps by RFC 3161 and RFC 5816: the half that asks, and the half that answers."""

from documents.timestamps.client import certificates_of, request, time_of, token
from documents.timestamps.errors import BadRequest, Failure, WrongTimestamp
from documents.timestamps.responder import Query, granted, parse_request, rejected, tst_info

__all__ = [
    "BadRequest",
    "Failure",
    "Query",
    "WrongTimestamp",
    "certificates_of",
    "granted",
    "parse_request",
    "rejected",
    "request",
    "time_of",
    "token",
    "tst_info",
]
