"""A sample, looked at by a coordinator before anybody earns the certificate."""

from urllib.parse import urlencode

import pytest

from course_engine.certificates.preflight import Preflight
from course_engine.pages.samples import views
from course_engine.press import picturing
from tests.certificates.printed import opened, words
from tests.people import Persona


def address(page: str = "/issued/sample", **chosen: str) -> str:
    return f"{page}?{urlencode({'course': 'first-steps', **chosen})}"


@pytest.mark.slow
def test_a_sample_is_shown_as_a_picture_and_as_a_pdf(denise: Persona) -> None:
    chosen = {"name": "Nguyễn Thị Trúc", "style": "modern", "orientation": "portrait"}
    page = denise.read(address(**chosen))
    assert 'src="data:image/png;base64,' in page
    assert "/issued/sample.pdf?" in page
    pdf = denise.get(address("/issued/sample.pdf", **chosen))
    assert pdf.mimetype == "application/pdf"
    assert "Nguyễn Thị Trúc" in words(pdf.data)
    assert opened(pdf.data).pages[0].mediabox[2] < opened(pdf.data).pages[0].mediabox[3]


def test_without_a_name_only_the_form_is_shown(denise: Persona) -> None:
    page = denise.read("/issued/sample")
    assert "First Steps" in page
    assert "data:image" not in page


def test_every_fault_of_a_template_is_listed(
    denise: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = ("certificate.html, line 3: 'wrod' is undefined", "seal.svg, line 1: no")
    monkeypatch.setattr(views, "preflight", lambda *_, **__: Preflight(faults=faults))
    page = denise.read(address(name="Ana"))
    assert "cannot be printed" in page
    assert all(part in page for part in ("line 3", "wrod", "seal.svg"))
    assert denise.get(address("/issued/sample.pdf", name="Ana")).status_code == 409


def test_a_name_that_cannot_be_printed_is_refused_with_its_characters(denise: Persona) -> None:
    assert "U+E000" in denise.read(address(name="Ana \ue000"))


def test_a_course_that_does_not_exist_falls_back_to_one_that_does(denise: Persona) -> None:
    assert "First Steps" in denise.read("/issued/sample?course=forged&style=forged")


def test_without_the_tool_for_pictures_the_pdf_is_offered(
    denise: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picturing, "TOOL", "no-such-tool")
    monkeypatch.setattr(views, "preflight", lambda *_, **__: Preflight(pdf=b"%PDF"))
    page = denise.read(address(name="Ana"))
    assert "cannot draw pictures" in page
    assert "data:image" not in page


def test_samples_are_for_coordinators(nobody: Persona, rosa: Persona, denise: Persona) -> None:
    assert nobody.get("/issued/sample").status_code == 303
    assert rosa.get("/issued/sample").status_code == 403
    assert denise.post("/issued/sample", {}).status_code == 405
