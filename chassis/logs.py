"""Structured logs: one JSON object on a line, with the request's and the correlation id."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

from chassis.outbox import correlation

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
_PLAIN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Text that somebody typed stays inside its JSON string, whatever it contains."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage(),
            "request": request_id.get(), "correlation": correlation.get(),
            **{key: value for key, value in vars(record).items() if key not in _PLAIN},
        }  # fmt: skip
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps({k: v for k, v in entry.items() if v is not None}, ensure_ascii=False, default=str)


def configure_logging(level: str) -> None:
    """Send every logger to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("pika", "kombu", "amqp", "botocore", "urllib3", "pyhanko", "alembic", "waitress.queue"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
