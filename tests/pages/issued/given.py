"""Certificates that were given, without the half second that printing one takes."""

import secrets
from datetime import date

from flask import Flask

from course_engine.certificates import serials
from course_engine.certificates.facts import CertificateFacts, Issuer
from course_engine.records import certificates
from course_engine.web import catalog
from course_engine.web.database import db
from tests.pages.cohorts.crowds import NOW, go_on, join, settle

DAY = date(2026, 11, 3)


def certify(app: Flask, cohort: int, legal_name: str) -> str:
    """Let somebody of a cohort finish the sample course; return the serial."""
    with app.app_context():
        person = settle(legal_name, f"{secrets.token_hex(8)}@example.org")
        enrollment = join(person, cohort)
        assert go_on(person, enrollment, steps=99)
        serial = serials.new_serial(secrets.token_bytes(serials.SERIAL_BYTES))
        code = serials.new_code(secrets.token_bytes(serials.CODE_BYTES))
        facts = CertificateFacts(
            serial=serial,
            code=code,
            legal_name=legal_name,
            course_title="First Steps",
            course_slug="first-steps",
            edition=enrollment.edition_digest[:12],
            language="en",
            kind="completion",
            minutes=(("self-paced", 30),),
            started_on=DAY,
            completed_on=DAY,
            issued_on=DAY,
            time_zone="America/New_York",
            issuer=Issuer(name="Test Organization"),
            verify_url=f"http://localhost/v/{serial}/{code}",
            verify_address="http://localhost/verify",
        )
        certificates.issue(
            db.session,
            enrollment,
            course=catalog.edition(enrollment.edition_digest),
            facts=facts,
            pdf=pdf_of(serial),
            now=NOW,
        )
        db.session.commit()
    return serial


def pdf_of(serial: str) -> bytes:
    """Return what stands for the bytes of a certificate."""
    return f"%PDF of {serial}".encode()
