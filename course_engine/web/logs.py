"""Logs: one JSON object a line, with a request id and no names, answers or addresses."""

import json
import logging
import re
import sys
import time
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

from flask import Flask, Response, g, request

request_id: ContextVar[str] = ContextVar("request_id", default="-")

_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}\Z")
_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

_written = json.JSONEncoder(default=str, ensure_ascii=False).encode

log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object; what a call gives as ``extra`` becomes fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": request_id.get(),
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in record.__dict__.items() if key not in _PLAIN}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return _written(line)


def start(level: str) -> None:
    """Send everything this program logs to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("course_engine")
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False


def init_app(app: Flask) -> None:
    """Give each request an id and log what became of it.

    The rule of the address is logged, never the address itself: a link may hold a secret.
    """
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    request_id.set(given if _GIVEN.match(given) else uuid.uuid4().hex[:16])
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id.get()
    if log.isEnabledFor(logging.INFO):
        began = g.get("began")
        log.info(
            "answered",
            extra={
                "method": request.method,
                "rule": request.url_rule.rule if request.url_rule else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1) if began else None,
            },
        )
    return response
