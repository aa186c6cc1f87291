"""Many certificates in one ZIP file, streamed: one certificate in memory at a time."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import facts as printed
from course_engine.certificates import wording
from course_engine.certificates.facts import CertificateFacts
from course_engine.errors import Refused
from course_engine.pages.issued import filters
from course_engine.records import certificates, cohorts, issued
from course_engine.records.certificates import Certificate
from course_engine.records.issued import Filters
from course_engine.records.people import Role
from course_engine.web.access import audience
from course_engine.web.database import db

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MOST_NAME_BYTES = 120
# Signs that some file system gives a meaning to, and everything that cannot be seen.
_UNSAFE = re.compile(r'[/\\:*?"<>|]')
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def add_to(pages: Blueprint) -> None:
    """Add the two views of the archive: of a cohort, and of whatever filters find."""
    pages.add_url_rule("/cohorts/<int:cohort>.zip", "archive", download, methods=["GET"])
    pages.add_url_rule("/certificates.zip", "archive_of_found", download_found, methods=["GET"])


@audience(Role.COORDINATOR)
def download(cohort: int) -> ResponseReturnValue:
    """Stream a cohort's certificates in force (3 statements, and 1 for each certificate)."""
    cohorts.find(db.session, cohort)
    return _streamed(Filters(cohort=cohort), f"cohort-{cohort}-certificates.zip")


@audience(Role.COORDINATOR)
def download_found() -> ResponseReturnValue:
    """Stream the certificates in force that the filters find."""
    return _streamed(filters.read(request.args), "certificates.zip")


def insist_on_some(wanted: Filters) -> None:
    """Refuse a download that would be empty.

    :raises Refused: nothing in force fits the filters.
    """
    if not issued.page(db.session, replace(wanted, state="issued"), size=1).rows:
        raise Refused(_("There are no certificates in force here yet."))


def _streamed(wanted: Filters, name: str) -> ResponseReturnValue:
    insist_on_some(wanted)
    return Response(
        stream_with_context(_zipped(issued.in_force(db.session, wanted))),
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def file_name(facts: CertificateFacts) -> str:
    """Name a certificate in the archive: the holder's name for a reader, and its own file name.

    Nothing in it can lead out of the folder in which the archive is opened.
    """
    return " - ".join(part for part in (_safe(facts.legal_name), wording.file_name(facts)) if part)


def _zipped(wanted: Iterable[Certificate]) -> Iterator[bytes]:
    drain = _Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for certificate in wanted:
            facts = printed.from_document(certificate.facts)
            day = facts.issued_on
            entry = zipfile.ZipInfo(file_name(facts), (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, certificates.pdf(db.session, certificate.id))
            yield drain.taken()
    yield drain.taken()


def _safe(name: str) -> str:
    seen = (
        " " if unicodedata.category(sign) in _UNSEEN else sign
        for sign in unicodedata.normalize("NFC", _UNSAFE.sub(" ", name))
    )
    short = " ".join("".join(seen).split()).encode()[:MOST_NAME_BYTES].decode(errors="ignore")
    return short.strip(". ")


class _Drain(io.RawIOBase):
    """Takes what is written to it and hands it on; it cannot go back to what is gone."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: "ReadableBuffer") -> int:
        piece = bytes(content)
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        piece, self._held = bytes(self._held), bytearray()
        return piece
