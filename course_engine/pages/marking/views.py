"""The queue of an assessor, and one piece: rated once by each, and shown after that."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.pages.marking import forms, wording
from course_engine.pages.marking.forms import RatingForm
from course_engine.records import pieces, ratings
from course_engine.records.people import Role
from course_engine.records.pieces import Piece
from course_engine.web import identity, marking
from course_engine.web.access import audience
from course_engine.web.database import db

pages = Blueprint("marking", __name__)


@pages.get("/marking")
@audience(Role.ASSESSOR)
def index() -> ResponseReturnValue:
    """List what waits for this assessor, oldest first."""
    waiting = pieces.queue(db.session, identity.me().id, after=request.args.get("after"))
    return render_template("marking/index.html", waiting=waiting.each(wording.line))


@pages.get("/marking/<int:piece>")
@audience(Role.ASSESSOR)
def show(piece: int) -> ResponseReturnValue:
    """Show a piece with its form, or what was said of it to whoever has rated it.

    Nobody sees the rating of another before they have given their own.
    """
    found = pieces.find(db.session, piece, for_assessor=identity.me().id)
    kept = ratings.of_piece(db.session, found.id)
    mine = next((one for one in kept if one.assessor_id == identity.me().id), None)
    if mine is None:
        if found.settled_at is not None:
            return render_template("marking/settled.html", about=wording.about(found))
        return _form(found, forms.of_rubric(marking.rubric_of(found)))
    shown = kept if found.settled_at is not None else (mine,)
    return render_template(
        "marking/rated.html",
        about=wording.about(found),
        piece=found,
        ratings=wording.ratings(found, shown, identity.me().id),
        agreement=wording.agreement(found, kept) if found.settled_at is not None else None,
    )


@pages.post("/marking/<int:piece>")
@audience(Role.ASSESSOR)
def rate(piece: int) -> ResponseReturnValue:
    """Keep a rating; a second one by the same person changes nothing."""
    found = pieces.find(db.session, piece, for_assessor=identity.me().id)
    form = forms.of_rubric(marking.rubric_of(found))
    if not form.form.validate_on_submit():
        return _form(found, form), 422
    identity.touch()
    rated = marking.rate(found.id, form.seen(), assessor_id=identity.me().id)
    flash(_("Your rating is kept.") if rated.new else _("You have rated this before."), "success")
    return redirect(url_for("marking.show", piece=piece), 303)


@pages.get("/agreement")
@audience(Role.COORDINATOR)
def agreement() -> ResponseReturnValue:
    """Show how far assessors agree: over all, by rubric, and on each piece that two have rated."""
    twice = pieces.rated_twice(db.session, after=request.args.get("after"))
    kept = ratings.of_piece(db.session, *(one.id for one in twice.rows))
    return render_template(
        "marking/agreement.html",
        disputed=ratings.disputed(db.session),
        rubrics=wording.rubrics(ratings.compared(db.session)),
        twice=twice.each(lambda one: wording.pair(one, kept)),
    )


def _form(piece: Piece, form: RatingForm) -> str:
    return render_template(
        "marking/form.html",
        about=wording.about(piece),
        written=wording.written(piece),
        roleplay=wording.roleplay(piece),
        rubric=form.rubric,
        rating=form,
    )
