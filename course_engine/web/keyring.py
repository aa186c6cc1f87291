"""The keys of this site: made when they are first needed, or the organization's own."""

import secrets
from datetime import datetime
from pathlib import Path

from flask import Flask, current_app

from course_engine.certificates import key_making, keyring
from course_engine.certificates.keyring import Keyring, PublicKey, Purpose, SigningKey
from course_engine.errors import N_, Refused
from course_engine.settings import PREFIX, Settings, WrongSetting
from course_engine.web import key_folder
from course_engine.web.clock import now
from course_engine.web.site import Site


class KeysUnusable(RuntimeError):
    """The folder with the keys cannot be read or written; one line says why."""


class StillInUse(Refused):
    """The key in use cannot be distrusted: something must sign in its place first."""

    explanation = N_("This key is in use. Make a new one first: course-engine keys rotate")


class OwnKeyInUse(Refused):
    """The organization's own PKCS#12 signs documents, so there is nothing here to rotate."""

    explanation = N_(
        "Certificates are signed with your own PKCS#12 file. Put the new one in its place."
    )


def init_app(app: Flask, settings: Settings) -> None:
    """Check the organization's own key where there is one; it is read once, at the start.

    :raises WrongSetting: nothing can be signed with it.
    """
    app.extensions["own_key"] = _own(settings)


def current() -> Keyring:
    """Return the keys of this site; those that are missing are made.

    :raises KeysUnusable: their folder cannot be read or written.
    """
    settings: Settings = current_app.extensions["settings"]
    try:
        credentials = key_folder.with_one_in_use(
            settings.keys, "credentials", _new_credential_key, _signs
        )
        documents = _documents(settings.keys)
    except (OSError, ValueError) as error:
        raise KeysUnusable(f"The keys in {settings.keys} cannot be used: {error}.") from error
    return Keyring(
        credentials=_signing(credentials[-1]),
        documents=_signing(_own_key() or documents[-1]),
        retired=tuple(
            key.public if isinstance(key, SigningKey) else key
            for kept in (credentials, documents)
            for key in reversed(keyring.in_order(kept)[:-1])
        ),
    )


def expiring() -> datetime | None:
    """Return when the certificate in use ends, if that is within 60 days; makes nothing."""
    try:
        kept = key_folder.kept(current_app.extensions["settings"].keys, "documents")
    except (OSError, ValueError):
        return None  # Pages are shown all the same; whoever signs is told.
    in_use = _own_key() or (kept[-1] if kept else None)
    return in_use.expires if in_use and in_use.expires_soon(now()) else None


def rotate(purpose: Purpose) -> SigningKey:
    """Make a new key and use it from now on; the old one goes on checking what it signed.

    :raises OwnKeyInUse: documents are signed with a key that is not made here.
    """
    if purpose == "documents" and _own_key():
        raise OwnKeyInUse
    before = current().known(purpose)
    folder = current_app.extensions["settings"].keys
    make = _new_credential_key if purpose == "credentials" else _new_document_key
    key_folder.with_one_in_use(folder, purpose, make, lambda key: key.id != before[0].id)
    made = current()
    return made.credentials if purpose == "credentials" else made.documents


def distrust(key: PublicKey) -> None:
    """Let a retired key vouch for nothing any more, because others may have its private part.

    :raises StillInUse: the key signs, and another one has to be made first.
    """
    if key.retired is None:
        raise StillInUse
    key_folder.distrust(current_app.extensions["settings"].keys, key)


def _documents(folder: Path) -> tuple[PublicKey, ...]:
    own = _own_key()
    if own is None:
        return key_folder.with_one_in_use(folder, "documents", _new_document_key, _signs)
    # Only the public part is kept: it must be known when the file has long been replaced.
    return key_folder.with_one_in_use(
        folder, "documents", lambda: own.public, lambda key: key.fingerprint == own.fingerprint
    )


def _signs(key: PublicKey) -> bool:
    """Say whether a key that was made here may go on signing."""
    return isinstance(key, SigningKey) and (key.expires is None or key.expires > now())


def _signing(key: PublicKey) -> SigningKey:
    if not isinstance(key, SigningKey):
        raise TypeError("A key in use has its private part.")
    return key


def _new_credential_key() -> SigningKey:
    return key_making.make_credential_key(
        secrets.token_bytes(key_making.CREDENTIAL_KEY_BYTES), created=now()
    )


def _new_document_key() -> SigningKey:
    site: Site = current_app.extensions["site"]
    return key_making.make_document_key(
        secrets.token_bytes(key_making.DOCUMENT_KEY_BYTES),
        created=now(),
        organization=site.organization,
    )


def _own_key() -> SigningKey | None:
    own: SigningKey | None = current_app.extensions["own_key"]
    return own


def _own(settings: Settings) -> SigningKey | None:
    if settings.signing_pkcs12 is None:
        return None
    try:
        content = settings.signing_pkcs12.read_bytes()
        return key_making.from_pkcs12(content, settings.signing_passphrase, now=now())
    except OSError as error:
        why = error.strerror or "it cannot be read"
    except key_making.KeyUnusable as error:
        why = str(error)
    raise WrongSetting(f"{PREFIX}SIGNING_PKCS12, {settings.signing_pkcs12}: {why}.")
