"""``course-engine verify``: whether a certificate is real, and in force."""

import hashlib
import json
from pathlib import Path

import click

from course_engine.certificates import serials
from course_engine.cli import starting
from course_engine.records import certificates
from course_engine.web.database import db


@click.command()
@click.argument("what", metavar="SERIAL|FILE")
@click.option("--code", help="The code printed beside the serial; not needed for a file.")
@click.option("--demo", is_flag=True, help="Ask the demo site's records.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
def verify(what: str, code: str | None, *, demo: bool, shape: str) -> None:
    """Check a certificate against this site's records.

    Give the serial number and --code, or the PDF file. A file is genuine when it is byte for byte
    the one that was issued. Exit code 0 when it is genuine and in force, 1 otherwise.
    """
    with starting.context(demo=demo):
        if Path(what).is_file():
            found = certificates.for_document(
                db.session, hashlib.sha256(Path(what).read_bytes()).hexdigest()
            )
        else:
            found = _by_serial(what, code)
        answer = (
            {"status": "unknown"}
            if found is None
            else {"status": str(found.state), "serial": found.serial, **found.facts}
        )
    answer.pop("code", None)
    if shape == "json":
        click.echo(json.dumps(answer, indent=2, ensure_ascii=False, default=str))
    else:
        for name, value in answer.items():
            click.echo(f"{name.replace('_', ' ')}: {value}")
    if answer["status"] != "issued":
        raise SystemExit(1)


def _by_serial(what: str, code: str | None) -> certificates.Certificate | None:
    if code is None:
        starting.stop("Give --code CODE, printed beside the serial, or the PDF file itself.")
    try:
        serial, typed = serials.parse_serial(what), serials.parse_code(code)
    except serials.Mistyped as error:
        starting.stop(str(error))
    return certificates.for_verification(db.session, serial, typed)
