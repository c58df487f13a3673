"""Daily anchors: one Merkle tree over the heads of all chains (RFC 6962, 2.1), its root time-stamped by RFC 3161.

A leaf is the 32 bytes of a chain's head. A proof is the place of the leaf, the number of leaves, and the hashes beside
the way from the leaf to the root, the lowest first.
"""

import hashlib
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

LEAF, NODE = b"\x00", b"\x01"


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf (RFC 6962, 2.1)."""
    return hashlib.sha256(LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 6962, 2.1)."""
    return hashlib.sha256(NODE + left + right).digest()


class Tree:
    """The tree over leaves in their order; the same as the recursive definition, level by level."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [[leaf_hash(leaf) for leaf in leaves]]
        while len(self._levels[-1]) > 1:
            self._levels.append(_above(self._levels[-1]))

    @property
    def root(self) -> bytes:
        """The hash of all; of an empty tree that of nothing."""
        top = self._levels[-1]
        return top[0] if top else hashlib.sha256().digest()

    def path(self, place: int) -> list[bytes]:
        """The hashes beside the way from a leaf to the root, the lowest first (RFC 6962, 2.1.1)."""
        found = []
        for level in self._levels[:-1]:
            beside = place ^ 1
            found += level[beside : beside + 1]
            place //= 2
        return found


def _above(level: list[bytes]) -> list[bytes]:
    pairs = zip_longest(level[::2], level[1::2])
    return [node_hash(left, right) if right is not None else left for left, right in pairs]


def root_of(leaf: bytes, place: int, leaves: int, path: Sequence[bytes]) -> bytes | None:
    """The root a proof leads to; None when it is not a proof for this place (RFC 9162, 2.1.3.2)."""
    if not 0 <= place < leaves:
        return None
    found, at, last = leaf_hash(leaf), place, leaves - 1
    for beside in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            found = node_hash(beside, found)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            found = node_hash(found, beside)
        at, last = at // 2, last // 2
    return found if last == 0 else None


def holds(anchor: Mapping[str, Any]) -> bool:
    """Whether an anchor of an audit file proves its head: the way up leads to the root, and the token stamps the root.

    Whether the token's maker is trusted is the validation's; `openssl ts -verify` tells it too.
    """
    try:
        head, root = bytes.fromhex(anchor["head"]), bytes.fromhex(anchor["root"])
        path = [bytes.fromhex(one) for one in anchor["path"]]
        return root_of(head, anchor["place"], anchor["leaves"], path) == root and stamps(anchor["token"], root)
    except (ValueError, KeyError, TypeError):
        return False


def stamps(token: str, digest: bytes) -> bool:
    """Whether a token (base 64) is signed by the certificate it carries, over this SHA-256 digest."""
    from asn1crypto import cms

    from documents.sign import SHA256
    from documents.timestamps import WrongTimestamp, signature
    from documents.timestamps.errors import wrong_if_unreadable

    try:
        with wrong_if_unreadable():
            imprint = signature.verified(cms.ContentInfo.load(b64decode(token, validate=True)))["message_imprint"]
            algorithm = imprint["hash_algorithm"]["algorithm"].dotted
            return bool(algorithm == SHA256 and imprint["hashed_message"].native == digest)
    except WrongTimestamp:
        return False


def time_of(token: str) -> datetime:
    """When a token (base 64) was made. Raises WrongTimestamp."""
    from documents import timestamps

    return timestamps.time_of(b64decode(token))
