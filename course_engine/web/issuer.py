"""This site as an issuer: its identifier, its public keys, and its signed status lists."""

from functools import lru_cache

from flask import current_app

from course_engine.certificates.credentials import (
    did_documents,
    identifiers,
    proofs,
    sealing,
    status_lists,
)
from course_engine.certificates.credentials.status_lists import Purpose
from course_engine.certificates.keyring import PublicKey, SigningKey
from course_engine.errors import Missing
from course_engine.records import status_places
from course_engine.records.status_places import Standing
from course_engine.web import keyring
from course_engine.web.database import db


def public_url() -> str:
    """Return the address that everything which this site signs begins with."""
    url: str = current_app.extensions["settings"].public_url
    return url


def did() -> str:
    """Return the identifier under which this site signs now."""
    return identifiers.did(public_url(), keyring.current().credentials)


def public_keys() -> tuple[PublicKey, ...]:
    """List the keys that vouch for what was signed here: those in use and those retired."""
    held = keyring.current()
    return (*held.known("credentials"), *held.known("documents"))


def every_key() -> tuple[PublicKey, ...]:
    """List every key that this site ever had, those that are not to be trusted any more too."""
    held = keyring.current()
    return (*held.every("credentials"), *held.every("documents"))


def did_document() -> bytes:
    """Write down every public key, for whoever checks what was signed here."""
    return sealing.text(did_documents.compose(did(), public_keys()))


def status_list(purpose: Purpose, number: int) -> bytes:
    """Return a signed status list; it is signed anew only when a bit of it has changed.

    :raises Missing: there is no such list.
    """
    if number >= status_places.lists(db.session):
        raise Missing
    standing = status_places.standing(db.session, purpose, number)
    return _signed_list(keyring.current().credentials, public_url(), purpose, number, standing)


@lru_cache(maxsize=32)
def _signed_list(
    key: SigningKey, site: str, purpose: Purpose, number: int, standing: Standing
) -> bytes:
    issuer = identifiers.did(site, key)
    since = f"{standing.changed_at or key.created:%Y-%m-%dT%H:%M:%SZ}"
    document = status_lists.compose(
        site, issuer=issuer, purpose=purpose, number=number, places=standing.places, since=since
    )
    method = identifiers.method(issuer, key)
    return sealing.text(proofs.signed(document, key, method=method, created=since))
