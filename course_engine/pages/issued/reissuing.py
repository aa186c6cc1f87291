"""One certificate anew: what would change on it, and the new one in its place."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import facts as printed
from course_engine.certificates import serials
from course_engine.certificates.facts import CertificateFacts
from course_engine.errors import Missing
from course_engine.pages.issued.forms import ReissueForm
from course_engine.records import certificates, enrollments
from course_engine.records.certificate_events import NotInForce, Reason
from course_engine.records.certificates import Certificate
from course_engine.records.people import Role
from course_engine.web import catalog, freezing, identity, issuing
from course_engine.web.access import audience
from course_engine.web.database import db
from course_engine.web.stated import stated


def add_to(pages: Blueprint) -> None:
    """Add the page that asks for a new certificate, and the view that issues it."""
    pages.add_url_rule("/<serial>/reissue", view_func=ask_anew, methods=["GET"])
    pages.add_url_rule("/<serial>/reissue", view_func=reissue, methods=["POST"])


def find(serial: str) -> Certificate:
    """Return the certificate of a serial in an address, in whatever way it was typed.

    :raises Missing: there is none.
    """
    try:
        wanted = serials.parse_serial(serial)
    except serials.Mistyped:
        raise Missing from None
    return certificates.for_staff(db.session, wanted)


@audience(Role.COORDINATOR)
def ask_anew(serial: str) -> ResponseReturnValue:
    """Show what a new certificate would say where this one says something else.

    :raises NotInForce: it is withdrawn, or replaced already.
    :raises RequirementsOutstanding: a requirement is not met any more.
    """
    return _page(find(serial), ReissueForm(None))


@audience(Role.COORDINATOR)
def reissue(serial: str) -> ResponseReturnValue:
    """Issue a new certificate in the place of this one, which is superseded."""
    before, form = find(serial), ReissueForm()
    if not form.validate_on_submit():
        return _page(before, form), 422
    _insist_in_force(before)
    reason = Reason(
        reason_class=form.reason.data, private_note=(form.private_note.data or "").strip()
    )
    enrollment = enrollments.for_staff(db.session, before.enrollment_id)
    made = issuing.replace(enrollment, reason, actor_id=identity.me().id)
    flash(_("The new certificate is issued, and the old one is replaced."), "success")
    return redirect(url_for("issued.show", serial=made.serial), 303)


def _page(before: Certificate, form: ReissueForm) -> str:
    _insist_in_force(before)
    enrollment = enrollments.for_staff(db.session, before.enrollment_id)
    course = catalog.edition(enrollment.edition_digest)
    old = printed.from_document(before.facts)
    new = freezing.facts(enrollment, course, before)
    return render_template(
        "issued/reissue.html",
        certificate=before,
        facts=old,
        changes=_changes(old, new),
        form=form,
    )


def _insist_in_force(before: Certificate) -> None:
    if before.state != "issued":
        raise NotInForce


def _changes(old: CertificateFacts, new: CertificateFacts) -> list[tuple[str, str, str]]:
    """List the facts that would be printed otherwise; number and code are always new."""
    was = dict(stated(old))
    will_be = dict(stated(replace(new, serial=old.serial)))
    labels = dict.fromkeys((*was, *will_be))
    lines = ((label, was.get(label, ""), will_be.get(label, "")) for label in labels)
    return [line for line in lines if line[1] != line[2]]
