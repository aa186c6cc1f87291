"""What stands against a certificate, told before anybody earns it."""

from pathlib import Path

import pytest

from course_engine.certificates.design import DESIGNS, Design
from course_engine.certificates.preflight import preflight, undefined_variables
from tests.certificates.printed import facts, folder_with

PAGE = (DESIGNS / "certificate.html").read_text(encoding="utf-8")


def test_the_shipped_styles_ask_for_nothing_that_they_are_not_given() -> None:
    for style in ("classic", "modern", "engraved"):
        assert undefined_variables(facts(), Design(style=style)) == ()


def test_every_undefined_variable_is_named_by_file_and_line(tmp_path: Path) -> None:
    page = PAGE.replace("<article>", "<article>\n{{ nobody }}\n{% if facts.mark %}{% endif %}")
    line = page[: page.index("{{ nobody")].count("\n") + 1
    found = preflight(facts(), Design(folder=folder_with(tmp_path, certificate__html=page)))
    assert found.pdf == b""
    first, second = found.faults
    assert first == f"certificate.html, line {line}: 'nobody' is undefined"
    assert second.startswith(f"certificate.html, line {line + 1}: ")
    assert "mark" in second


def test_a_template_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, certificate__html=PAGE.replace("{% endif %}", "{% endfi %}", 1))
    (fault,) = preflight(facts(), Design(folder=folder)).faults
    assert fault.startswith("certificate.html, line ")
    assert "Traceback" not in fault


def test_a_drawing_with_a_fault_is_told_with_its_line(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg">\n{{ design.shade }}</svg>'
    folder = folder_with(tmp_path, frame__svg=drawing)
    (fault,) = preflight(facts(), Design(folder=folder, style="classic")).faults
    assert "frame.svg, line 2" in fault


def test_a_style_without_room_for_a_text_is_told(tmp_path: Path) -> None:
    style = (DESIGNS / "classic" / "style.yml").read_text(encoding="utf-8")
    lacking = "".join(line for line in style.splitlines(keepends=True) if "position-1" not in line)
    own = tmp_path / "classic"
    own.mkdir()
    (own / "style.yml").write_text(lacking, encoding="utf-8")
    (fault,) = preflight(facts(), Design(folder=tmp_path)).faults
    assert fault == "style.yml, landscape: there is no room for 'position-1'"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"legal_name": "Ana \U0001f984"}, "unicorn"),
        ({"statements": ("Much was said and written. " * 80,)}, "too long"),
    ],
)
def test_missing_letters_and_texts_without_room_are_told(
    changes: dict[str, object], said: str
) -> None:
    found = preflight(facts(**changes), Design())
    assert said in found.faults[0]
    assert found.refusal is not None
