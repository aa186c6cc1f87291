"""The base of every form: WTForms with a token against forged requests."""

import unicodedata
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_babel import lazy_gettext as _
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import CSRFError as FormExpired
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import StringField, ValidationError, validators

from course_engine.web.database import SAFE_METHODS

__all__ = ["Form", "FormExpired", "init_app", "one_line", "submitted"]

_CONTROLS = frozenset({"Cc", "Cs"})


class _Guard(CSRFProtect):  # type: ignore[misc]  # Flask-WTF carries no types
    """Flask-WTF's own check, not made again for a token that this browser has used before."""

    def protect(self, *choices: Any, **more: Any) -> None:
        own = None if request.method in SAFE_METHODS else session.get("csrf_token")
        if own:
            try:
                _genuine(current_app.secret_key, own, self._get_csrf_token())
            except ValidationError:
                pass  # What is refused is refused by the check itself, in full.
            else:
                g.csrf_valid = True
                return
        super().protect(*choices, **more)


@lru_cache(maxsize=4096)
def _genuine(_key: object, _own: str, token: str | None) -> None:
    """Check a token against that of the browser; only what was accepted is kept, for good.

    Tokens have no time limit, so the same three values are always accepted again.

    :raises ValidationError: the token is not this browser's, or not ours.
    """
    validate_csrf(token)


csrf = _Guard()


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A form of this site; its fields are read one by one, never poured into a record."""


def init_app(app: Flask) -> None:
    """Refuse forged posts everywhere. The token lasts as long as the browser's own session."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config["WTF_CSRF_SSL_STRICT"] = False
    csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = _token
    # Flask-WTF hands its own to every page, and the last one to hand it wins.
    app.context_processor(lambda: {"csrf_token": _token})


def _token() -> str:
    """Return the token of this browser, signed: every page carries one, and it never changes."""
    own = session.get("csrf_token")
    return _signed(current_app.secret_key, own) if own else str(generate_csrf())


@lru_cache(maxsize=4096)
def _signed(_key: object, _own: str) -> str:
    """Sign the token once: without a time limit the same signature serves for every page."""
    return str(generate_csrf())


def one_line(
    label: Any, *, most: int = 200, required: bool = True, description: Any = "", **attributes: Any
) -> StringField:
    """Make a field for one line of words, without spaces at its ends or control characters."""
    rules: list[Any] = [validators.Length(max=most, message=_("Use at most %(max)d characters."))]
    if required:
        rules.insert(0, validators.DataRequired(message=_("Please fill this in.")))
    return StringField(
        label,
        rules,
        description=description,
        filters=[_tidy],
        render_kw={"maxlength": most, **attributes},
    )


def submitted() -> bool:
    """Say whether a form was sent, rather than a page asked for."""
    return bool(request.method == "POST")


def _tidy(value: str | None) -> str | None:
    if value is None:
        return None
    # What cannot be printed is not hidden here: whoever prints a name says which sign it is.
    kept = "".join(" " if unicodedata.category(sign) in _CONTROLS else sign for sign in value)
    return " ".join(kept.split())
