"""What a sample can be made of, and what was chosen."""

import dataclasses
from dataclasses import dataclass
from typing import get_args

from flask import current_app
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from course_engine.certificates.design import Design, Orientation, PageSize
from course_engine.certificates.facts import CertificateFacts, Kind
from course_engine.certificates.names import LONGEST_NAME
from course_engine.certificates.samples import sample_facts
from course_engine.certificates.styles import shipped_and_own
from course_engine.web import catalog
from course_engine.web.addresses import public
from course_engine.web.clock import now
from course_engine.web.site import Site, signed

Offer = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """The answers of the form, each one that was offered; a forged one counts as left out."""

    name: str
    course: str
    kind: str
    style: str
    orientation: str
    paper: str
    language: str

    def as_query(self) -> dict[str, str]:
        """Return the address that asks for the same again."""
        return {name: value for name, value in dataclasses.asdict(self).items() if value}


def offers() -> dict[str, Offer]:
    """List what can be chosen, by field."""
    courses = catalog.courses()
    styles = shipped_and_own(_site().design)
    return {
        "course": tuple((course.slug, course.title) for course in courses),
        "kind": (
            ("", _("What the course gives")),
            ("attendance", _("Attendance")),
            ("completion", _("Completion")),
            ("credential", _("Credential")),
        ),
        "style": (("", _("The site's own")), *((style, style.capitalize()) for style in styles)),
        "orientation": (
            ("", _("The site's own")),
            ("landscape", _("Landscape")),
            ("portrait", _("Portrait")),
        ),
        "paper": (("", _("The site's own")), ("A4", "A4"), ("Letter", "US Letter")),
        "language": (
            ("", _("The course's own")),
            *((tag, tag) for tag in sorted({course.language for course in courses} | {"en"})),
        ),
    }


def read(given: MultiDict[str, str], offered: dict[str, Offer]) -> Chosen:
    """Read the address; without a course the first one is taken."""
    values = {
        field: next((v for v, _words in choices if v == given.get(field)), choices[0][0])
        for field, choices in offered.items()
        if choices
    }
    return Chosen(**{"course": "", **values}, name=given.get("name", "")[: LONGEST_NAME + 1])


def facts_and_design(chosen: Chosen) -> tuple[CertificateFacts, Design]:
    """Make what would be printed.

    :raises Missing: no such course is published.
    :raises NotPrintable: the name cannot be printed.
    """
    site, course = _site(), catalog.course(chosen.course)
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
    facts = sample_facts(
        chosen.name,
        **signed(site),
        site_address=public("home.front"),
        today=now().astimezone(site.zone).date(),
        time_zone=site.time_zone,
        language=chosen.language or course.language,
        kind=kinds.get(chosen.kind, course.certificate.kind),
        course_title=course.title,
        minutes=course.minutes,
    )
    orientations: dict[str, Orientation] = {each: each for each in get_args(Orientation)}
    papers: dict[str, PageSize] = {each: each for each in get_args(PageSize)}
    own = site.design
    design = dataclasses.replace(
        own,
        style=chosen.style or own.style,
        orientation=orientations.get(chosen.orientation, own.orientation),
        page_size=papers.get(chosen.paper, own.page_size),
    )
    return facts, design


def _site() -> Site:
    site: Site = current_app.extensions["site"]
    return site
