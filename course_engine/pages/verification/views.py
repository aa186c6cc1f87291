"""The public check: number and code in, standing and facts out, and nothing to be guessed."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import facts as printed
from course_engine.certificates import serials, wording
from course_engine.pages.verification.forms import CheckForm
from course_engine.records import certificate_events, certificates
from course_engine.web import throttle
from course_engine.web.access import EVERYONE, audience
from course_engine.web.database import db
from course_engine.web.stated import stated

pages = Blueprint("verification", __name__)


@pages.get("/verify")
@audience(EVERYONE)
def ask() -> ResponseReturnValue:
    """Ask for the number and the code."""
    return _private(render_template("verification/ask.html", form=CheckForm()))


@pages.post("/verify")
@audience(EVERYONE)
def check() -> ResponseReturnValue:
    """Send whoever typed both in to the page of that certificate."""
    form = CheckForm()
    if not form.validate_on_submit():
        return _private(render_template("verification/ask.html", form=form), 422)
    try:
        serial = serials.parse_serial(form.serial.data or "")
    except serials.Mistyped:
        form.serial.errors = [_("There is a typing mistake in it. Compare it letter by letter.")]
    try:
        code = serials.parse_code(form.code.data or "")
    except serials.Mistyped:
        form.code.errors = [_("There is a typing mistake in it. Compare it letter by letter.")]
    if form.serial.errors or form.code.errors:
        return _private(render_template("verification/ask.html", form=form), 422)
    return redirect(url_for("verification.show", serial=serial, code=code), 303)


@pages.get("/v/<serial>/<code>")
@audience(EVERYONE)
def show(serial: str, code: str) -> ResponseReturnValue:
    """Say how a certificate stands and repeat every fact printed on it.

    An unknown number and a wrong code give the same answer; wrong guesses are counted.
    """
    throttle.check(throttle.VERIFY_ADDRESS, throttle.address())
    try:
        found = certificates.for_verification(
            db.session, serials.parse_serial(serial), serials.parse_code(code)
        )
    except serials.Mistyped:
        found = None
    if found is None:
        throttle.strike(throttle.VERIFY_ADDRESS, throttle.address())
        return _private(render_template("verification/unknown.html"), 404)
    facts = printed.from_document(found.facts)
    return _private(
        render_template(
            "verification/show.html",
            certificate=found,
            facts=facts,
            words=wording.wording(facts.kind, _),
            stated=stated(facts),
            history=certificate_events.of_certificate(db.session, found.id),
        )
    )


def _private(page: str, status: int = 200) -> ResponseReturnValue:
    """Keep a page out of every index, and its address out of every log of another site."""
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
