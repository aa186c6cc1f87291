"""A sample of a certificate, as a picture and as a PDF, with everything that stands against it."""

from base64 import b64encode
from io import BytesIO
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates.preflight import Preflight, preflight
from course_engine.errors import Refused
from course_engine.pages.samples import choices
from course_engine.press import picturing
from course_engine.press.faults import PrintingFault
from course_engine.records.people import Role
from course_engine.web.access import audience
from course_engine.web.database import db
from course_engine.web.errors import explained

pages = Blueprint("samples", __name__, url_prefix="/issued")


@pages.get("/sample")
@audience(Role.COORDINATOR)
def show() -> ResponseReturnValue:
    """Ask for a name and show the sample; nothing is kept, so it is asked for by GET."""
    offered = choices.offers()
    chosen = choices.read(request.args, offered)
    found = _sample(chosen) if chosen.name and chosen.course else None
    return render_template(
        "samples/show.html",
        offered=offered,
        chosen=chosen,
        found=found,
        picture=_picture(found) if found else "",
        pdf_url=f"{url_for('samples.pdf')}?{urlencode(chosen.as_query())}",
    )


@pages.get("/sample.pdf")
@audience(Role.COORDINATOR)
def pdf() -> ResponseReturnValue:
    """Return the sample as a PDF that the browser shows by itself.

    :raises Refused: it cannot be printed.
    """
    found = _sample(choices.read(request.args, choices.offers()))
    if found.faults:
        raise Refused(found.faults[0])
    return send_file(BytesIO(found.pdf), mimetype="application/pdf", download_name="sample.pdf")


def _sample(chosen: choices.Chosen) -> Preflight:
    try:
        facts, design = choices.facts_and_design(chosen)
        # Printing takes a while: no transaction is open meanwhile.
        db.session.rollback()
        found = preflight(facts, design, translate=_)
    except Refused as refusal:
        return Preflight(faults=(explained(refusal),))
    if found.refusal:
        return Preflight(faults=(explained(found.refusal),))
    return found


def _picture(found: Preflight) -> str:
    """Return the page as a data address, empty where this machine cannot draw it."""
    try:
        drawn = picturing.picture(found.pdf, dots_per_inch=96) if found.pdf else b""
    except PrintingFault:
        return ""
    return f"data:image/png;base64,{b64encode(drawn).decode()}" if drawn else ""
