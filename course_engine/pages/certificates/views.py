"""A person's own certificates: the list, each as a page that reads well, and the PDF."""

from io import BytesIO

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import facts as printed
from course_engine.certificates import serials, wording
from course_engine.pages.certificates import sharing
from course_engine.pages.certificates.own import own
from course_engine.records import certificates, status_places
from course_engine.records import sharing as shared
from course_engine.records.people import Role
from course_engine.web import identity, renewing
from course_engine.web.access import SIGNED_IN, audience
from course_engine.web.database import db
from course_engine.web.stated import stated

pages = Blueprint("certificates", __name__, url_prefix="/certificates")
sharing.add_to(pages)


@pages.get("")
@audience(Role.TRAINEE)
def mine() -> ResponseReturnValue:
    """List a person's certificates."""
    return render_template(
        "certificates/mine.html",
        certificates=[
            (one, printed.from_document(one.facts))
            for one in certificates.of_person(db.session, identity.me().id)
        ],
    )


@pages.get("/<serial>")
@audience(SIGNED_IN)
def show(serial: str) -> ResponseReturnValue:
    """Show a certificate as a page: everything that its PDF says, and its standing today."""
    certificate = own(serial)
    facts = printed.from_document(certificate.facts)
    return render_template(
        "certificates/show.html",
        renewal=renewing.of(certificate),
        today=renewing.today(),
        certificate=certificate,
        facts=facts,
        words=wording.wording(facts.kind, _),
        stated=stated(facts),
        code=serials.grouped(facts.code),
        shows_name=shared.shows_name(db.session, certificate.id),
        profile_url=sharing.add_to_profile(facts),
        has_credential=status_places.find(db.session, certificate.serial) is not None,
    )


@pages.get("/<serial>.pdf")
@audience(SIGNED_IN)
def download(serial: str) -> ResponseReturnValue:
    """Return the stored bytes: always the same, never printed anew."""
    certificate = own(serial)
    facts = printed.from_document(certificate.facts)
    return send_file(
        BytesIO(certificates.pdf(db.session, certificate.id)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=wording.file_name(facts),
        etag=certificate.pdf_sha256,
        conditional=True,
    )
