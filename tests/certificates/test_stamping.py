"""Stamping is exact, or is not done. The whole comparison is ``make proof``; this is a sample."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from course_engine.certificates import stamping
from course_engine.certificates.design import DESIGNS, Design
from course_engine.certificates.names import NotPrintable
from course_engine.certificates.printing import typeset
from course_engine.press import layouts
from tests.certificates.comparing import compare
from tests.certificates.printed import facts, folder_with, opened, words

pytestmark = pytest.mark.slow

LYING = Design()
SMALL_CAPITALS = Design(style="engraved", orientation="portrait", page_size="Letter")
STANDING = Design(style="modern", orientation="portrait", page_size="Letter")


@pytest.mark.parametrize(
    ("name", "design"),
    [
        ("Łukasz O’Brien-Ruiz", LYING),
        ("François Đỗ Müller", LYING),
        ("Griffith Fjelde", SMALL_CAPITALS),
        ("محمد عبد الرحمن الفاروقي", LYING),
        ("प्रियंका श्रीवास्तव", STANDING),
        ("佐藤 さくら", LYING),
        ("Wilhelmina-Alexandra Konstantinopolitanskaya-Featherstonehaugh " * 2, STANDING),
    ],
)
def test_what_is_stamped_is_what_layout_gives(name: str, design: Design) -> None:
    assert compare(facts(legal_name=name.strip()), design) == ("stamped", "")


@pytest.mark.parametrize(("language", "name"), [("ja", "Ada Byron"), ("ko", "王小明")])
def test_a_course_in_another_language_is_stamped_as_layout_sets_it(
    language: str, name: str
) -> None:
    assert compare(facts(legal_name=name, language=language), LYING) == ("stamped", "")


def test_only_unusual_letters_bring_a_font_of_their_own() -> None:
    usual, other = (typeset(facts(legal_name=name), LYING) for name in ("Zoë Ibáñez", "Zoë Đỗ"))
    assert len(fonts(usual.content)) + 1 == len(fonts(other.content))


def test_equal_facts_give_equal_bytes_whoever_was_printed_before() -> None:
    first = typeset(facts(legal_name="Ada Byron"), LYING)
    typeset(facts(legal_name="Zoë Ærø-Čapek Ýrsa"), LYING)
    assert typeset(facts(legal_name="Ada Byron"), LYING) == first


def test_nobody_gets_anything_of_the_model_or_of_somebody_else() -> None:
    typeset(facts(legal_name="Ada Byron"), LYING)
    printed = typeset(facts(legal_name="Cher"), LYING)
    assert printed.way == "stamped"
    told = words(printed.content)
    assert "Cher" in told
    assert not {"Ada", "Nnn", "1901", "1902", "8U"} & set(told.split())
    assert stamping._model(facts()).verify_url.encode() not in printed.content


def test_a_missing_letter_is_refused_when_stamping_too() -> None:
    with pytest.raises(NotPrintable, match="unicorn face"):
        typeset(facts(legal_name="Ada \U0001f984"), LYING)


def test_a_name_that_layout_would_change_is_printed_the_plain_way() -> None:
    printed = typeset(facts(legal_name="Ada  Byron"), LYING)
    assert printed.way == "plain"
    assert "Ada Byron" in words(printed.content)


def test_a_design_that_marks_nothing_is_printed_the_plain_way(tmp_path: Path) -> None:
    page = (DESIGNS / "certificate.html").read_text(encoding="utf-8")
    folder = folder_with(tmp_path, certificate__html=page.replace("data-person", "data-nobody"))
    printed = typeset(facts(), Design(folder=folder))
    assert printed.way == "plain"
    assert "Zoë O’Neill" in words(printed.content)


def fonts(pdf: bytes) -> list[str]:
    return sorted(opened(pdf).pages[0].Resources.Font.keys())


@pytest.fixture
def another_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stamping._stamp.cache_clear()
    layouts.parts.cache_clear()
    monkeypatch.setattr(layouts, "PROVED_ON", "0.")
    yield
    stamping._stamp.cache_clear()
    layouts.parts.cache_clear()


@pytest.mark.usefixtures("another_version")
def test_another_version_of_the_press_prints_everything_the_plain_way() -> None:
    printed = typeset(facts(), LYING)
    assert printed.way == "plain"
    assert len(opened(printed.content).pages) == 1
