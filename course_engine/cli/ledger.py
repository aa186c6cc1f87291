"""``course-engine ledger``: whether anything was changed behind the back of the site."""

from itertools import islice
from pathlib import Path

import click

from course_engine.certificates import ledger as chain
from course_engine.cli import starting
from course_engine.records import ledger as entries
from course_engine.records import ledger_checking
from course_engine.web import ledger as heads
from course_engine.web.clock import now
from course_engine.web.database import db

_MOST_TOLD = 20


@click.group()
def ledger() -> None:
    """Check the chain of everything that happened to certificates, and print its head.

    Each issue, withdrawal, replacement and restoration is an entry that repeats the hash of the
    one before. Whoever keeps a head on paper, or in a mailbox that the administrator cannot
    change, can tell later whether anything before it was altered or put in.
    """


@ledger.command()
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with a head that was printed or mailed earlier.",
)
@click.option("--demo", is_flag=True, help="Check the demo site's records.")
def check(*, against: Path | None, demo: bool) -> None:
    """Check every entry, and every certificate, event and PDF against it.

    Exit code 0 when all fit; 1 when something does not, and the first broken number is named;
    2 when the check cannot begin.
    """
    kept = None
    if against is not None:
        try:
            kept = chain.read_head(against.read_text(encoding="utf-8", errors="replace"))
        except chain.NotAHead as error:
            starting.stop(f"{against}: {error}")
    # As a page that is only looked at: the check takes a while, and keeps nobody from writing.
    with starting.context(demo=demo) as app, app.test_request_context():
        ledger_checking.hold_still(db.session)
        found = list(islice(ledger_checking.faults(db.session, kept), _MOST_TOLD + 1))
        last = entries.head(db.session, now=now())
        db.session.rollback()
    for fault in found[:_MOST_TOLD]:
        click.echo(fault.text)
    if len(found) > _MOST_TOLD:
        click.echo("There is more that does not fit.")
    if found:
        number = next((fault.number for fault in found if fault.number is not None), None)
        where = "" if number is None else f" The first broken number is {number}."
        click.echo(f"The ledger does not hold.{where}")
        raise SystemExit(1)
    count = last.number if last else 0
    agrees = " It agrees with the head that you kept." if kept else ""
    click.echo(f"The ledger holds: {count} entries, and everything agrees with them.{agrees}")


@ledger.command()
@click.option("--demo", is_flag=True, help="Print the demo site's head.")
def head(*, demo: bool) -> None:
    """Print the head of the ledger as it is now: keep it where nobody can change it.

    Exit code 1 when no certificate was issued yet.
    """
    with starting.context(demo=demo):
        text = heads.head_text()
        db.session.rollback()
    if text is None:
        click.echo("The ledger is empty: no certificate was issued yet.")
        raise SystemExit(1)
    click.echo(text, nl=False)
