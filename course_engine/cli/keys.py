"""``course-engine keys``: what certificates are signed with."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import get_args

import click

from course_engine.certificates import key_files
from course_engine.certificates.keyring import Keyring, PublicKey, Purpose
from course_engine.cli import starting
from course_engine.records import journal
from course_engine.web import keyring
from course_engine.web.clock import now
from course_engine.web.database import db

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

_demo = click.option("--demo", is_flag=True, help="The keys of the demo site instead of your own.")


@click.group()
def keys() -> None:
    """See and change the keys that certificates are signed with.

    A site makes its keys when it first needs them and keeps them in "keys" below its instance
    folder. One signs PDF documents, one signs credentials and status lists. Nothing here shows the
    secret part of a key, and nothing removes a key.
    """


@keys.command("list")
@_demo
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
def list_(*, demo: bool, shape: str) -> None:
    """List all keys: which are in use, since when, and until when.

    The fingerprint is the SHA-256 of the certificate, as PDF readers show it, or of the key itself
    where there is no certificate. Tell it to people over another channel, so that they can compare.
    """
    with starting.context(demo=demo):
        listed = [_row(key) for key in _all(_current())]
    if shape == "json":
        click.echo(json.dumps(listed, indent=2))
        return
    for row in listed:
        state = f"retired {row['retired']}" if row["retired"] else "in use"
        state += ", distrusted" if row["distrusted"] else ""
        ends = f", certificate until {row['expires']}" if row["expires"] else ""
        click.echo(f"{row['purpose']}  {row['id']}  {state}, created {row['created']}{ends}")
        click.echo(f"  SHA-256 {row['fingerprint']}")


@keys.command()
@click.argument("key_id", metavar="ID")
@_demo
def show(key_id: str, *, demo: bool) -> None:
    """Print the public part of the key with this ID as PEM, to hand it to others.

    For a key that signs documents this is its certificate: whoever adds it to the trusted
    certificates of a PDF reader sees your signatures as trusted.
    """
    with starting.context(demo=demo):
        found = _found(key_id)
    click.echo(key_files.exported(found).decode(), nl=False)


@keys.command()
@click.argument("purpose", type=click.Choice(PURPOSES))
@_demo
def rotate(purpose: Purpose, *, demo: bool) -> None:
    """Make a new key for documents or credentials, and sign with it from now on.

    The old key signs nothing any more, and stays known: what it signed goes on being checked.
    A site that is running takes the new key with its next certificate; no restart is needed.
    """
    with starting.context(demo=demo):
        try:
            made = keyring.rotate(purpose)
        except (keyring.OwnKeyInUse, keyring.KeysUnusable) as error:
            starting.stop(str(error))
        journal.write(
            db.session, action="key.rotated", subject=("key", made.id), actor_id=None, now=now()
        )
        db.session.commit()
    click.echo(f"New key for {purpose}: {made.id}\n  SHA-256 {made.fingerprint}")
    click.echo("Make a backup of the folder with the keys now.")


@keys.command()
@click.argument("key_id", metavar="ID")
@_demo
def distrust(key_id: str, *, demo: bool) -> None:
    """Say that others may have the key with this ID, so that it vouches for nothing any more.

    Make a new key first, with "rotate". The signature of what the old key signed then proves
    nothing by itself, and the page where certificates are checked goes on knowing each of them.
    This cannot be taken back.
    """
    with starting.context(demo=demo):
        try:
            keyring.distrust(_found(key_id))
        except keyring.StillInUse as error:
            starting.stop(str(error))
        journal.write(
            db.session, action="key.distrusted", subject=("key", key_id), actor_id=None, now=now()
        )
        db.session.commit()
    click.echo(f"The key {key_id} vouches for nothing any more.")


def _current() -> Keyring:
    try:
        return keyring.current()
    except keyring.KeysUnusable as error:
        starting.stop(str(error))


def _found(key_id: str) -> PublicKey:
    found = next((key for key in _all(_current()) if key.id == key_id), None)
    return found or starting.stop(f'there is no key "{key_id}". See: course-engine keys list')


def _all(ring: Keyring) -> Iterator[PublicKey]:
    for purpose in PURPOSES:
        yield from ring.every(purpose)


def _row(key: PublicKey) -> dict[str, str | bool | None]:
    return {
        "purpose": key.purpose,
        "id": key.id,
        "created": _day(key.created),
        "retired": _day(key.retired),
        "distrusted": key.distrusted,
        "expires": _day(key.expires),
        "fingerprint": key.fingerprint,
    }


def _day(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d}" if moment else None
