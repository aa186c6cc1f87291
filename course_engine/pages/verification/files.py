"""The public check of a file: the PDF that somebody was given, or the credential."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import wording
from course_engine.certificates.credentials import copies
from course_engine.pages.verification.forms import CheckForm, FileForm
from course_engine.records import certificate_events, sharing
from course_engine.web import checking, throttle
from course_engine.web.access import EVERYONE, audience
from course_engine.web.checking import Answer
from course_engine.web.database import db
from course_engine.web.stated import stated


def add_to(pages: Blueprint) -> None:
    """Add the view of a file."""
    pages.add_url_rule("/verify/file", view_func=check_file, methods=["POST"])


@audience(EVERYONE)
def check_file() -> ResponseReturnValue:
    """Say what a file is: genuine, altered and in which field, or unknown. It is not kept.

    A file that is not genuine counts as a wrong guess.
    """
    throttle.check(throttle.VERIFY_ADDRESS, throttle.address())
    form = FileForm()
    handed_in = request.files.get("document")
    content = handed_in.read(copies.LARGEST + 1) if handed_in else b""
    if not content:
        form.document.errors = [_("Choose a file first.")]
        return private(_asked_again(form), 422)
    try:
        answer = checking.check(content)
    except copies.Unreadable:
        throttle.strike(throttle.VERIFY_ADDRESS, throttle.address())
        form.document.errors = [
            _("This file cannot be read as a certificate. Give the PDF, JSON, PNG or SVG file.")
        ]
        return private(_asked_again(form), 422)
    if answer.verdict != "genuine":
        throttle.strike(throttle.VERIFY_ADDRESS, throttle.address())
    return private(_answered(answer))


def _answered(answer: Answer) -> str:
    facts, certificate = answer.facts, answer.certificate
    if facts is None:
        return render_template("verification/unknown_file.html")
    with_name = answer.name_is_known or (
        certificate is not None and sharing.strangers_see_name(db.session, certificate.id)
    )
    return render_template(
        "verification/file.html",
        answer=answer,
        certificate=certificate,
        facts=facts,
        words=wording.wording(facts.kind, _),
        stated=stated(facts, with_name=with_name),
        name=facts.legal_name if with_name else "",
        history=certificate_events.of_certificate(db.session, certificate.id)
        if certificate
        else (),
    )


def _asked_again(form: FileForm) -> str:
    return render_template("verification/ask.html", form=CheckForm(formdata=None), file_form=form)


def private(page: str, status: int = 200) -> ResponseReturnValue:
    """Keep a page out of every index, and its address out of every log of another site."""
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
