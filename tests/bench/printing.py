"""Certificates on the site: one at issue against plain WeasyPrint, and a cohort's archive."""

import hashlib
import time
from datetime import UTC, datetime

from sqlalchemy import select

from course_engine.app import create_app
from course_engine.certificates import samples
from course_engine.certificates.facts import Issuer
from course_engine.certificates.facts import to_document as facts_document
from course_engine.records.certificate_tables import CERTIFICATE, PDF
from course_engine.records.enrollments import ENROLLMENT
from course_engine.web.database import db
from tests.bench import certificates, peers
from tests.bench.browsing import Browser
from tests.bench.figures import Figure, ratios
from tests.bench.load import Line
from tests.bench.seeding import Site, settings
from tests.bench.serving import Server

ARCHIVED = 40


def at_issue(*, times: int) -> tuple[list[Figure], bytes]:
    """Print, sign and attach as issuing does, and the same certificate by WeasyPrint alone."""
    people = certificates.people()
    first = next(people)
    plain = peers.plain(first)
    plain(first)
    certificates.signed(first)
    ours, theirs = [], []
    for _ in range(times):
        told = next(people)
        ours.append(certificates.processor(certificates.signed, [told]) * 1000)
        theirs.append(certificates.processor(plain, [told]) * 1000)
    figures = [
        Figure(
            name="one at issue, signed, processor time",
            where="certificates",
            unit="ms",
            values=(*ours,),
            at_most=150,
        ),
        Figure(
            name="one at issue, signed, times as quick as plain",
            where="certificates",
            unit="×",
            values=ratios(theirs, ours),
            at_least=3,
        ),
    ]
    return figures, certificates.unsigned(first)


def archive(place: Site, server: Server, pdf: bytes, *, times: int) -> list[Figure]:
    """Download the archive of a cohort with some certificates in force."""
    facts = samples.sample_facts(
        "Rosa Ñandú",
        issuer=Issuer(name="Example Peer Network"),
        signatory=None,
        site_address="https://learn.example.org",
        today=datetime.now(UTC).date(),
    )
    app = create_app(settings(place.instance, place.curriculum, place.database_url))
    with app.app_context():
        chosen = db.session.execute(select(ENROLLMENT).limit(ARCHIVED)).all()
        for number, enrollment in enumerate(chosen):
            added = db.session.execute(
                CERTIFICATE.insert()
                .values(
                    serial=f"CE-BENCH-{number}",
                    code=facts.code,
                    enrollment_id=enrollment.id,
                    person_id=enrollment.person_id,
                    course_slug=enrollment.course_slug,
                    cohort_id=enrollment.cohort_id,
                    search_name="rosa",
                    kind=facts.kind,
                    state="issued",
                    facts=facts_document(facts),
                    pdf_sha256=hashlib.sha256(pdf).hexdigest(),
                    issued_at=datetime.now(UTC),
                )
                .returning(CERTIFICATE.c.id)
            ).scalar_one()
            db.session.execute(PDF.insert().values(certificate_id=added, pdf=pdf))
        db.session.commit()
        db.close()
    cohort = place.register.rpartition("/")[2]
    request = Browser(server, place.coordinator).request("GET", f"/issued/cohorts/{cohort}.zip")
    rates = []
    for _ in range(times):
        began = time.perf_counter()
        Line().ask(request)
        rates.append(ARCHIVED / (time.perf_counter() - began))
    return [
        Figure(
            name=f"archive of a cohort, {ARCHIVED} certificates",
            where="certificates",
            unit="/s",
            values=tuple(rates),
        )
    ]
