"""The public check: number and code in, standing and facts out, and nothing to be guessed."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import facts as printed
from course_engine.certificates import serials, wording
from course_engine.certificates.credentials import sealing
from course_engine.certificates.facts import CertificateFacts
from course_engine.pages.verification import files
from course_engine.pages.verification.forms import CheckForm, FileForm
from course_engine.records import certificate_events, certificates, sharing
from course_engine.records.certificates import Certificate
from course_engine.web import accepting, addresses, answers, keepsakes, openly, throttle
from course_engine.web.access import EVERYONE, audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.stated import stated

pages = Blueprint("verification", __name__)
files.add_to(pages)


@pages.get("/verify")
@audience(EVERYONE)
def ask() -> ResponseReturnValue:
    """Ask for the number and the code, or for the file."""
    return _form(CheckForm(), 200)


@pages.post("/verify")
@audience(EVERYONE)
def check() -> ResponseReturnValue:
    """Send whoever typed both in to the page of that certificate."""
    form = CheckForm()
    if not form.validate_on_submit():
        return _form(form, 422)
    try:
        serial = serials.parse_serial(form.serial.data or "")
    except serials.Mistyped:
        form.serial.errors = [_("There is a typing mistake in it. Compare it letter by letter.")]
    try:
        code = serials.parse_code(form.code.data or "")
    except serials.Mistyped:
        form.code.errors = [_("There is a typing mistake in it. Compare it letter by letter.")]
    if form.serial.errors or form.code.errors:
        return _form(form, 422)
    return redirect(url_for("verification.show", serial=serial, code=code), 303)


@pages.get("/v/<serial>/<code>")
@audience(EVERYONE)
def show(serial: str, code: str) -> ResponseReturnValue:
    """Say how a certificate stands and repeat every fact printed on it.

    An unknown number and a wrong code give the same answer; wrong guesses are counted. The name is
    shown only when its holder lets strangers see it.
    """
    if request.accept_mimetypes.best_match(["text/html", openly.JSON]) == openly.JSON:
        return show_json(serial, code)
    found = _found(serial, code)
    if found is None:
        return files.private(render_template("verification/unknown.html"), 404)
    facts = printed.from_document(found.facts)
    shows_name = sharing.strangers_see_name(db.session, found.id)
    return files.private(
        render_template(
            "verification/show.html",
            certificate=found,
            facts=facts,
            words=wording.wording(facts.kind, _),
            stated=stated(facts, with_name=shows_name),
            name=facts.legal_name if shows_name else "",
            history=certificate_events.of_certificate(db.session, found.id),
            acceptances=accepting.accepted(found),
            shared=_shared(facts, shows_name=shows_name),
        )
    )


@pages.get("/v/<serial>/<code>.json")
@audience(EVERYONE)
def show_json(serial: str, code: str) -> ResponseReturnValue:
    """Answer a program; a script of any site may read this, for it tells nothing about who asks."""
    found = _found(serial, code)
    if found is None:
        response = make_response(sealing.text(answers.UNKNOWN), 404)
    else:
        document = answers.genuine(
            found,
            printed.from_document(found.facts),
            history=certificate_events.of_certificate(db.session, found.id),
            shows_name=sharing.strangers_see_name(db.session, found.id),
            checked_at=now(),
        )
        response = make_response(sealing.text(document))
    response.content_type = openly.JSON
    response.headers["Vary"] = "Accept"
    return openly.readable_anywhere(response)


@pages.get("/v/<serial>/<code>/card.png")
@audience(EVERYONE)
def card(serial: str, code: str) -> ResponseReturnValue:
    """Draw the picture that other sites show beside a shared link."""
    found = _found(serial, code)
    if found is None:
        return files.private(render_template("verification/unknown.html"), 404)
    shows_name = sharing.strangers_see_name(db.session, found.id)
    picture = keepsakes.card(printed.from_document(found.facts), shows_name=shows_name)
    return openly.answer(picture, "image/png")


def _found(serial: str, code: str) -> Certificate | None:
    throttle.check(throttle.VERIFY_ADDRESS, throttle.address())
    try:
        found = certificates.for_verification(
            db.session, serials.parse_serial(serial), serials.parse_code(code)
        )
    except serials.Mistyped:
        found = None
    if found is None:
        throttle.strike(throttle.VERIFY_ADDRESS, throttle.address())
    return found


def _shared(facts: CertificateFacts, *, shows_name: bool) -> dict[str, str]:
    """Return what other sites are told of a shared link (Open Graph)."""
    numbers = {"serial": facts.serial, "code": facts.code}
    title = f"{wording.wording(facts.kind, _).title}: {facts.course_title}"
    return {
        "og:type": "website",
        "og:title": f"{title}, {facts.legal_name}" if shows_name else title,
        "og:description": _("Issued by %(organization)s", organization=facts.issuer.name),
        "og:url": addresses.public("verification.show", **numbers),
        "og:image": addresses.public("verification.card", **numbers),
        "og:image:alt": title,
    }


def _form(form: CheckForm, status: int) -> ResponseReturnValue:
    page = render_template("verification/ask.html", form=form, file_form=FileForm(formdata=None))
    return files.private(page, status)
