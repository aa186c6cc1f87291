"""A cohort's register as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterator

from flask import Blueprint, Response, current_app, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.pages.cohorts import register
from course_engine.pages.cohorts.register import Column, Line
from course_engine.records import cohorts, registers
from course_engine.records.people import Role
from course_engine.web.access import audience
from course_engine.web.database import db
from course_engine.web.site import Site

BYTE_ORDER_MARK = "\ufeff"
PIECE = 64 * 1024
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def add_to(pages: Blueprint) -> None:
    """Add the one view of the export."""
    pages.add_url_rule("/<int:cohort>/register.csv", view_func=download, methods=["GET"])


@audience(Role.COORDINATOR)
def download(cohort: int) -> ResponseReturnValue:
    """Stream the register, 500 people in memory at a time (3 statements, and 1 for each 500)."""
    cohorts.find(db.session, cohort)
    columns = register.columns(registers.editions(db.session, cohort))
    lines = register.lines(registers.everyone(db.session, cohort), columns)
    return Response(
        stream_with_context(_pieces(columns, lines)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="cohort-{cohort}-register.csv"'},
    )


def _pieces(columns: tuple[Column, ...], lines: Iterator[Line]) -> Iterator[str]:
    site: Site = current_app.extensions["site"]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(map(_safe, _head(columns)))
    for line in lines:
        writer.writerow(map(_safe, _cells(line, site)))
        if buffer.tell() > PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _head(columns: tuple[Column, ...]) -> list[str]:
    return [
        _("Legal name"),
        _("Name they go by"),
        _("E-mail address"),
        _("Began"),
        _("Ended"),
        _("Lessons done"),
        _("Lessons in all"),
        *(
            cell
            for column in columns
            for cell in (
                _("%(label)s, best percent: %(title)s", label=column.label, title=column.title),
                _("%(label)s passed", label=column.label),
            )
        ),
        _("Statements signed"),
        _("Statements in all"),
        _("Certificate"),
        _("State of the certificate"),
        _("Still lacks"),
    ]


def _cells(line: Line, site: Site) -> list[str | int]:
    entry, progress = line
    given = entry.certificate
    ended = entry.withdrawn_at
    return [
        entry.legal_name,
        entry.used_name,
        entry.email,
        entry.started_at.astimezone(site.zone).date().isoformat(),
        ended.astimezone(site.zone).date().isoformat() if ended else "",
        progress.lessons_done,
        progress.lessons,
        *(
            cell
            for _column, best in progress.grades
            for cell in ((best.percent, _("yes") if best.passed else _("no")) if best else ("", ""))
        ),
        progress.statements_signed,
        progress.statements,
        given.serial if given else "",
        given.state if given else "",
        progress.lacks,
    ]


def _safe(cell: str | int) -> str | int:
    """Keep a spreadsheet from taking what somebody wrote for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
