"""The journal, newest first: by whom, of what kind, about what."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from course_engine.pages.journal import sentences
from course_engine.records import journal, people
from course_engine.records.journal import JournalEntry
from course_engine.records.people import Person, Role
from course_engine.web.access import audience
from course_engine.web.database import db

LONGEST_WORD = 200
MOST_SUGGESTED = 5

pages = Blueprint("journal", __name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One entry, in words. ``actor_url`` and ``subject_url`` narrow the journal to one of them."""

    at: datetime
    said: str
    actor: str
    actor_url: str
    subject: str
    subject_url: str
    details: str


@pages.get("/journal")
@audience(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """List entries, narrowed to an action, an actor or one subject if that is asked."""
    search, action = _word("q").strip(), _word("action")
    kind, identity = _word("kind"), _word("id")
    subject = (kind, identity) if kind and identity else None
    found = people.page(db.session, search=search, size=MOST_SUGGESTED).rows if search else ()
    actor = _actor(found)
    nobody = bool(search) and actor is None
    after = _word("after") or None
    page = journal.page(
        db.session,
        subject=subject,
        action=action or None,
        actor_id=actor.id if actor else None,
        after=after,
    )
    return render_template(
        "journal/index.html",
        lines=[] if nobody else [_line(entry) for entry in page.rows],
        actions=sorted((action, str(words)) for action, words in sentences.SENTENCES.items()),
        action=action,
        search=actor.email if actor else search,
        suggested=_suggested(found) if nobody else [],
        subject=" ".join(subject or ()),
        is_narrowed=bool(actor or search or action or subject),
        first=_address(subject, action, actor) if after else "",
        more=_address(subject, action, actor, page.after) if page.after and not nobody else "",
    )


def _actor(found: tuple[Person, ...]) -> Person | None:
    """Return whom the journal is narrowed to: named by a link, or the only one that was found."""
    named = request.args.get("actor", type=int)
    if named is not None:
        return people.find(db.session, named)
    return found[0] if len(found) == 1 else None


def _address(
    subject: tuple[str, str] | None, action: str, actor: Person | None, after: str | None = None
) -> str:
    kind, identity = subject or (None, None)
    return url_for(
        "journal.index",
        kind=kind,
        id=identity,
        action=action or None,
        actor=actor.id if actor else None,
        after=after,
    )


def _suggested(found: tuple[Person, ...]) -> list[tuple[str, str]]:
    return [
        (f"{each.used_name} ({each.email})", url_for("journal.index", actor=each.id))
        for each in found
    ]


def _line(entry: JournalEntry) -> Line:
    kind, identity = entry.subject
    return Line(
        at=entry.at,
        said=sentences.sentence(entry.action),
        actor=entry.actor_name or "",
        actor_url=url_for("journal.index", actor=entry.actor_id) if entry.actor_id else "",
        subject=f"{kind} {identity}",
        subject_url=url_for("journal.index", kind=kind, id=identity),
        details=sentences.details(entry.details),
    )


def _word(name: str) -> str:
    return request.args.get(name, "")[:LONGEST_WORD]
