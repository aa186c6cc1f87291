"""The certificates of the site: found by filters, looked at, withdrawn and restored."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import facts as printed
from course_engine.certificates import names, wording
from course_engine.certificates.facts import CertificateFacts
from course_engine.pages.issued import archive, filters, for_printing, jobs, many, reissuing
from course_engine.pages.issued.forms import RestoreForm, WithdrawForm
from course_engine.pages.issued.reasons import REASONS, REISSUE_REASONS
from course_engine.records import certificate_events, certificates, issued, journal, people
from course_engine.records.certificate_events import Reason
from course_engine.records.certificates import Certificate
from course_engine.records.people import Role
from course_engine.web import identity, renewing
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.stated import stated

pages = Blueprint("issued", __name__, url_prefix="/issued")
for part in (archive, for_printing, jobs, many, reissuing):
    part.add_to(pages)


@pages.get("")
@audience(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    """List certificates, newest first, by any of four filters (4 statements with the sign-in)."""
    chosen = filters.read(request.args)
    after = request.args.get("after")
    found = issued.page(db.session, chosen, after=after)
    asked = chosen.as_document()
    return render_template(
        "issued/index.html",
        certificates=[(one, printed.from_document(one.facts)) for one in found.rows],
        chosen=chosen,
        choices=filters.choices(chosen),
        asked=asked,
        filtered=bool(asked),
        first_url=url_for("issued.index", **asked) if after else "",
        next_url=url_for("issued.index", **asked, after=found.after) if found.after else "",
    )


@pages.get("/<serial>")
@audience(Role.COORDINATOR)
def show(serial: str) -> ResponseReturnValue:
    """Show what a certificate states, and what happened to it (6 statements with the sign-in)."""
    return _page(reissuing.find(serial), WithdrawForm(None), RestoreForm(None))


@pages.get("/<serial>.pdf")
@audience(Role.COORDINATOR)
def download(serial: str) -> ResponseReturnValue:
    """Return the stored bytes, the same that its holder gets."""
    certificate = reissuing.find(serial)
    return send_file(
        BytesIO(certificates.pdf(db.session, certificate.id)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=wording.file_name(printed.from_document(certificate.facts)),
        etag=certificate.pdf_sha256,
        conditional=True,
    )


@pages.post("/<serial>/withdraw")
@audience(Role.COORDINATOR)
def withdraw(serial: str) -> ResponseReturnValue:
    """Put a certificate out of force, with a reason of the list.

    :raises NotInForce: it is withdrawn or superseded already.
    """
    certificate, form = reissuing.find(serial), WithdrawForm()
    if not form.validate_on_submit():
        return _page(certificate, form, RestoreForm(None)), 422
    reason = Reason(
        reason_class=form.reason.data,
        public_note=form.public_note.data or "",
        private_note=(form.private_note.data or "").strip(),
    )
    certificate_events.withdraw(
        db.session, certificate.id, reason=reason, actor_id=identity.me().id, now=now()
    )
    _journal("certificate.withdrawn", certificate, reason=form.reason.data)
    db.session.commit()
    flash(_("The certificate is withdrawn. Whoever checks it now sees that."), "success")
    return redirect(url_for("issued.show", serial=certificate.serial), 303)


@pages.post("/<serial>/restore")
@audience(Role.COORDINATOR)
def restore(serial: str) -> ResponseReturnValue:
    """Put a withdrawn certificate in force again.

    :raises NotWithdrawn: it is not withdrawn.
    """
    certificate, form = reissuing.find(serial), RestoreForm()
    if not form.validate_on_submit():
        return _page(certificate, WithdrawForm(None), form), 422
    certificate_events.restore(
        db.session,
        certificate.id,
        reason=Reason(private_note=(form.note.data or "").strip()),
        actor_id=identity.me().id,
        now=now(),
    )
    _journal("certificate.restored", certificate)
    db.session.commit()
    flash(_("The certificate is in force again."), "success")
    return redirect(url_for("issued.show", serial=certificate.serial), 303)


def _page(certificate: Certificate, withdrawing: WithdrawForm, restoring: RestoreForm) -> str:
    facts = printed.from_document(certificate.facts)
    return render_template(
        "issued/show.html",
        renewal=renewing.of(certificate),
        renamed=certificate.state == "issued" and _is_renamed(certificate, facts),
        today=renewing.today(),
        certificate=certificate,
        facts=facts,
        words=wording.wording(facts.kind, _),
        stated=stated(facts),
        events=certificate_events.of_certificate(db.session, certificate.id),
        reasons=REASONS | REISSUE_REASONS,
        chain=certificates.chain(db.session, certificate.enrollment_id, certificate.kind),
        withdrawing=withdrawing,
        restoring=restoring,
    )


def _is_renamed(certificate: Certificate, facts: CertificateFacts) -> bool:
    """Say whether another name than the account's would be printed today."""
    person = people.find(db.session, certificate.person_id)
    try:
        return names.printable_name(person.legal_name) != facts.legal_name
    except names.NotPrintable:
        return False


def _journal(action: str, certificate: Certificate, **details: str) -> None:
    journal.write(
        db.session,
        action=action,
        subject=("certificate", certificate.serial),
        actor_id=identity.me().id,
        now=now(),
        details=details,
    )
