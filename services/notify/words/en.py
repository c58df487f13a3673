"""English."""

LAYOUT = {
    "footer": "This mail was sent by Signet because of an agreement or an account under your address.",
    "by_hand": "If the button does not work, open this address:",
    "code": "Your code:",
}

_CODE_NOTE = "The code is good until {{ expires_at }}. Never tell it to anybody. If you did not ask for it, do nothing."
_LINK_NOTE = "The link is yours alone: whoever has it can act in your name. Please do not forward this mail."
_INVITATION_LINES = [
    "Hello {{ name }},",
    "{{ sender_name }} ({{ sender_email }}), {{ workspace_name }}, asks you to sign “{{ title }}”.",
    "Please sign before {{ deadline }}.",
]

LETTERS = {
    "invitation": {
        "subject": "{{ title }}",
        "heading": "{{ title }}",
        "lines": _INVITATION_LINES,
        "button": "View and sign",
        "note": _LINK_NOTE,
    },
    "reminder": {
        "subject": "Reminder: {{ title }}",
        "heading": "{{ title }}",
        "lines": [
            *_INVITATION_LINES,
            "This is a reminder: your signature is still missing. "
            "Please use the link in this mail; earlier ones may no longer work.",
        ],
        "button": "View and sign",
        "note": _LINK_NOTE,
    },
    "deadline_changed": {
        "subject": "New deadline: {{ title }}",
        "heading": "{{ title }}",
        "lines": [
            "Hello {{ name }},",
            "{{ sender_name }} ({{ sender_email }}), {{ workspace_name }}, has changed the deadline of “{{ title }}”. "
            "You can now sign until {{ deadline }}.",
        ],
        "button": "View and sign",
        "note": _LINK_NOTE,
    },
    "resent": {
        "subject": "{{ title }}",
        "heading": "{{ title }}",
        "lines": [*_INVITATION_LINES, "This mail has a new link. Links in earlier mails no longer work."],
        "button": "View and sign",
        "note": _LINK_NOTE,
    },
    "sign_code": {
        "subject": "Your code to sign “{{ title }}”",
        "heading": "Your code",
        "lines": ["Hello {{ name }},", "enter this code on the page of “{{ title }}” to go on."],
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
            "If it was you, log in; with a forgotten password, ask for a new one there. Otherwise do nothing.",
        ],
        "button": "Open Signet",
    },
    "reset_password": {
        "subject": "Your code for a new password",
        "heading": "A new password",
        "lines": ["Enter this code to choose a new password. All your sessions will end."],
        "note": _CODE_NOTE,
    },
    "change_email": {
        "subject": "Confirm your new e-mail address",
        "heading": "Your new address",
        "lines": ["Enter this code to use this address for your Signet account."],
        "note": _CODE_NOTE,
    },
    "password_changed": {
        "subject": "Your password was changed",
        "heading": "Your password was changed",
        "lines": [
            "Hello {{ name }},",
            "the password of your Signet account was changed and your other sessions have ended.",
        ],
        "note": "If it was not you, ask for a new password at once.",
    },
    "login_locked": {
        "subject": "Logging in is locked for a while",
        "heading": "Too many failed attempts",
        "lines": [
            "Hello {{ name }},",
            "somebody tried to log in to your account with wrong passwords. Logging in is locked until {{ until }}.",
        ],
        "note": "If it was not you, your password held; you may want to choose a stronger one.",
    },
    "locked": {
        "subject": "{{ recipient_name }} failed the check: {{ title }}",
        "heading": "Verification failed",
        "lines": [
            "Hello {{ name }},",
            "{{ recipient_name }} used up all tries of the "
            "{{ {'access_code': 'access code', 'email_code': 'e-mail code'}.get(check, 'check') }} "
            "for “{{ title }}” and is locked.",
            "“Resend” gives them a new link and new tries.",
        ],
        "button": "Open Signet",
    },
    "reassigned": {
        "subject": "Handed over to {{ recipient_name }}: {{ title }}",
        "heading": "A signer has handed over",
        "lines": [
            "Hello {{ name }},",
            "{{ by }} has handed “{{ title }}” over to {{ recipient_name }} ({{ recipient_email }}), "
            "who has got an invitation of their own and signs instead.",
            "If that is not what you want, correct the signer or void the agreement.",
        ],
        "button": "Open the agreement",
    },
    "voided": {
        "subject": "Voided: {{ title }}",
        "heading": "The agreement was voided",
        "lines": [
            "Hello {{ name }},",
            "{{ by or 'the sender' }} has voided “{{ title }}”. It can no longer be signed.",
        ],
    },
    "declined": {
        "subject": "Declined: {{ title }}",
        "heading": "The agreement was declined",
        "lines": [
            "Hello {{ name }},",
            "{{ by or 'a signer' }} has declined “{{ title }}”. It can no longer be signed.",
        ],
    },
    "expired": {
        "subject": "Expired: {{ title }}",
        "heading": "The agreement has expired",
        "lines": [
            "Hello {{ name }},",
            "the deadline of “{{ title }}” has passed before all had signed. It can no longer be signed.",
        ],
    },
    "completed": {
        "subject": "Completed: {{ title }}",
        "heading": "All have signed",
        "lines": [
            "Hello {{ name }},",
            "“{{ title }}” was completed on {{ completed_at }}. The signed document and its certificate are ready.",
            "{% if link %}You can download them by this link for 30 days.{% endif %}",
        ],
        "button": "Open the document",
    },
}
