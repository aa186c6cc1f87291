"""The keys of this site, kept in ``instance/keys``: one file for each, never changed or removed.

The newest file of a purpose is the key in use; the others are retired. A file comes into being
whole: it is written beside its place and then linked into it, which only one process can do.
"""

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app

from course_engine.certificates import key_files, key_making, keyring
from course_engine.certificates.keyring import Keyring, PublicKey, Purpose, SigningKey
from course_engine.errors import N_, Refused
from course_engine.settings import PREFIX, Settings, WrongSetting
from course_engine.web.clock import now
from course_engine.web.site import Site


class KeysUnusable(RuntimeError):
    """The folder with the keys cannot be read or written; one line says why."""


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
        credentials = _with_one_in_use(settings.keys, "credentials", _new_credential_key, _signs)
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
        kept = _kept(current_app.extensions["settings"].keys, "documents")
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
    _with_one_in_use(folder, purpose, make, lambda key: key.id != before[0].id)
    made = current()
    return made.credentials if purpose == "credentials" else made.documents


def _documents(folder: Path) -> tuple[PublicKey, ...]:
    own = _own_key()
    if own is None:
        return _with_one_in_use(folder, "documents", _new_document_key, _signs)
    # Only the public part is kept: it must be known when the file has long been replaced.
    return _with_one_in_use(
        folder, "documents", lambda: own.public, lambda key: key.fingerprint == own.fingerprint
    )


def _with_one_in_use(
    folder: Path,
    purpose: Purpose,
    make: Callable[[], PublicKey],
    is_in_use: Callable[[PublicKey], bool],
) -> tuple[PublicKey, ...]:
    """List the keys of a purpose, oldest first, after adding one unless the last is in use."""
    while not ((kept := _kept(folder, purpose)) and is_in_use(kept[-1])):
        # Of processes that do this at once, one adds its key and all of them read it.
        last = max(
            (int(path.stem.rpartition("-")[2]) for path in _files(folder, purpose)), default=0
        )
        _add(folder, folder / f"{purpose}-{last + 1:04}.pem", key_files.written(make()))
    return kept


def _kept(folder: Path, purpose: Purpose) -> tuple[PublicKey, ...]:
    return tuple(_read(path, path.stat().st_mtime_ns) for path in _files(folder, purpose))


def _files(folder: Path, purpose: Purpose) -> list[Path]:
    return sorted(folder.glob(f"{purpose}-[0-9]*.pem"))


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> PublicKey:  # noqa: ARG001 - a restored file is read again
    return key_files.read(path.read_bytes())


def _add(folder: Path, place: Path, content: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f".{secrets.token_hex(8)}"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        place.hardlink_to(beside)
        _keep_name(folder)
    except FileExistsError:
        return
    finally:
        beside.unlink()


def _keep_name(folder: Path) -> None:
    """Have the new name survive a power cut, before anything is signed with the key."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


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
