"""The demo site: people to sign in as, a cohort, and the wall between it and every other site."""

from dataclasses import dataclass
from datetime import timedelta

from course_engine.errors import Refused
from course_engine.records import cohorts, enrollments, people
from course_engine.records.people import Role
from course_engine.web import catalog, passwords
from course_engine.web.clock import now
from course_engine.web.database import db

PASSWORD = "peer-support-demo"  # noqa: S105 - printed at every start of a demo site
DOMAIN = "demo.example"
COURSE = "understanding-peer-support"


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoPerson:
    """Somebody to sign in as; ``purpose`` is what to try with them."""

    email: str
    legal_name: str
    used_name: str
    roles: frozenset[Role]
    purpose: str


PEOPLE = (
    DemoPerson(
        email=f"trainee@{DOMAIN}",
        legal_name="Marisol Ibáñez Reyes",
        used_name="Mari",
        roles=frozenset({Role.TRAINEE}),
        purpose="a trainee: read lessons, take quizzes, earn a certificate",
    ),
    DemoPerson(
        email=f"author@{DOMAIN}",
        legal_name="Kwame Boateng",
        used_name="Kwame",
        roles=frozenset({Role.AUTHOR, Role.TRAINEE}),
        purpose="an author: courses, their Problems, and a preview",
    ),
    DemoPerson(
        email=f"assessor@{DOMAIN}",
        legal_name="Linh Nguyễn",
        used_name="Linh",
        roles=frozenset({Role.ASSESSOR}),
        purpose="an assessor",
    ),
    DemoPerson(
        email=f"coordinator@{DOMAIN}",
        legal_name="Denise Fox",
        used_name="Denise",
        roles=frozenset({Role.COORDINATOR}),
        purpose="a coordinator: cohorts, invitations, certificates",
    ),
    DemoPerson(
        email=f"admin@{DOMAIN}",
        legal_name="Harold Kim",
        used_name="Harold",
        roles=frozenset({Role.ADMINISTRATOR}),
        purpose="the administrator: people, roles and the journal",
    ),
)


class WrongKindOfSite(Refused):
    """A demo database in a real site, or the other way round."""


def insist_on_kind(*, is_demo: bool) -> None:
    """Keep the demo people and a real site apart, in both directions.

    :raises WrongKindOfSite: with the one line to print.
    """
    # A closed account counts too: closing one must not open the wall.
    has_demo = bool(people.page(db.session, search=PEOPLE[0].email, size=1).rows)
    if has_demo and not is_demo:
        raise WrongKindOfSite(
            "This database belongs to a demo site. Start it with --demo, or name another "
            "database in COURSE_ENGINE_DATABASE_URL."
        )
    if is_demo and not has_demo and people.page(db.session, size=1).rows:
        raise WrongKindOfSite(
            "This database belongs to a real site. A demo site needs one of its own."
        )


def settle() -> None:
    """Put the demo people and their cohort in place, once."""
    if people.by_email(db.session, PEOPLE[0].email) is not None:
        return
    moment = now()
    stored = passwords.hashed(PASSWORD)
    added = [
        people.add(
            db.session,
            email=person.email,
            legal_name=person.legal_name,
            used_name=person.used_name,
            roles=person.roles,
            password_hash=stored,
            now=moment,
        )
        for person in PEOPLE
    ]
    today = moment.date()
    cohort = cohorts.add(
        db.session,
        name="Demo cohort",
        course_slug=COURSE,
        starts_on=today,
        ends_on=today + timedelta(days=60),
        now=moment,
    )
    enrollments.enroll(
        db.session,
        person_id=added[0].id,
        course_slug=COURSE,
        edition_digest=catalog.digest_of(COURSE),
        cohort_id=cohort.id,
        now=moment,
    )
    db.session.commit()
