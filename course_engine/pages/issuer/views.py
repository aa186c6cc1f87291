"""Public keys, the issuer's profile and status lists, where verifiers look for them."""

from typing import cast, get_args

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from course_engine.certificates.credentials import contexts, sealing, status_lists
from course_engine.errors import Missing
from course_engine.web import issuer, openly
from course_engine.web.access import EVERYONE, audience
from course_engine.web.site import Site

pages = Blueprint("issuer", __name__)


@pages.get("/issuer")
@audience(EVERYONE)
def profile() -> ResponseReturnValue:
    """Show who issues certificates here; a program that asks for JSON gets a Profile."""
    site: Site = current_app.extensions["site"]
    if request.accept_mimetypes.best_match(["text/html", openly.JSON]) == openly.JSON:
        document = {
            "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
            "id": issuer.did(),
            "type": ["Profile"],
            "name": site.organization,
            "url": str(site.website or issuer.public_url()),
            "official": site.signatory.name,
        }
        return openly.answer(sealing.text(document))
    return render_template("issuer/profile.html", did=issuer.did(), keys=issuer.every_key())


@pages.get("/.well-known/did.json")
@audience(EVERYONE)
def did() -> ResponseReturnValue:
    """Hand out the public keys, those that were retired too."""
    return openly.answer(issuer.did_document(), "application/did+json")


@pages.get("/did.json")
@audience(EVERYONE)
def did_below() -> ResponseReturnValue:
    """Hand out the same where verifiers look when the site's address has a path."""
    return did()


@pages.get("/status/<purpose>/<int:number>")
@audience(EVERYONE)
def status(purpose: str, number: int) -> ResponseReturnValue:
    """Hand out a signed status list."""
    if purpose not in get_args(status_lists.Purpose):
        raise Missing
    content = issuer.status_list(cast("status_lists.Purpose", purpose), number)
    return openly.answer(content, sealing.MEDIA_TYPE)
