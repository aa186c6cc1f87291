"""Addresses that came from outside, made safe to send a browser to."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app


def local(address: str | None, *, default: str) -> str:
    """Return an address on this site; anything that could lead elsewhere gives the default."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return default
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or any(ord(sign) < 32 for sign in address):  # noqa: PLR2004
        return default
    return address


def public(endpoint: str, **values: Any) -> str:
    """Return the full address of a page, as mails and certificates print it."""
    base: str = current_app.extensions["settings"].public_url
    # Built without a request: the clerk prints addresses too.
    return base + current_app.url_map.bind("").build(endpoint, values)
