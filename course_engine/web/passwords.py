"""Passwords: how they are stored, checked and chosen."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

from course_engine.settings import Settings

LEAST, MOST = 12, 200
# One hash takes about 64 MiB and a third of a second: more than two at once would starve the pages.
_TURNSTILE = threading.BoundedSemaphore(2)


def init_app(app: Flask, settings: Settings) -> None:
    """Choose how much work one hash is."""
    cheap = settings.password_cost == "cheap"  # noqa: S105 - how much work, not a password
    hasher = (
        PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cheap else PasswordHasher()
    )
    app.extensions["passwords"] = hasher
    # A hash that no password has, checked when an account is unknown so that both answers take as
    # long. It is written rather than worked out: that would keep every start waiting.
    app.extensions["no_password"] = (
        f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
        f"${'A' * 22}${'A' * 43}"
    )


def hashed(password: str) -> str:
    """Return the argon2id hash to be stored."""
    with _TURNSTILE:
        return str(_hasher().hash(password))


def matches(stored: str | None, password: str) -> bool:
    """Check a password; an account without one takes as long as any other and never matches."""
    with _TURNSTILE:
        try:
            _hasher().verify(stored or current_app.extensions["no_password"], password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def _hasher() -> PasswordHasher:
    hasher: PasswordHasher = current_app.extensions["passwords"]
    return hasher
