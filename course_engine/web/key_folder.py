"""The folder that keeps keys: one file for each, never changed or removed.

The newest file of a purpose is the key in use; the others are retired, and a mark beside one says
that it leaked. A file comes into being whole: it is written beside its place and then linked into
it, which only one process can do.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from course_engine.certificates import key_files
from course_engine.certificates.keyring import PublicKey, Purpose


def kept(folder: Path, purpose: Purpose) -> tuple[PublicKey, ...]:
    """List the keys of a purpose, oldest first.

    :raises OSError, ValueError: a file cannot be read, or is no key.
    """
    return tuple(
        replace(_read(path, path.stat().st_mtime_ns), distrusted=_mark(path).exists())
        for path in _files(folder, purpose)
    )


def with_one_in_use(
    folder: Path,
    purpose: Purpose,
    make: Callable[[], PublicKey],
    is_in_use: Callable[[PublicKey], bool],
) -> tuple[PublicKey, ...]:
    """List the keys of a purpose, after adding one unless the last is in use."""
    while not ((found := kept(folder, purpose)) and is_in_use(found[-1])):
        last = max(
            (int(path.stem.rpartition("-")[2]) for path in _files(folder, purpose)), default=0
        )
        # Of processes that do this at once, one adds its key and all of them read it.
        _add(folder, folder / f"{purpose}-{last + 1:04}.pem", key_files.written(make()))
    return found


def distrust(folder: Path, key: PublicKey) -> None:
    """Put the mark beside a key that others may have."""
    for path in _files(folder, key.purpose):
        if _read(path, path.stat().st_mtime_ns).id == key.id:
            _mark(path).touch(mode=0o600)


def _files(folder: Path, purpose: Purpose) -> list[Path]:
    return sorted(folder.glob(f"{purpose}-[0-9]*.pem"))


def _mark(path: Path) -> Path:
    return path.with_suffix(".distrusted")


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
