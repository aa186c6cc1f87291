"""Logs: one JSON object a line, with a request id and no names, answers or addresses."""

import json
import logging
import re
import secrets
import sys
import time
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
        given = record.__dict__
        line |= {key: given[key] for key in sorted(given.keys() - _PLAIN)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return _written(line)


def start(level: str) -> None:
    """Send everything this program logs to standard error as JSON lines."""
    # No line tells the thread or the process, so nobody asks for them.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
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
    request_id.set(given if _GIVEN.match(given) else secrets.token_hex(8))
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers.add("X-Request-ID", request_id.get())
    if log.isEnabledFor(logging.INFO):
        began, rule = g.get("began"), request.url_rule
        fields = {
            "method": request.method,
            "rule": rule.rule if rule else None,
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1) if began else None,
        }
        # As ``log.info`` does, but nobody asks for the file and the line of this one.
        log.handle(
            log.makeRecord(log.name, logging.INFO, "", 0, "answered", (), None, extra=fields)
        )
    return response
