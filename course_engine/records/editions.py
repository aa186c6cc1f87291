"""Published courses: every edition whole and for ever, its pictures by their content."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, Table, Text, select
from sqlalchemy.orm import Session

from course_engine.curriculum.course import Asset, Course
from course_engine.curriculum.problems import Problem
from course_engine.errors import Missing
from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import (
    Document,
    Instant,
    Number,
    Words,
    optional,
    required,
    those_of,
)

EDITION = Table(
    "edition",
    metadata,
    required("digest", Text, primary_key=True),
    required("course_slug", Text),
    required("title", Words),
    required("language", Text),
    required("published_at", Instant),
    optional("published_by", Number, ForeignKey("person.id")),
    required("document", LargeBinary),
    Index(None, "course_slug", "published_at"),
)

ASSET = Table(
    "asset",
    metadata,
    required("sha256", Text, primary_key=True),
    required("media_type", Text),
    required("content", LargeBinary),
)

EDITION_ASSET = Table(
    "edition_asset",
    metadata,
    required("edition_digest", Text, ForeignKey("edition.digest"), primary_key=True),
    required("asset_sha256", Text, ForeignKey("asset.sha256"), primary_key=True),
)

PUBLISHED = Table(
    "published_course",
    metadata,
    required("slug", Text, primary_key=True),
    optional("edition_digest", Text, ForeignKey("edition.digest")),
    required("title", Words),
    required("problems", Document),
    required("checked_at", Instant),
)


@dataclass(frozen=True, slots=True)
class Edition:
    """One fixed content of a course, known by its digest."""

    digest: str
    course_slug: str
    title: str
    language: str
    published_at: datetime
    published_by: int | None


@dataclass(frozen=True, slots=True)
class PublishedCourse:
    """A course as authors see it: what is being served, and what is wrong with the files."""

    slug: str
    title: str
    edition_digest: str | None
    problems: tuple[Problem, ...]
    checked_at: datetime


_EDITION_COLUMNS = those_of(Edition, EDITION)
_CURRENT = select(PUBLISHED.c.slug, PUBLISHED.c.edition_digest).where(
    PUBLISHED.c.edition_digest.is_not(None)
)


def publish(
    session: Session,
    *,
    course: Course,
    digest: str,
    document: bytes,
    assets: Iterable[Asset],
    problems: Sequence[Problem] = (),
    now: datetime,
    actor_id: int | None = None,
) -> bool:
    """Store an edition and serve it from now on; say whether it was not the one being served.

    Publishing the same content again changes nothing but the time of the check and the warnings
    (2 statements; a new edition takes 3, and 2 for each picture).
    """
    serving = select(PUBLISHED.c.edition_digest).where(PUBLISHED.c.slug == course.slug)
    changed: bool = session.execute(serving).scalar_one_or_none() != digest
    if changed:
        edition = {
            "digest": digest,
            "course_slug": course.slug,
            "title": course.title,
            "language": course.language,
            "published_at": now,
            "published_by": actor_id,
            "document": document,
        }
        _store(session, edition, assets)
    _note(session, course.slug, course.title, problems, now, edition_digest=digest)
    return changed


def note_problems(
    session: Session, slug: str, problems: Sequence[Problem], *, now: datetime, title: str = ""
) -> None:
    """Keep what is wrong with a course's files; what is being served stays (1 statement)."""
    _note(session, slug, title or slug, problems, now)


def current(session: Session) -> dict[str, str]:
    """Return course slug -> digest of the edition being served (1 small statement)."""
    return dict(map(tuple, session.execute(_CURRENT)))


def document(session: Session, digest: str) -> bytes:
    """Return an edition's document (1 statement).

    :raises Missing: no such edition was ever published.
    """
    wanted = select(EDITION.c.document).where(EDITION.c.digest == digest)
    stored: bytes | None = session.execute(wanted).scalar_one_or_none()
    if stored is None:
        raise Missing
    return stored


def asset(session: Session, sha256: str) -> Asset:
    """Return a picture (1 statement).

    :raises Missing: no edition ever had it.
    """
    row = session.execute(select(ASSET).where(ASSET.c.sha256 == sha256)).one_or_none()
    if row is None:
        raise Missing
    return Asset(sha256=row.sha256, media_type=row.media_type, content=row.content)


def of_course(session: Session, course_slug: str) -> tuple[Edition, ...]:
    """List a course's editions, newest first (1 statement)."""
    wanted = select(*_EDITION_COLUMNS).where(EDITION.c.course_slug == course_slug)
    ordered = wanted.order_by(EDITION.c.published_at.desc(), EDITION.c.digest)
    return tuple(Edition(*row) for row in session.execute(ordered))


def courses(session: Session) -> tuple[PublishedCourse, ...]:
    """List every course that was ever checked, with its Problems, by slug (1 statement)."""
    return tuple(
        PublishedCourse(
            slug=row.slug,
            title=row.title,
            edition_digest=row.edition_digest,
            problems=tuple(Problem(**problem) for problem in row.problems),
            checked_at=row.checked_at,
        )
        for row in session.execute(select(PUBLISHED).order_by(PUBLISHED.c.slug))
    )


def stamp(session: Session) -> str:
    """Return a word that changes whenever a course is published or its Problems change."""
    served = select(PUBLISHED.c.slug, PUBLISHED.c.edition_digest, PUBLISHED.c.problems)
    seen = str(session.execute(served.order_by(PUBLISHED.c.slug)).all())
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def _store(session: Session, edition: dict[str, object], assets: Iterable[Asset]) -> None:
    rows: list[tuple[Table, dict[str, object]]] = [(EDITION, edition)]
    for picture in assets:
        link: dict[str, object] = {
            "edition_digest": edition["digest"],
            "asset_sha256": picture.sha256,
        }
        rows += [(ASSET, asdict(picture)), (EDITION_ASSET, link)]
    spoken = writing.dialect(session)
    for table, values in rows:
        session.execute(writing.insert(spoken, table).values(**values).on_conflict_do_nothing())


def _note(
    session: Session,
    slug: str,
    title: str,
    problems: Sequence[Problem],
    now: datetime,
    **edition: str,
) -> None:
    noted = {"problems": [asdict(problem) for problem in problems], "checked_at": now, **edition}
    adding = writing.insert(writing.dialect(session), PUBLISHED)
    changes = noted if title == slug else {**noted, "title": title}
    session.execute(
        adding.values(slug=slug, title=title, **noted).on_conflict_do_update(
            index_elements=["slug"], set_=changes
        )
    )
