"""Security headers on every answer."""

import secrets

from flask import Flask, Response, g, request

LASTING = "public, max-age=31536000, immutable"

_POLICY = (
    "default-src 'none'; script-src SCRIPTS; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
_FIXED = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    # A page may show what one person wrote: shared computers must not keep it.
    ("Cache-Control", "no-store"),
)


def nonce() -> str:
    """Return the word that lets this page's own scripts run, one for each request."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    word: str = g.nonce
    return word


def init_app(app: Flask) -> None:
    """Add the headers after every request."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    given = {name.lower() for name, _ in headers}
    for name, value in _FIXED:
        if name.lower() not in given:
            headers.add(name, value)
    if "content-security-policy" not in given:
        # An answer that asked for no nonce is not a page of ours, and runs no script.
        word = g.get("nonce")
        scripts = f"'nonce-{word}'" if word else "'none'"
        headers.add("Content-Security-Policy", _POLICY.replace("SCRIPTS", scripts, 1))
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
