"""Who is asking: the signed-in person, from a session kept on the server."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from flask import Response, current_app, g, request, session

from course_engine.errors import Missing
from course_engine.records import sessions
from course_engine.records.people import Person
from course_engine.records.sessions import Found
from course_engine.settings import Settings
from course_engine.web.clock import now
from course_engine.web.database import db

LIFETIME = timedelta(days=14)
TOUCH_AFTER = timedelta(minutes=10)
_NOT_LOOKED: Any = object()


def cookie_name(settings: Settings) -> str:
    """Name the cookie; over https its prefix ties it to this host alone."""
    return "__Host-session" if settings.https else "course_session"


def digest(token: str) -> str:
    """Return what is stored of a token: its SHA-256, so that a stolen database opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return 256 random bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def signed_in() -> Person | None:
    """Return the person whose session this request carries, looking once a request."""
    found = _found()
    return found.person if found else None


def forget() -> None:
    """Draw the rest of this answer for nobody: who asks could not be found out."""
    if "found" not in g:
        g.found = None


def this_session() -> str | None:
    """Return the digest of this browser's session."""
    found = _found()
    return found.token_sha256 if found else None


def me() -> Person:
    """Return the signed-in person.

    :raises Missing: nobody is signed in.
    """
    person = signed_in()
    if person is None:
        raise Missing
    return person


def sign_in(person: Person, response: Response) -> None:
    """Open a fresh session for a person and close the one this browser had."""
    _close()
    token, moment = new_token(), now()
    opened = Found(person, digest(token), moment)
    sessions.open_(
        db.session,
        token_sha256=opened.token_sha256,
        person_id=person.id,
        agent=(request.user_agent.string or "")[:200],
        now=moment,
        expires_at=moment + LIFETIME,
    )
    settings: Settings = current_app.extensions["settings"]
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=LIFETIME,
        path="/",
        secure=settings.https,
        httponly=True,
        samesite="Lax",
    )
    g.found = opened


def sign_out(response: Response) -> None:
    """Close this browser's session on the server and forget its cookies."""
    _close()
    settings: Settings = current_app.extensions["settings"]
    response.delete_cookie(
        cookie_name(settings), path="/", secure=settings.https, httponly=True, samesite="Lax"
    )
    session.clear()
    g.found = None


def touch() -> None:
    """Keep a session alive while its person is writing; called where a view writes anyway."""
    found, moment = _found(), now()
    if found and moment - found.last_seen_at > TOUCH_AFTER:
        sessions.touch(db.session, found.token_sha256, now=moment, expires_at=moment + LIFETIME)


def _found() -> Found | None:
    found: Found | None = g.get("found", _NOT_LOOKED)
    if found is _NOT_LOOKED:
        token = request.cookies.get(cookie_name(current_app.extensions["settings"]))
        found = sessions.find(db.session, digest(token), now=now()) if token else None
        g.found = found
    return found


def _close() -> None:
    found = _found()
    if found:
        sessions.close(db.session, found.token_sha256)
