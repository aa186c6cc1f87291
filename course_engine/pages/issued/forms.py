"""The forms that put a certificate out of force, in force again, or another in its place."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice, TextAreaField, validators

from course_engine.pages.issued.reasons import REASONS, REISSUE_REASONS
from course_engine.web.forms import Form, one_line

LONGEST_NOTE = 2000


class WithdrawForm(Form):
    """Why a certificate is withdrawn: a reason, and what the public and the staff are told."""

    reason = RadioField(
        _("Reason"),
        [validators.InputRequired(message=_("Please choose a reason."))],
        choices=[SelectChoice(name, words) for name, words in REASONS.items()],
    )
    public_note = one_line(
        _("Note for everybody"),
        most=300,
        required=False,
        description=_("Shown to whoever checks the certificate. Leave out what is private."),
    )
    private_note = TextAreaField(
        _("Note for staff"),
        [
            validators.Optional(),
            validators.Length(max=LONGEST_NOTE, message=_("Use at most %(max)d characters.")),
        ],
        description=_("Kept in the history of the certificate. Only coordinators see it."),
        render_kw={"rows": 3},
    )


class RestoreForm(Form):
    """Why a certificate is put in force again."""

    note = TextAreaField(
        _("Note for staff"),
        [
            validators.DataRequired(message=_("Please say why.")),
            validators.Length(max=LONGEST_NOTE, message=_("Use at most %(max)d characters.")),
        ],
        description=_("Why it is in force again. Only coordinators see this."),
        render_kw={"rows": 3},
    )


class ReissueForm(Form):
    """Why a new certificate takes the place of one, or of many."""

    reason = RadioField(
        _("Reason"),
        [validators.InputRequired(message=_("Please choose a reason."))],
        choices=[SelectChoice(name, words) for name, words in REISSUE_REASONS.items()],
    )
    private_note = TextAreaField(
        _("Note for staff"),
        [
            validators.Optional(),
            validators.Length(max=LONGEST_NOTE, message=_("Use at most %(max)d characters.")),
        ],
        description=_("Kept in the history. Only coordinators see it and the reason."),
        render_kw={"rows": 3},
    )
