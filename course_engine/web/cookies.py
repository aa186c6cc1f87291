"""The signed cookie of a browser's forms, its signature checked once for each content."""

import time
from copy import deepcopy
from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature


class KeptSignatures(SecureCookieSessionInterface):
    """Flask's own cookie; a browser sends the same bytes with every request of a visit."""

    def __init__(self, app: Flask) -> None:
        @lru_cache(maxsize=4096)
        def read(value: str, _keys: tuple[str, ...]) -> tuple[dict[str, Any], float]:
            """Return what a cookie says and when it was signed; a refusal raises, and is not kept.

            Nothing is remembered beyond a change of the keys.
            """
            signed: Any = self.get_signing_serializer(app)
            content, at = signed.loads(value, max_age=_most(app), return_timestamp=True)
            return content, at.timestamp()

        self._read = read

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return what the cookie says, nothing when it is missing, forged or too old."""
        value = request.cookies.get(self.get_cookie_name(app))
        if not value:
            return self.session_class()
        try:
            keys = (str(app.secret_key), *app.config["SECRET_KEY_FALLBACKS"])
            content, signed_at = self._read(value, keys)
        except BadSignature:
            return self.session_class()
        if time.time() - signed_at > _most(app):
            return self.session_class()
        # A view may change what is inside, and must change its own alone.
        return self.session_class(
            {
                name: held if isinstance(held, str) else deepcopy(held)
                for name, held in content.items()
            }
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie when something in it has changed, which is seldom."""
        if session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            # As Flask does, which takes the whole header apart for it.
            response.headers.add("Vary", "Cookie")


def init_app(app: Flask) -> None:
    """Read the cookie in this way."""
    app.session_interface = KeptSignatures(app)


def _most(app: Flask) -> int:
    return int(app.permanent_session_lifetime.total_seconds())
