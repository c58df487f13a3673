"""Why a mail was not taken."""

from __future__ import annotations


class SendFailed(Exception):
    """``permanent``: never try again. ``down``: the server itself does not answer, so others would fail as well."""

    def __init__(self, reason: str, *, permanent: bool = False, down: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.permanent, self.down = reason, permanent, down
