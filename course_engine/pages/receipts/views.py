"""A receipt as a page and as a file, for its owner and for coordinators."""

from datetime import datetime

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from course_engine.assessment import receipts
from course_engine.errors import Missing
from course_engine.pages.receipts import timeline
from course_engine.records import attempts, drafts, journal, people
from course_engine.records.attempts import Sitting
from course_engine.records.people import Role
from course_engine.web import catalog, drawn, identity, receiving
from course_engine.web.access import audience
from course_engine.web.database import db

pages = Blueprint("receipts", __name__)


@pages.get("/attempts/<int:attempt>/receipt")
@audience(Role.TRAINEE)
def show(attempt: int) -> ResponseReturnValue:
    """Show a trainee what they handed in (6 statements with the sign-in)."""
    return _page(_own(attempt), staff=False)


@pages.get("/attempts/<int:attempt>/receipt.json")
@audience(Role.TRAINEE)
def download(attempt: int) -> ResponseReturnValue:
    """Return a trainee's receipt as the file that its hash is of."""
    return _file(_own(attempt))


@pages.get("/receipts/<int:attempt>")
@audience(Role.COORDINATOR)
def for_staff(attempt: int) -> ResponseReturnValue:
    """Show a coordinator the same."""
    return _page(_anybodys(attempt), staff=True)


@pages.get("/receipts/<int:attempt>.json")
@audience(Role.COORDINATOR)
def download_for_staff(attempt: int) -> ResponseReturnValue:
    """Return the same file to a coordinator."""
    return _file(_anybodys(attempt))


def _own(attempt: int) -> Sitting:
    return _handed_in(attempts.find(db.session, attempt, for_person=identity.me().id))


def _anybodys(attempt: int) -> Sitting:
    return _handed_in(attempts.for_staff(db.session, attempt))


def _handed_in(sitting: Sitting) -> Sitting:
    """Refuse an open attempt: there is nothing to give a receipt for."""
    if sitting.state == "open":
        raise Missing
    return sitting


def _page(sitting: Sitting, *, staff: bool) -> str:
    known = drawn.of(sitting)
    made = receiving.receipt(sitting)
    sha256 = receipts.sha256(made)
    person = people.find(db.session, sitting.person_id) if staff else None
    return render_template(
        "receipts/show.html",
        course=catalog.edition(sitting.edition_digest),
        quiz=known.quiz,
        sitting=sitting,
        answers=[
            (one, datetime.fromisoformat(one.saved_at) if one.saved_at else None)
            for one in made.answers
        ],
        sha256=sha256,
        noted=_noted(sitting) == sha256,
        lines=timeline.lines(known.paper, drafts.history(db.session, sitting.id)),
        person=person,
        whose=person or identity.me(),
    )


def _file(sitting: Sitting) -> Response:
    made = receiving.receipt(sitting)
    name = f"receipt-{made.quiz}-{made.number}-{made.attempt}.json"
    return Response(
        receipts.document(made),
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _noted(sitting: Sitting) -> str:
    """Return the hash that the journal, which nobody can change, took down at the hand-in."""
    entries = journal.page(db.session, subject=("attempt", str(sitting.id))).rows
    found = (entry.details.get("receipt") for entry in entries)
    return next((str(one) for one in found if one), "")
