"""The rating form, made from a rubric."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice

from course_engine.curriculum.rubrics import Rubric, RubricItem
from course_engine.records.ratings import Seen
from course_engine.web.forms import Form

LONGEST_COMMENT = 4000


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingForm:
    """A form with a field for each item and each flag of a rubric."""

    rubric: Rubric
    form: Any

    @property
    def items(self) -> list[Any]:
        """The fields of the items, in the order of the rubric."""
        return [self.form[f"level_{at}"] for at in range(len(self.rubric.items))]

    @property
    def flags(self) -> list[Any]:
        """The fields of the flags, in the order of the rubric."""
        return [self.form[f"flag_{at}"] for at in range(len(self.rubric.flags))]

    def seen(self) -> Seen:
        """Return what was written down."""
        levels = zip(self.rubric.items, self.items, strict=True)
        flags = zip(self.rubric.flags, self.flags, strict=True)
        return Seen(
            levels={item.id: int(field.data) for item, field in levels},
            flags=tuple(flag.id for flag, field in flags if field.data),
            comment=_words(self.form.comment.data),
            private_note=_words(self.form.private_note.data),
        )


def of_rubric(rubric: Rubric) -> RatingForm:
    """Make the form of a rubric; nothing is chosen beforehand."""
    fields: dict[str, Any] = {
        f"level_{at}": RadioField(
            item.words,
            [validators.InputRequired(message=_("Please choose what you saw."))],
            choices=[SelectChoice(str(at), _level(item, at)) for at in range(len(item.levels))],
            description=_(
                "Critical: the harmful level makes the outcome not yet, whatever the rest."
            )
            if item.critical
            else "",
        )
        for at, item in enumerate(rubric.items)
    }
    fields |= {f"flag_{at}": BooleanField(flag.words) for at, flag in enumerate(rubric.flags)}
    too_long = validators.Length(max=LONGEST_COMMENT, message=_("Use at most %(max)d characters."))
    fields["comment"] = TextAreaField(
        _("Comment for the trainee"),
        [validators.Optional(), too_long],
        description=_("Say what was good, and one thing to try next time."),
        render_kw={"rows": 5, "maxlength": LONGEST_COMMENT},
    )
    fields["private_note"] = TextAreaField(
        _("Private note"),
        [validators.Optional(), too_long],
        description=_("For assessors and coordinators. The trainee never sees it."),
        render_kw={"rows": 3, "maxlength": LONGEST_COMMENT},
    )
    return RatingForm(rubric=rubric, form=type("OneRubricForm", (Form,), fields)())


def _level(item: RubricItem, number: int) -> str:
    level = item.levels[number]
    return _("%(words)s (harmful)", words=level.words) if level.harmful else level.words


def _words(written: str | None) -> str:
    return (written or "").replace("\r\n", "\n").strip()
