"""The forms by which a coordinator makes the rules of quizzes kinder for one person."""

from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, IntegerField, SelectChoice, SelectField, validators

from course_engine.assessment.accommodations import Accommodation
from course_engine.web.forms import Form, one_line

TIMES = (
    ("standard", _("The time of the quiz")),
    ("1.25", _("One and a quarter of the time")),
    ("1.5", _("One and a half of the time")),
    ("2", _("Twice the time")),
    ("untimed", _("No time limit")),
)
COOLDOWNS = (
    ("standard", _("The pause of the quiz")),
    ("half", _("Half the pause")),
    ("none", _("No pause")),
)
FORMATS = (
    ("", _("As it is")),
    ("large-print", _("Large print")),
    ("read-aloud", _("Read aloud")),
    ("paper", _("On paper")),
    ("other", _("Other, in words below")),
)


def _count(label: Any, least: int, most: int, **more: Any) -> IntegerField:
    return IntegerField(
        label,
        [
            validators.InputRequired(message=_("Please write a whole number.")),
            validators.NumberRange(
                least, most, message=_("Write a number from %(min)s to %(max)s.")
            ),
        ],
        render_kw={"inputmode": "numeric", "class": "input--short", "autocomplete": "off"},
        **more,
    )


def _reason() -> Any:
    return one_line(
        _("Reason"),
        most=300,
        description=_("For other coordinators. Do not write a diagnosis or anything medical."),
        autocomplete="off",
    )


class GrantForm(Form):
    """An accommodation, with the days on which it counts."""

    time = SelectField(_("Time"), choices=[SelectChoice(*each) for each in TIMES])
    extra_attempts = _count(_("Extra attempts"), 0, 50, default=0)
    cooldown = SelectField(
        _("Pause between attempts"), choices=[SelectChoice(*each) for each in COOLDOWNS]
    )
    break_minutes = _count(
        _("Minutes of breaks that stop the clock"),
        0,
        480,
        default=0,
        description=_("In all, in one attempt that has a time limit."),
    )
    format = SelectField(_("Format"), choices=[SelectChoice(*each) for each in FORMATS])
    arrangement = one_line(
        _("Anything else that is done"),
        required=False,
        description=_(
            "Shown to the person before each quiz, for example: A quiet room. "
            "Do not write a diagnosis here, only what is done."
        ),
        autocomplete="off",
    )
    from_day = DateField(
        _("First day"),
        [validators.InputRequired(message=_("Please choose the first day."))],
        render_kw={"class": "input--short"},
    )
    until_day = DateField(
        _("Last day"),
        [validators.Optional()],
        description=_("Leave this empty if there is no last day."),
        render_kw={"class": "input--short"},
    )

    def validate_until_day(self, field: DateField) -> None:
        """Keep the last day from standing before the first."""
        if field.data and self.from_day.data and field.data < self.from_day.data:
            raise validators.ValidationError(_("The last day is before the first day."))

    def validate_arrangement(self, field: Any) -> None:
        """Refuse another arrangement without words, and an accommodation that changes nothing."""
        if self.format.data == "other" and not field.data:
            raise validators.ValidationError(_("Please say what is done."))
        if self.granted() == Accommodation(
            from_day=self.from_day.data, until_day=self.until_day.data
        ):
            raise validators.ValidationError(_("Choose at least one thing to arrange."))

    def granted(self) -> Accommodation:
        """Return what the form says."""
        return Accommodation(
            from_day=self.from_day.data,
            until_day=self.until_day.data,
            time=self.time.data,
            extra_attempts=self.extra_attempts.data or 0,
            cooldown=self.cooldown.data,
            break_minutes=self.break_minutes.data or 0,
            format=self.format.data,
            arrangement=self.arrangement.data or "",
        )


class ExtendForm(Form):
    """More time for an attempt that is open; ``seen`` is the deadline that the page shows."""

    minutes = _count(_("Minutes more"), 1, 1440)
    reason = _reason()
    seen = HiddenField()


class OpenForm(Form):
    """More attempts at a quiz; ``seen`` is how many were opened before."""

    number = _count(_("Attempts more"), 1, 20)
    reason = _reason()
    seen = HiddenField()


def filled(granted: Accommodation) -> GrantForm:
    """Return the form as it was granted, to be changed."""
    return GrantForm(None, **asdict(granted))
