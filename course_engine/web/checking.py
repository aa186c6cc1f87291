"""A stranger's copy, checked against the keys and the records of this site."""

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from course_engine.certificates import facts as printed
from course_engine.certificates import serials
from course_engine.certificates.credentials import copies, printed_words, strict_json
from course_engine.certificates.credentials.copies import Copy
from course_engine.certificates.credentials.printed_words import Difference
from course_engine.certificates.facts import CertificateFacts
from course_engine.records import certificates
from course_engine.records.certificates import Certificate
from course_engine.web import issuer
from course_engine.web.database import db

_SERIAL = re.compile(r"CE(?:-[0-9A-Z]{4}){2}-[0-9A-Z]")
_CODE = re.compile(r"(?:[0-9A-Z]{3}-){8}[0-9A-Z]{3}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a copy is, and how its certificate stands.

    ``facts`` are true. ``name_is_known``: whoever has this file can read the true name in it, so
    it tells them nothing new. ``certificate`` is None where this site has no record of it.
    ``added``: words that a changed PDF holds and the true one does not.
    ``in_picture``: what was checked is the credential in a picture, which anybody may have drawn.
    """

    verdict: Literal["genuine", "altered", "unknown"]
    certificate: Certificate | None = None
    facts: CertificateFacts | None = None
    differences: tuple[Difference, ...] = ()
    added: str = ""
    name_is_known: bool = False
    in_picture: bool = False


def check(content: bytes) -> Answer:
    """Check a file that somebody handed in.

    :raises Unreadable: it is nothing that we give out.
    """
    stored = certificates.for_document(db.session, hashlib.sha256(content).hexdigest())
    if stored is not None:
        facts = printed.from_document(stored.facts)
        return Answer(verdict="genuine", certificate=stored, facts=facts, name_is_known=True)
    # Opening a file takes time, and nobody shall wait for the database meanwhile.
    db.session.rollback()
    copy = copies.opened(content)
    # What knows credentials and signatures takes a moment to load, and this page alone needs it.
    from course_engine.certificates.credentials import checking  # noqa: PLC0415

    found = checking.check(content, copy, issuer.public_keys())
    db.session.rollback()
    if found.facts is not None and found.verdict in {"genuine", "altered"}:
        recorded = _recorded(found.facts.serial, found.facts.code)
        return Answer(
            verdict="genuine" if found.verdict == "genuine" else "altered",
            certificate=recorded,
            facts=found.facts,
            differences=found.differences,
            added=_added(copy, recorded) if found.verdict == "altered" and recorded else "",
            name_is_known=True,
            in_picture=copy.is_picture,
        )
    return _by_records(copy, found.claimed or found.facts)


def _by_records(copy: Copy, claimed: CertificateFacts | None) -> Answer:
    """Compare a copy that proves nothing with the record that it names by number and code."""
    numbers = (claimed.serial, claimed.code) if claimed else _numbers(copy.text)
    recorded = _recorded(*numbers) if numbers else None
    if recorded is None:
        return Answer(verdict="unknown")
    true = printed.from_document(recorded.facts)
    if claimed and _is_ours(copy, recorded):
        return Answer(
            verdict="genuine",
            certificate=recorded,
            facts=true,
            name_is_known=True,
            in_picture=copy.is_picture,
        )
    differences = (
        printed_words.differing(true, claimed)
        if claimed
        else printed_words.missing_in(copy.text, true)
    )
    return Answer(verdict="altered", certificate=recorded, facts=true, differences=differences)


def _added(copy: Copy, recorded: Certificate) -> str:
    """Find the words in a changed PDF that are not in ours, such as a name over the true one."""
    own = certificates.pdf(db.session, recorded.id)
    db.session.rollback()
    return printed_words.added(copy.text, copies.opened(own).text)


def _is_ours(copy: Copy, recorded: Certificate) -> bool:
    """Say whether a credential is the one that was issued, though its key vouches no longer."""
    own = copies.credential_of(certificates.pdf(db.session, recorded.id))
    if copy.kind == "pdf" or copy.credential is None or own is None:
        return False
    return strict_json.parsed(copy.credential) == strict_json.parsed(own)


def _numbers(text: str) -> tuple[str, str] | None:
    flat = "".join(text.split())
    serial, code = _SERIAL.search(flat), _CODE.search(flat)
    return (serial[0], code[0]) if serial and code else None


def _recorded(serial: str, code: str) -> Certificate | None:
    try:
        return certificates.for_verification(
            db.session, serials.parse_serial(serial), serials.parse_code(code)
        )
    except serials.Mistyped:
        return None
