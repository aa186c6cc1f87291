"""Many certificates in one PDF for a printer, streamed: one certificate in memory at a time."""

from flask import Blueprint, Response, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.pages.issued import archive, filters
from course_engine.records import certificates, issued
from course_engine.records.people import Role
from course_engine.web.access import audience
from course_engine.web.database import db


def add_to(pages: Blueprint) -> None:
    """Add the one view of the file for printing."""
    pages.add_url_rule("/certificates.pdf", "for_printing", download, methods=["GET"])


@audience(Role.COORDINATOR)
def download() -> ResponseReturnValue:
    """Stream the pages of the certificates in force that the filters find.

    A merged file can carry none of their signatures, so its title says that it is for printing.
    """
    # A reader of PDF files is needed here alone, and takes its time to load.
    from course_engine.certificates import merging  # noqa: PLC0415

    wanted = filters.read(request.args)
    archive.insist_on_some(wanted)
    documents = (
        certificates.pdf(db.session, one.id) for one in issued.in_force(db.session, wanted)
    )
    title = _("Certificates for printing (copies without signatures)")
    return Response(
        stream_with_context(merging.merged(documents, title=title)),
        mimetype="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="certificates-for-printing.pdf"'},
    )
