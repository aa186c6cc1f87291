"""The front page, the page for a break, and the crisis line on a page of its own."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from course_engine.records.people import Role
from course_engine.web import catalog, identity
from course_engine.web.access import EVERYONE, audience
from course_engine.web.addresses import local

pages = Blueprint("home", __name__)


@pages.get("/")
@audience(EVERYONE)
def front() -> ResponseReturnValue:
    """Welcome whoever is new; send whoever is signed in to where their work is."""
    person = identity.signed_in()
    if person is None:
        return render_template("home/front.html", courses=catalog.courses())
    if Role.TRAINEE in person.roles:
        return redirect(url_for("courses.index"), 303)
    first = (
        (Role.COORDINATOR, "cohorts.index"),
        (Role.ASSESSOR, "marking.index"),
        (Role.AUTHOR, "authoring.index"),
        (Role.ADMINISTRATOR, "people.index"),
    )
    endpoint = next((page for role, page in first if role in person.roles), "courses.index")
    return redirect(url_for(endpoint), 303)


@pages.get("/break")
@audience(EVERYONE)
def take_a_break() -> ResponseReturnValue:
    """Show a quiet page with the way back; what was being written is saved already."""
    return render_template("home/break.html", back=local(request.args.get("back"), default="/"))


@pages.get("/accessibility")
@audience(EVERYONE)
def accessibility() -> ResponseReturnValue:
    """Say how the site is meant to work for everybody, and whom to tell when it does not."""
    return render_template("home/accessibility.html")
