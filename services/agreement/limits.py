"""How much of everything an agreement may have."""

from __future__ import annotations

from datetime import timedelta

from chassis.sandbox import Limits

FILE_BYTES = 60 << 20
FRAME_BYTES = 1 << 20
DOCUMENTS, PAGES, RECIPIENTS, FIELDS = 100, 2000, 100, 1000
SMALLEST_FIELD = 6.0  # points a side, as displayed
WIDTHS = (800, 1600)
DEFAULT_DEADLINE = timedelta(days=14)
LONGEST_DEADLINE = timedelta(days=366)
REMINDERS = (3, 1)
REMIND_AGAIN = timedelta(minutes=10)
RESEND_AGAIN = timedelta(minutes=1)
BATCH = 50

INTAKE = Limits(memory=1536 << 20, cpu=40, file_size=256 << 20, seconds=55.0)
RENDER = Limits(memory=1 << 30, cpu=10, file_size=64 << 20, seconds=20.0)
