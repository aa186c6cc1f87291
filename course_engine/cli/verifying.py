"""``course-engine verify``: whether a certificate is genuine, and in force."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from course_engine.certificates import facts as printed
from course_engine.certificates import serials
from course_engine.certificates.credentials import checking as by_keys
from course_engine.certificates.credentials import copies
from course_engine.certificates.keyring import PublicKey
from course_engine.cli import keys_at_hand, starting
from course_engine.records import certificates
from course_engine.web import answers, checking
from course_engine.web.database import db

GENUINE_AND_IN_FORCE, NO, NOT_ASKED = 0, 1, 3
_SAID = {
    "genuine": "genuine",
    "unnamed": "unchanged, and signed by a key that you did not name",
    "altered": "altered: it is not what was signed",
    "unknown": "unknown: nothing in it can be checked",
}

_OF_PICTURE = {"checked": "the credential in the picture; anybody may have drawn the picture"}


@click.command()
@click.argument("what", metavar="FILE…|SERIAL", nargs=-1, required=True)
@click.option("--code", help="The code printed beside the serial; not needed for files.")
@click.option(
    "--issuer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Trust the keys in this file, the issuer's did.json. No records are asked.",
)
@click.option("--offline", is_flag=True, help="Ask no records; trust the keys of this site.")
@click.option("--demo", is_flag=True, help="Ask the demo site's records.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
def verify(  # noqa: PLR0917 - the options of the command
    what: tuple[str, ...],
    code: str | None,
    issuer: Path | None,
    offline: bool,  # noqa: FBT001
    demo: bool,  # noqa: FBT001
    shape: str,
) -> None:
    """Check certificates: PDF, JSON, PNG or SVG files, or one serial number with --code.

    A file is checked by the signatures in it. With this site's records, the answer also says
    whether the certificate is in force. Without them (--issuer, --offline, or no database) it
    says everything else; no network is used.

    \b
    Exit code of the worst answer:
      0  genuine and in force
      1  superseded, withdrawn, altered, unknown, or signed by a key that was not named
      2  the command was not understood
      3  genuine, and nobody was asked whether it is in force
    """  # noqa: D301 - click wants the character itself, which keeps lines apart
    if issuer is not None or offline or (not demo and not keys_at_hand.records_exist()):
        keys = keys_at_hand.named(issuer) if issuer else keys_at_hand.of_this_site(demo=demo)
        found = [_by_keys(Path(each), keys) for each in what]
    else:
        with starting.context(demo=demo):
            found = list(_by_records(what, code))
    for answer in found:
        _tell(answer, shape)
    raise SystemExit(max(map(_exit_code, found), key=(0, 3, 1).index))


def _by_keys(path: Path, keys: tuple[PublicKey, ...]) -> dict[str, Any]:
    content = _read(path)
    try:
        copy = copies.opened(content)
        found = by_keys.check(content, copy, keys)
    except copies.Unreadable as error:
        return {"file": str(path), "verdict": "unknown", "reason": str(error)}
    return {
        "file": str(path),
        "verdict": found.verdict,
        **(_OF_PICTURE if copy.is_picture else {}),
        **({"standing": "not asked"} if found.facts else {}),
        **({"signer": found.signer} if found.signer else {}),
        **_differences(found.differences),
        **(answers.said(found.facts, shows_name=True) if found.facts else {}),
    }


def _by_records(what: tuple[str, ...], code: str | None) -> Iterator[dict[str, Any]]:
    for each in what:
        if not Path(each).is_file():
            yield _by_serial(each, code)
            continue
        try:
            found = checking.check(_read(Path(each)))
        except copies.Unreadable as error:
            yield {"file": each, "verdict": "unknown", "reason": str(error)}
            continue
        standing = answers.STANDINGS[found.certificate.state] if found.certificate else "no record"
        yield {
            "file": each,
            "verdict": found.verdict,
            **(_OF_PICTURE if found.in_picture else {}),
            **({"standing": standing} if found.facts else {}),
            **_differences(found.differences),
            **({"added": found.added} if found.added else {}),
            **(answers.said(found.facts, shows_name=True) if found.facts else {}),
        }


def _by_serial(what: str, code: str | None) -> dict[str, Any]:
    if code is None:
        starting.stop(f"There is no file {what}. For a number, give --code CODE printed beside it.")
    try:
        serial, typed = serials.parse_serial(what), serials.parse_code(code)
    except serials.Mistyped as error:
        starting.stop(str(error))
    found = certificates.for_verification(db.session, serial, typed)
    if found is None:
        return {"verdict": "unknown", "serial": serial}
    facts = printed.from_document(found.facts)
    return {
        "verdict": "genuine",
        "standing": answers.STANDINGS[found.state],
        **answers.said(facts, shows_name=True),
    }


def _differences(found: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "differences": [
            {"field": one.name, "signed": one.signed, "certain": one.certain} for one in found
        ]
    }


def _tell(answer: dict[str, Any], shape: str) -> None:
    if shape == "json":
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(f"{answer.get('file', answer.get('serial'))}: {_SAID[answer['verdict']]}")
    for one in answer.pop("differences", ()):
        sure = "" if one["certain"] else " (not certain: compare it by eye)"
        click.echo(f"  differs: {one['field']}; signed was: {one['signed']}{sure}")
    for name, value in answer.items():
        if name not in {"file", "verdict"} and value not in (None, "", [], {}):
            click.echo(f"  {name}: {_plain(value)}")


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{_plain(each)}" for each in value.values() if each)
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    return str(value)


def _exit_code(answer: dict[str, Any]) -> int:
    if answer["verdict"] != "genuine":
        return NO
    if answer["standing"] in {"not asked", "no record"}:
        return NOT_ASKED
    return GENUINE_AND_IN_FORCE if answer["standing"] == "in force" else NO


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(copies.LARGEST + 1)
    except OSError as error:
        starting.stop(f"{path} cannot be read: {error.strerror}.")
