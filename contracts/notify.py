"""Events of *notify*: what became of a mail about an agreement."""

from contracts.event_type import A_TIME, KEYS, Contract, EventType, key, moment, text


class Mailed(Contract):
    """``purpose`` is the mail's template; ``reason`` is the server's answer to a bounced one."""

    agreement_id = key()
    recipient_id = key()
    purpose = text()
    reason = text(allow_none=True)
    at = moment()


_EXAMPLE = {"agreement_id": KEYS[4], "recipient_id": KEYS[6], "purpose": "invitation", "reason": None, "at": A_TIME}

EVENTS = (
    EventType(
        "notify.delivered.v1", "A signer's mail server has taken a mail.", ("signing", "agreement"), Mailed, _EXAMPLE
    ),
    EventType(
        "notify.bounced.v1",
        "A signer's mail was refused for good.",
        ("signing", "agreement"),
        Mailed,
        {**_EXAMPLE, "reason": "550 5.1.1 no such user"},
    ),
)
