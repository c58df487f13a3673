"""English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LAYOUT = {
    "footer": "You get this mail because an agreement or an account belongs to your address. "
    "Signet never asks for your password by mail.",
    "by_hand": "Or open this address:",
    "code": "Your code:",
    "colon": ": ",
    "via": "{person} via {brand}",
    "time": "EEEE, d MMMM y, HH:mm",
    "zone": " ({zone})",
}

_HELLO = "Hello {{ name }},"
_CODE_NOTE = (
    "The code is valid {% if minutes > 0 %}for {{ minutes }} minutes, {% endif %}until {{ expires_at }}. "
    "Never give it to anybody: nobody from Signet will ask for it. If you did not expect it, you need do nothing."
)
_DEAL = (
    ("Agreement", "{{ title }}"),
    ("From", "{{ sender_name }} ({{ sender_email }})"),
    ("Workspace", "{{ workspace_name }}"),
    ("Sign by", "{{ deadline }}"),
)
_LINK_NOTE = (
    "The link is yours alone: whoever has it can act in your name, so please do not forward this mail. "
    "Questions? Reply to it, and {{ sender_name }} gets your answer. "
    "If you did not expect this request, you need do nothing."
)
_TO_SIGN = {
    "facts": _DEAL,
    "button": "View and sign",
    "quote": "Message from {{ sender_name }}",
    "after": [
        "You read the agreement in your browser and sign it there; you need no account. "
        "When everybody has signed, all get the finished document by mail.",
    ],
    "note": _LINK_NOTE,
}
_ASKED = "{{ sender_name }} asks you to sign"
_ENDED_FACTS = (
    ("Agreement", "{{ title }}"),
    ("Sent by", "{{ sender_name }}{% if sender_email %} ({{ sender_email }}){% endif %}"),
    ("Ended", "{{ ended_at }}"),
)
_NOTHING_LEFT = "It can no longer be signed, and you need do nothing."
_VIEW_OWN = "{% if own %}View agreement{% endif %}"

LETTERS: Mapping[str, Mapping[str, Any]] = {
    "invitation": {
        **_TO_SIGN,
        "subject": "{{ title }}",
        "preview": "{{ sender_name }}, {{ workspace_name }}, asks you to sign by {{ deadline }}.",
        "heading": _ASKED,
        "lines": [_HELLO, "{{ sender_name }} of {{ workspace_name }} has sent you an agreement to read and sign."],
    },
    "reminder": {
        **_TO_SIGN,
        "subject": "Reminder: {{ title }}",
        "preview": "Your signature is still missing. Please sign by {{ deadline }}.",
        "heading": "Your signature is still missing",
        "lines": [
            _HELLO,
            "a friendly reminder: {{ sender_name }} of {{ workspace_name }} is waiting for your signature. "
            "Please use the link in this mail; those in earlier mails may no longer work.",
        ],
    },
    "resent": {
        **_TO_SIGN,
        "subject": "{{ title }}",
        "preview": "{{ sender_name }} sends you a new link. Please sign by {{ deadline }}.",
        "heading": _ASKED,
        "lines": [
            _HELLO,
            "{{ sender_name }} of {{ workspace_name }} sends you a new link to read and sign an agreement. "
            "The links in earlier mails no longer work.",
        ],
    },
    "deadline_changed": {
        **_TO_SIGN,
        "subject": "New deadline: {{ title }}",
        "preview": "You can now sign until {{ deadline }}.",
        "heading": "You have a new deadline",
        "lines": [
            _HELLO,
            "{{ sender_name }} of {{ workspace_name }} has changed the deadline of an agreement you are to sign. "
            "You can now sign until {{ deadline }}.",
        ],
    },
    "reassigned": {
        "subject": "Handed over to {{ recipient_name }}: {{ title }}",
        "heading": "A signer has handed over",
        "lines": [
            _HELLO,
            "{{ by }} has handed “{{ title }}” over to {{ recipient_name }}, "
            "who has got an invitation of their own and signs instead.",
        ],
        "facts": (
            ("Agreement", "{{ title }}"),
            ("Handed over by", "{{ by }}"),
            ("Signs instead", "{{ recipient_name }} ({{ recipient_email }})"),
        ),
        "button": "View agreement",
        "note": "If that is not what you want, correct the signer or void the agreement.",
    },
    "sign_code": {
        "subject": "Your code to sign “{{ title }}”",
        "heading": "Your code",
        "lines": [_HELLO, "enter this code on the signing page of “{{ title }}” to go on."],
        "note": _CODE_NOTE,
    },
    "register": {
        "subject": "Your Signet registration code",
        "heading": "Welcome to Signet",
        "lines": ["Enter this code to confirm your e-mail address."],
        "note": _CODE_NOTE,
    },
    "known_address": {
        "subject": "You already have a Signet account",
        "heading": "You already have an account",
        "lines": [
            "Somebody wanted to register with this address, which already has an account.",
            "If it was you, log in; with a forgotten password, ask for a new one there. Otherwise you need do nothing.",
        ],
        "button": "Log in",
    },
    "reset_password": {
        "subject": "Your code for a new password",
        "heading": "Choose a new password",
        "lines": ["Enter this code to choose a new password. All your sessions will end."],
        "note": _CODE_NOTE,
    },
    "change_email": {
        "subject": "Confirm your new e-mail address",
        "heading": "Confirm your new address",
        "lines": ["Enter this code to use this address for your Signet account."],
        "note": _CODE_NOTE,
    },
    "password_changed": {
        "subject": "Your password was changed",
        "heading": "Your password was changed",
        "lines": [_HELLO, "the password of your Signet account was changed and your other sessions have ended."],
        "button": "Choose a new password",
        "note": "If it was you, you need do nothing. If it was not, choose a new password at once.",
    },
    "login_locked": {
        "subject": "Logging in is locked for a while",
        "heading": "Too many failed attempts",
        "lines": [
            _HELLO,
            "somebody tried wrong passwords for your account, so logging in is locked for a while.",
        ],
        "facts": (("Locked until", "{{ until }}"),),
        "note": "If it was not you, your password held; you may want to choose a stronger one.",
    },
    "locked": {
        "subject": "{{ recipient_name }} failed the check: {{ title }}",
        "heading": "Verification failed",
        "lines": [
            _HELLO,
            "{{ recipient_name }} has used up all tries and can no longer sign.",
            "Send the request again to give them a new link and new tries.",
        ],
        "facts": (
            ("Agreement", "{{ title }}"),
            ("Signer", "{{ recipient_name }}"),
            ("Check", "{{ {'access_code': 'Access code', 'email_code': 'E-mail code'}.get(check, 'Verification') }}"),
        ),
        "button": "View agreement",
    },
    "voided": {
        "subject": "Voided: {{ title }}",
        "heading": "The agreement was voided",
        "lines": [_HELLO, "{{ by or 'the sender' }} has voided “{{ title }}”. " + _NOTHING_LEFT],
        "facts": _ENDED_FACTS,
        "quote": "Reason",
        "button": _VIEW_OWN,
    },
    "declined": {
        "subject": "Declined: {{ title }}",
        "heading": "The agreement was declined",
        "lines": [_HELLO, "{{ by or 'a signer' }} has declined to sign “{{ title }}”. " + _NOTHING_LEFT],
        "facts": _ENDED_FACTS,
        "quote": "Reason",
        "button": _VIEW_OWN,
    },
    "expired": {
        "subject": "Expired: {{ title }}",
        "heading": "The agreement has expired",
        "lines": [
            _HELLO,
            "the deadline of “{{ title }}” has passed before everybody had signed. " + _NOTHING_LEFT,
        ],
        "facts": _ENDED_FACTS,
        "button": _VIEW_OWN,
    },
    "completed": {
        "subject": "Completed: {{ title }}",
        "heading": "Everybody has signed",
        "lines": [_HELLO, "“{{ title }}” is complete. The signed document and its certificate are ready."],
        "facts": (
            ("Agreement", "{{ title }}"),
            ("Sent by", "{{ sender_name }}{% if sender_email %} ({{ sender_email }}){% endif %}"),
            ("Completed", "{{ completed_at }}"),
        ),
        "button": "{% if own %}View agreement{% else %}Download the document{% endif %}",
        "note": "{% if not own %}The link works for 30 days: keep a copy of the document. "
        "Whoever has the link can read it, so please do not forward this mail.{% endif %}",
    },
}
