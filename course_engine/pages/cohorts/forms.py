"""The forms with which a coordinator runs a cohort."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectChoice, SelectField, TextAreaField, validators

from course_engine.curriculum.course import Course
from course_engine.web.forms import Form, one_line

LONGEST_LIST = 20_000


def _day(label: Any, *rules: Any, **more: Any) -> DateField:
    return DateField(label, rules, render_kw={"class": "input--short"}, **more)


class CohortForm(Form):
    """The name and the dates of a cohort."""

    name = one_line(_("Name"), description=_("For example: Springfield, spring 2027."))
    starts_on = _day(
        _("First day"), validators.InputRequired(message=_("Please choose the first day."))
    )
    ends_on = _day(
        _("Last day"),
        validators.Optional(),
        description=_("Leave this empty if there is no last day."),
    )

    def validate_ends_on(self, field: DateField) -> None:
        """Keep the last day from standing before the first."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise validators.ValidationError(_("The last day is before the first day."))


class NewCohortForm(CohortForm):
    """A new cohort, with the course that it takes."""

    course = SelectField(
        _("Course"), [validators.InputRequired(message=_("Please choose a course."))]
    )

    def offer(self, courses: Iterable[Course]) -> None:
        """Let one of these courses be chosen."""
        self.course.choices = [SelectChoice(course.slug, course.title) for course in courses]


class InviteOneForm(Form):
    """One person to be invited."""

    email = one_line(_("E-mail address"), most=254, type="email", autocomplete="off")
    name = one_line(
        _("Name"),
        required=False,
        description=_("They can correct it when they accept."),
        autocomplete="off",
    )


class InviteManyForm(Form):
    """Several people to be invited, as a list to paste."""

    addresses = TextAreaField(
        _("Addresses"),
        [
            validators.InputRequired(message=_("Please paste at least one address.")),
            validators.Length(
                max=LONGEST_LIST, message=_("Use at most %(max)d characters at a time.")
            ),
        ],
        description=_(
            "One on each line, or with commas or semicolons between them. "
            "A name may stand before an address that is in angle brackets."
        ),
        render_kw={
            "rows": 6,
            "autocomplete": "off",
            "spellcheck": "false",
            "placeholder": "Rosa Lee <rosa@example.org>",
        },
    )
