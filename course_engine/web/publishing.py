"""Publishing: files become editions, one course at a time, and a broken one harms no other."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from course_engine.curriculum import editions as documents
from course_engine.curriculum import loading
from course_engine.curriculum.problems import Problem
from course_engine.records import editions, journal
from course_engine.web.clock import now
from course_engine.web.database import db

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What publishing did with one course."""

    slug: str
    result: Literal["published", "unchanged", "refused"]
    digest: str | None
    problems: tuple[Problem, ...]


def publish(
    folder: Path, *, only: str | None = None, actor_id: int | None = None
) -> tuple[Outcome, ...]:
    """Publish the courses of a curriculum folder, each in a transaction of its own.

    A course with Problems is refused: its Problems are kept for its authors, and the edition that
    was published before goes on being served.
    """
    outcomes = []
    for loaded in loading.load(folder, only=only):
        outcomes.append(_publish_one(loaded, actor_id))
        db.session.commit()
    return tuple(outcomes)


def _publish_one(loaded: loading.Loaded, actor_id: int | None) -> Outcome:
    moment = now()
    if loaded.course is None:
        editions.note_problems(db.session, loaded.slug, loaded.problems, now=moment)
        return Outcome(slug=loaded.slug, result="refused", digest=None, problems=loaded.problems)
    document = documents.document(loaded.course)
    digest = documents.digest(document)
    changed = editions.publish(
        db.session,
        course=loaded.course,
        digest=digest,
        document=document,
        assets=loaded.assets,
        problems=loaded.problems,
        now=moment,
        actor_id=actor_id,
    )
    if changed and actor_id is not None:
        journal.write(
            db.session,
            action="edition.published",
            subject=("course", loaded.slug),
            actor_id=actor_id,
            now=moment,
            details={"edition": digest[:12]},
        )
    if changed:
        log.info("course published", extra={"course": loaded.slug, "edition": digest[:12]})
    return Outcome(
        slug=loaded.slug,
        result="published" if changed else "unchanged",
        digest=digest,
        problems=loaded.problems,
    )
