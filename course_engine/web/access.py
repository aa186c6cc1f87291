"""Deny unless a view declares its audience: who may ask, and what happens to everybody else."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from course_engine.errors import Denied
from course_engine.records.people import Role
from course_engine.web import held, identity
from course_engine.web.database import reading_first

EVERYONE = "everyone"
SIGNED_IN = "signed-in"

View = TypeVar("View", bound=Callable[..., Any])


class UndeclaredAudience(Exception):
    """A view that says nothing of its audience; the site does not start with one."""


def audience(*who: str | Role) -> Callable[[View], View]:
    """Declare who may ask a view: EVERYONE, SIGNED_IN, or any of the roles named."""

    def declare(view: View) -> View:
        view.audience = frozenset(who)  # type: ignore[attr-defined]  # functions carry notes
        return view

    return declare


def init_app(app: Flask) -> None:
    """Ask the audience of the view before every request."""
    audience(EVERYONE)(app.view_functions["static"])
    app.before_request(_guard)


def audience_of(app: Flask, endpoint: str) -> frozenset[str]:
    """Return the declared audience of an endpoint, empty when it declares none."""
    declared: frozenset[str] = getattr(app.view_functions[endpoint], "audience", frozenset())
    return declared


def insist(app: Flask) -> None:
    """Refuse to start with a view that declares no audience.

    :raises UndeclaredAudience: naming each such endpoint.
    """
    silent = sorted(name for name in app.view_functions if not audience_of(app, name))
    if silent:
        raise UndeclaredAudience(f"No audience declared by: {', '.join(silent)}.")


def _guard() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None:
        return None
    allowed = audience_of(current_app, endpoint)
    if EVERYONE in allowed:
        return None
    person = reading_first(identity.signed_in)
    if person is None:
        return held.ask_to_sign_in()
    if SIGNED_IN in allowed or person.roles & allowed:
        return None
    raise Denied
