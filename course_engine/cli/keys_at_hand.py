"""The keys that a check trusts, and whether there are records to ask."""

import json
import os
from pathlib import Path

from course_engine.certificates.credentials import did_documents
from course_engine.certificates.credentials.identifiers import NotAnIdentifier
from course_engine.certificates.keyring import PublicKey, in_order
from course_engine.cli import starting
from course_engine.settings import PREFIX
from course_engine.web import key_folder


def records_exist() -> bool:
    """Say whether this place has a database; a check never makes one."""
    url = os.environ.get(f"{PREFIX}DATABASE_URL", "")
    if url and not url.startswith("sqlite:///"):
        return True
    path = url.removeprefix("sqlite:///") if url else f"{_instance()}/course-engine.db"
    return Path(path).is_file()


def named(issuer: Path) -> tuple[PublicKey, ...]:
    """Read the keys in an issuer's did.json, or stop with one line."""
    try:
        return did_documents.keys_in(json.loads(issuer.read_bytes()))
    except (OSError, ValueError, NotAnIdentifier, TypeError) as error:
        starting.stop(f"{issuer} is not the did.json of an issuer: {error}")


def of_this_site(*, demo: bool) -> tuple[PublicKey, ...]:
    """Read the keys in ``instance/keys``; there may be none."""
    folder = Path(_instance()) / ("demo/keys" if demo else "keys")
    try:
        found = [
            key
            for purpose in ("credentials", "documents")
            for key in in_order(key_folder.kept(folder, purpose))
        ]
    except (OSError, ValueError) as error:
        starting.stop(f"The keys in {folder} cannot be read: {error}.")
    return tuple(key for key in found if not key.distrusted)


def _instance() -> str:
    return os.environ.get(f"{PREFIX}INSTANCE", "instance")
