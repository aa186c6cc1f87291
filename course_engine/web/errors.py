"""The one place that knows status codes: every way to say no becomes a kind page."""

import logging

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError

from course_engine.errors import Denied, Missing, Refusal, Refused
from course_engine.records.engine import DatabaseBusy
from course_engine.web import held, identity
from course_engine.web.database import db
from course_engine.web.forms import FormExpired
from course_engine.web.throttle import TooManyTries

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (TooManyTries, 429),
    (Missing, 404),
    (Denied, 403),
    (Refused, 409),
)


def init_app(app: Flask) -> None:
    """Answer every error with a page that says what happened and what to do."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(FormExpired, _expired_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DatabaseBusy, _busy)
    app.register_error_handler(Exception, _unexpected)


def page(status: int, explanation: str | None = None) -> ResponseReturnValue:
    """Return the error page for a status, or the same in JSON for a script."""
    title, meaning = _words(status)
    if held.wants_json():
        return {"error": title, "explanation": explanation or meaning}, status
    html = render_template(
        "errors/error.html", status=status, title=title, explanation=explanation or meaning
    )
    return html, status


def explained(error: Refusal) -> str:
    """Return the explanation of a refusal in the reader's language."""
    return _(error.explanation, **error.values)


def _refusal(error: Refusal) -> ResponseReturnValue:
    db.session.rollback()
    status = next(code for kind, code in STATUS if isinstance(error, kind))
    # Who only says Missing, Denied or Refused means what the status means.
    bare = error.explanation in {Missing.explanation, Denied.explanation, Refused.explanation}
    return page(status, None if bare else explained(error))


def _expired_form(_error: FormExpired) -> ResponseReturnValue:
    """Give back what was written, to be sent again with a fresh token."""
    if held.wants_json() or not held.came_from_here() or not request.form:
        return page(400)
    return render_template("errors/held.html", held=held.of_request(), expired=True), 400


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or 300 <= error.code < 400:  # noqa: PLR2004 - a redirect is an answer
        return error.get_response()
    answer = page(error.code)
    headers = {k: v for k, v in error.get_headers() if k in {"Allow", "Retry-After"}}
    return (*answer, headers) if isinstance(answer, tuple) else answer


def _busy(_error: DatabaseBusy) -> ResponseReturnValue:
    db.session.rollback()
    identity.forget()
    log.warning("the database was busy for too long")
    return page(503)


def _unexpected(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    identity.forget()
    log.error("an unexpected fault", exc_info=error)
    return page(InternalServerError.code)


def _words(status: int) -> tuple[str, str]:
    words = {
        400: (
            _("This form could not be read"),
            _("Something in the request was not in order. Go back, and try once more."),
        ),
        403: (
            _("This page is not open to your account"),
            _("Your account does not give you access here. A coordinator can help."),
        ),
        404: (
            _("There is no page here"),
            _("The address may be mistyped, or the page may belong to somebody else."),
        ),
        405: (
            _("This address does not take that"),
            _("Go back to the page before, and use the links and buttons on it."),
        ),
        409: (
            _("That is not possible now"),
            _("A rule of the course does not allow this at the moment."),
        ),
        413: (
            _("That is too large"),
            _("What you sent is larger than this page can take. Please send less at a time."),
        ),
        422: (
            _("Something needs another look"),
            _("Some of what was sent could not be used. Go back and check the form."),
        ),
        429: (
            _("Please take a short pause"),
            _("This was tried many times. Please wait a few minutes, and then try again."),
        ),
        503: (
            _("The site is busy"),
            _("Your request had to wait too long. Please try again in a moment."),
        ),
    }
    fault = (
        _("Something went wrong on our side"),
        _("This is not your fault. What was saved before is safe. Please try again."),
    )
    return words.get(status, words[400] if status < 500 else fault)  # noqa: PLR2004 - HTTP's line
