"""The forms of the approval pages."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, SelectMultipleField, TextAreaField, validators

from course_engine.web.forms import Form, one_line

_NEEDED = validators.InputRequired(message=_("Please fill this in."))


class ApprovalForm(Form):
    """What an administrator records from the authority's own letter."""

    course = SelectField(_("Course"))
    authority = one_line(
        _("Authority"),
        most=120,
        description=_("The body that approved the course, named as in its letter."),
        autocomplete="off",
    )
    number = one_line(
        _("Approval number"),
        most=60,
        description=_("As the authority wrote it. It is printed on every credential."),
        autocomplete="off",
    )
    valid_from = DateField(_("Valid from"), [_NEEDED])
    valid_until = DateField(
        _("Valid until"), [_NEEDED], description=_("The last day. Who finishes later gets none.")
    )
    languages = SelectMultipleField(
        _("Languages"),
        [validators.InputRequired(message=_("Choose at least one language."))],
        description=_("Those that the authority has approved."),
    )
    editions = TextAreaField(
        _("Editions"),
        [validators.Optional(), validators.Length(max=2000)],
        description=_(
            "The edition numbers that the approval names, one on each line. "
            "Leave this empty if it stands for every edition."
        ),
    )

    def offer(self, courses: Mapping[str, str], languages: Mapping[str, str]) -> None:
        """Say what can be chosen."""
        self.course.choices = list(courses.items())
        self.languages.choices = list(languages.items())

    def validate_valid_until(self, field: DateField) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise validators.ValidationError(_("The last day is before the first one."))


class EndForm(Form):
    """The day from which an approval holds no more."""

    ended_on = DateField(
        _("First day on which it holds no more"),
        [_NEEDED],
        description=_("Credentials for courses finished before that day stay as they are."),
    )
