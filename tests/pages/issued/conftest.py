"""What the tests of issued certificates share."""

import pytest

from course_engine.certificates.facts import CertificateFacts
from course_engine.web import making
from course_engine.web.making import Made
from tests.pages.issued.given import pdf_of


@pytest.fixture
def quick_press(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press that only writes the serial down: what is printed is tested elsewhere."""

    def make(facts: CertificateFacts, *, status_index: int) -> Made:
        return Made(pdf=pdf_of(facts.serial), credential=b"{}")

    monkeypatch.setattr(making, "make", make)
