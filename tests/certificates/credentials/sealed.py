"""Facts and keys that credentials are tried with."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from course_engine.certificates.facts import Approval, CertificateFacts, Issuer, Signatory
from course_engine.certificates.key_making import make_credential_key
from course_engine.certificates.samples import sample_facts

KEY = make_credential_key(bytes(range(32)), created=datetime(2026, 1, 1, tzinfo=UTC))
OTHER_KEY = make_credential_key(bytes(range(1, 33)), created=datetime(2026, 2, 1, tzinfo=UTC))
FACTS = replace(
    sample_facts(
        "Rosa María Delgado",
        issuer=Issuer(name="Harbor", place="Duluth, Minnesota", web="https://harbor.example"),
        signatory=Signatory(name="Amara Obi, MSW", title="Director"),
        site_address="https://learn.harbor.example",
        today=date(2026, 11, 20),
        time_zone="America/Chicago",
    ),
    verify_address="https://learn.harbor.example/verify",
)
CREDENTIAL = replace(
    FACTS,
    kind="credential",
    minutes=(("live", 600), ("self-paced", 330)),
    cosignatory=Signatory(name="Denise Park", title="Coordinator"),
    approval=Approval(authority="State Board", number="A-12"),
)
WITHOUT_HTTPS = replace(
    FACTS,
    verify_url=FACTS.verify_url.replace("https://learn.harbor.example", "http://127.0.0.1:8000"),
    verify_address="http://127.0.0.1:8000/verify",
)


def but(facts: CertificateFacts = FACTS, **changes: Any) -> CertificateFacts:
    return replace(facts, **changes)
