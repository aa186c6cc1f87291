"""The form of a repair: what is to be done, for whom, and why."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectChoice, SelectMultipleField, TextAreaField
from wtforms import validators as rules

from course_engine.web.forms import Form, one_line

LONGEST_REASON = 500


class RepairForm(Form):
    """How a question is put right. Which fields of the key are shown depends on its kind."""

    kind = RadioField(
        _("What was wrong"),
        [rules.InputRequired(message=_("Please choose one."))],
        choices=[
            SelectChoice("re-key", _("The key was wrong: grade everybody by another key")),
            SelectChoice(
                "accept-any", _("The question cannot be answered fairly: everybody gets its points")
            ),
            SelectChoice(
                "drop-question", _("The question should not be there: grade as if it were not")
            ),
        ],
    )
    right = SelectMultipleField(_("Right answers by the new key"), [rules.Optional()], choices=[])
    accepted = TextAreaField(
        _("Accepted answers, one a line"), [rules.Optional()], render_kw={"rows": 4}
    )
    low = one_line(_("Accepted from"), most=40, required=False)
    high = one_line(_("to"), most=40, required=False)
    rule = RadioField(
        _("For whom"),
        [rules.InputRequired(message=_("Please choose one."))],
        choices=[
            SelectChoice("nobody-loses", _("Nobody loses: a grade changes only if it gets better")),
            SelectChoice("by-the-new-key", _("Everybody by the new key, also where it gets worse")),
        ],
        default="nobody-loses",
    )
    reason = TextAreaField(
        _("Why"),
        [
            rules.DataRequired(message=_("Please say why.")),
            rules.Length(max=LONGEST_REASON, message=_("Use at most %(max)d characters.")),
        ],
        description=_("Kept with the repair. Only coordinators see it."),
        render_kw={"rows": 2},
    )
    looked_at = HiddenField(filters=[lambda value: (value or "")[:64]])


class TakeBackForm(Form):
    """Taking a repair back needs no words."""
