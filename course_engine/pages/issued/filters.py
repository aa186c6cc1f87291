"""The filters over the list of certificates, as they stand in its address."""

from collections.abc import Mapping
from typing import get_args

from flask_babel import gettext as _

from course_engine.certificates import serials
from course_engine.errors import Missing
from course_engine.records import cohorts
from course_engine.records.certificate_tables import State
from course_engine.records.issued import Filters
from course_engine.web import catalog
from course_engine.web.database import db

MOST_COHORTS = 200

Choices = tuple[tuple[str, str], ...]


def read(query: Mapping[str, str]) -> Filters:
    """Read filters from an address; what makes no sense filters nothing."""
    cohort, state = query.get("cohort", ""), query.get("state", "")
    return Filters(
        course=query.get("course", ""),
        cohort=int(cohort) if cohort.isascii() and cohort.isdigit() and len(cohort) <= 18 else None,  # noqa: PLR2004 - no id is longer
        state=next((one for one in get_args(State) if one == state), None),
        search=_search(query.get("search", "")[:200].strip()),
    )


def choices(chosen: Filters) -> dict[str, Choices]:
    """Return what can be chosen in each list (2 statements, a third for an older cohort)."""
    courses = tuple((course.slug, course.title) for course in catalog.courses())
    if chosen.course and chosen.course not in dict(courses):
        courses = (*courses, (chosen.course, chosen.course))
    newest = cohorts.page(db.session, size=MOST_COHORTS).rows
    groups = tuple((str(one.id), one.name) for one in newest)
    if chosen.cohort and str(chosen.cohort) not in dict(groups):
        groups = (*groups, _older(chosen.cohort))
    states: dict[State, str] = {
        "issued": _("In force"),
        "withdrawn": _("Withdrawn"),
        "superseded": _("Replaced"),
    }
    return {
        "course": (("", _("All courses")), *courses),
        "cohort": (("", _("All cohorts")), *groups),
        "state": (("", _("All states")), *states.items()),
    }


def _older(cohort: int) -> tuple[str, str]:
    try:
        return str(cohort), cohorts.find(db.session, cohort).name
    except Missing:
        return str(cohort), str(cohort)


def _search(typed: str) -> str:
    """Read a whole serial as it was meant; anything else is looked for as it stands."""
    try:
        return serials.parse_serial(typed)
    except serials.Mistyped:
        return typed
