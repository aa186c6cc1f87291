"""What a holder does with a certificate: take it along, show it to others, add it to a profile."""

from io import BytesIO
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import facts as printed
from course_engine.certificates import wording
from course_engine.certificates.credentials.sealing import MEDIA_TYPE
from course_engine.certificates.facts import CertificateFacts
from course_engine.pages.certificates.own import own
from course_engine.records import journal, sharing
from course_engine.web import identity, keepsakes
from course_engine.web.access import SIGNED_IN, audience
from course_engine.web.clock import now
from course_engine.web.database import db

_PROFILE = "https://www.linkedin.com/profile/add"


def add_to(pages: Blueprint) -> None:
    """Add the views of what a holder takes along and shares."""
    pages.add_url_rule("/<serial>.json", view_func=credential, methods=["GET"])
    pages.add_url_rule("/<serial>.svg", view_func=badge_svg, methods=["GET"])
    pages.add_url_rule("/<serial>.png", view_func=badge_png, methods=["GET"])
    pages.add_url_rule("/<serial>/sharing", view_func=choose, methods=["POST"])


@audience(SIGNED_IN)
def credential(serial: str) -> ResponseReturnValue:
    """Hand out the signed credential, for wallets and other programs."""
    return _file(keepsakes.credential(own(serial)), MEDIA_TYPE, f"{serial}.json")


@audience(SIGNED_IN)
def badge_svg(serial: str) -> ResponseReturnValue:
    """Hand out the badge with the credential in it, as a drawing."""
    found = own(serial)
    picture = keepsakes.badge_svg(found, printed.from_document(found.facts))
    return _file(picture, "image/svg+xml", f"{serial}.svg")


@audience(SIGNED_IN)
def badge_png(serial: str) -> ResponseReturnValue:
    """Hand out the badge with the credential in it, as a picture."""
    found = own(serial)
    picture = keepsakes.badge_png(found, printed.from_document(found.facts))
    return _file(picture, "image/png", f"{serial}.png")


@audience(SIGNED_IN)
def choose(serial: str) -> ResponseReturnValue:
    """Show or hide the name on the page that strangers see."""
    found = own(serial)
    shows_name = request.form.get("shows_name") == "yes"
    if shows_name != sharing.shows_name(db.session, found.id):
        sharing.choose(db.session, found.id, shows_name=shows_name, now=now())
        journal.write(
            db.session,
            action="certificate.name-shown" if shows_name else "certificate.name-hidden",
            subject=("certificate", found.serial),
            actor_id=identity.me().id,
            now=now(),
        )
        db.session.commit()
    flash(
        _("Your name is now shown on the page of this certificate.")
        if shows_name
        else _("Your name is hidden on the page of this certificate."),
        "success",
    )
    return redirect(url_for("certificates.show", serial=found.serial, _anchor="share"), 303)


def add_to_profile(facts: CertificateFacts) -> str:
    """Return the address at which LinkedIn offers to add a certificate; nothing is sent there."""
    asked = {
        "startTask": "CERTIFICATION_NAME",
        "name": f"{wording.wording(facts.kind, _).title}: {facts.course_title}",
        "organizationName": facts.issuer.name,
        "issueYear": facts.issued_on.year,
        "issueMonth": facts.issued_on.month,
        "certUrl": facts.verify_url,
        "certId": facts.serial,
    }
    return f"{_PROFILE}?{urlencode(asked)}"


def _file(content: bytes, media_type: str, name: str) -> ResponseReturnValue:
    return send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
