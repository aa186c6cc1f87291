"""What a person wrote is held when their sign-in or form has expired, and sent on afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from course_engine.web.database import SAFE_METHODS

HOLD_SECONDS = 24 * 60 * 60
# Twice the longest answer: a browser sends two characters for each end of a line.
LONGEST = 40_000
_JSON = "application/json"
NOT_HELD = frozenset({"csrf_token", "password", "new_password", "held"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A form that could not be taken: where it was going and what it said."""

    action: str
    fields: tuple[tuple[str, str], ...]


def ask_to_sign_in() -> ResponseReturnValue:
    """Answer somebody who is not signed in; a form they sent is held while they sign in."""
    if wants_json():
        return {"error": "signed-out", "sign_in": url_for("account.sign_in")}, 401
    if request.method in SAFE_METHODS:
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")), 303)
    if not came_from_here():
        return redirect(url_for("account.sign_in"), 303)
    if not request.form:
        return redirect(url_for("account.sign_in"), 303)
    # The form travels with the sign-in page itself, so that it needs no place on the server.
    show: Callable[[str], Any] = current_app.view_functions["account.sign_in"]
    return show(pack(of_request())), 401


def of_request() -> Held:
    """Take the words of the form that was just sent, leaving out passwords and tokens."""
    return Held(
        action=request.path,
        fields=tuple(
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in NOT_HELD and len(value) <= LONGEST
        ),
    )


def pack(held: Held) -> str:
    """Sign what is held, so that only this site can have made it."""
    return _signer().dumps([held.action, list(held.fields)])


def unpack(packed: str) -> Held | None:
    """Return what was held, or None for anything forged or older than a day."""
    try:
        action, fields = _signer().loads(packed, max_age=HOLD_SECONDS)
    except BadData:
        return None
    return Held(action=action, fields=tuple((name, value) for name, value in fields))


def as_form(held: Held) -> MultiDict[str, str]:
    """Return what was held as the form it came from."""
    return MultiDict(held.fields)


def came_from_here() -> bool:
    """Say whether a form came from a page of this site, as far as the browser tells."""
    where = request.headers.get("Sec-Fetch-Site")
    if where is not None:
        return where in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")


def wants_json() -> bool:
    """Say whether a script asked, rather than a person's browser."""
    if request.headers.get("Accept") == _JSON:
        return True  # As the site's own script asks, which is not worth reading as a list.
    return request.accept_mimetypes.best == _JSON


def _signer() -> URLSafeTimedSerializer:
    # Oldest first: the last one signs, and what an earlier key signed can still be read.
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.secret_key]
    return URLSafeTimedSerializer(keys, salt="held")
