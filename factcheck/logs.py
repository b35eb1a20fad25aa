"""Shapes the log: what a client did wrong is one line, what we did wrong is a line with its traceback."""

import logging

from django.http import UnreadablePostError


class OneLineForClientErrors(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0] if record.exc_info else None
        broken_off = kind is not None and issubclass(kind, UnreadablePostError)
        if broken_off or getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
