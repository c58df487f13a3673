"""*notify* answers with the chassis's codes only."""

MESSAGES: dict[str, dict[str, str]] = {}
