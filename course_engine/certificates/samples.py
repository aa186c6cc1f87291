"""Facts of a certificate that nobody earned, to see what a design does with a name."""

from datetime import date, timedelta

from course_engine.certificates import serials
from course_engine.certificates.facts import Approval, CertificateFacts, Issuer, Kind, Signatory
from course_engine.certificates.names import printable_name


def sample_facts(
    name: str,
    *,
    issuer: Issuer,
    signatory: Signatory | None,
    cosignatory: Signatory | None = None,
    site_address: str,
    today: date,
    time_zone: str = "UTC",
    language: str = "en",
    kind: Kind = "completion",
    course_title: str = "Understanding Peer Support",
    minutes: int = 900,
) -> CertificateFacts:
    """Make sample facts; serial and code are all zeros, which no certificate is given.

    A sample of a credential names an approval that nobody has given, and says so.

    ``site_address`` begins with http:// or https://. Raises NotPrintable for some names.
    """
    serial = serials.new_serial(bytes(serials.SERIAL_BYTES))
    code = serials.new_code(bytes(serials.CODE_BYTES))
    address = site_address.rstrip("/")
    return CertificateFacts(
        serial=serial,
        code=code,
        legal_name=printable_name(name),
        course_title=course_title,
        course_slug="sample",
        edition="00000000",
        language=language,
        kind=kind,
        minutes=(("self-paced", minutes),),
        started_on=today - timedelta(weeks=6),
        completed_on=today - timedelta(days=1),
        issued_on=today,
        time_zone=time_zone,
        issuer=issuer,
        signatory=signatory,
        cosignatory=cosignatory,
        approval=_APPROVAL if kind == "credential" else None,
        verify_url=f"{address}/v/{serial}/{code}",
        verify_address=f"{address.partition('://')[2]}/verify",
        statements=("This course is self-paced. Quizzes and a final exam were part of it.",),
    )


_APPROVAL = Approval(authority="(the authority, as recorded)", number="0000")
