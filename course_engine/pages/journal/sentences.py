"""What the entries of the journal say, in plain sentences."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SENTENCES: Mapping[str, LazyString] = {
    "person.added": _("Added a person"),
    "person.renamed": _("Changed the names of a person"),
    "person.roles-changed": _("Changed the roles of a person"),
    "person.closed": _("Closed an account"),
    "person.reopened": _("Opened a closed account again"),
    "person.signed-out": _("Signed a person out everywhere"),
    "person.password-changed": _("Changed their own password"),
    "person.password-reset": _("Chose a new password by a link"),
    "invitation.sent": _("Invited a person"),
    "invitation.sent-again": _("Sent an invitation again"),
    "invitation.accepted": _("Accepted an invitation"),
    "invitation.taken-back": _("Took an invitation back"),
    "cohort.opened": _("Opened a cohort"),
    "cohort.changed": _("Changed a cohort"),
    "cohort.closed": _("Closed a cohort"),
    "cohort.invited": _("Invited people to a cohort"),
    "enrollment.ended": _("Took a person out of a course"),
    "attempt.started": _("Started an attempt"),
    "attempt.submitted": _("Handed in an attempt"),
    "attempt.closed": _("The time of an attempt was over, and it was graded"),
    "attempt.extended": _("Gave an attempt more time"),
    "attempts.opened": _("Opened more attempts at a quiz"),
    "attempts.opened-by-reading": _("Read lessons again, which opened more attempts"),
    "accommodation.granted": _("Granted an accommodation"),
    "accommodation.changed": _("Changed an accommodation"),
    "accommodation.ended": _("Ended an accommodation"),
    "attempt.marked": _("Completed the grade of an attempt"),
    "piece.rated": _("Rated a written answer or a role-play"),
    "piece.settled": _("Settled a written answer or a role-play"),
    "role-play.asked": _("Asked for a role-play"),
    "grades.repaired": _("Repaired a question and corrected grades"),
    "grades.put-back": _("Took a repair back"),
    "statement.signed": _("Signed a statement"),
    "certificate.issued": _("Issued a certificate"),
    "certificate.withdrawn": _("Withdrew a certificate"),
    "certificate.restored": _("Put a withdrawn certificate in force again"),
    "certificate.name-shown": _("Let strangers see the name on a certificate's page"),
    "certificate.name-hidden": _("Hid the name on a certificate's page"),
    "approval.recorded": _("Recorded an approval for a credential"),
    "approval.ended": _("Ended an approval"),
    "approval.lacking": _("A credential waits: no approval was in force"),
    "key.rotated": _("Made a new key to sign with"),
    "key.distrusted": _("Said that a key is not to be trusted any more"),
    "certificate.replaced": _("Replaced a certificate by a new one"),
    "bulk.asked": _("Asked for certificates for many people"),
    "bulk.finished": _("Finished a job for many certificates"),
    "edition.published": _("Published an edition of a course"),
}
"""The sentence of each known action; an action without one is shown as it is kept."""


def sentence(action: str) -> str:
    """Return what an action means."""
    return str(SENTENCES.get(action, action))


def details(kept: Mapping[str, Any]) -> str:
    """Return the details of an entry in one plain line."""
    return "; ".join(f"{name}: {_plain(value)}" for name, value in kept.items())


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value)) or str(_("none"))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return str(_("none") if value is None or value == "" else value)
