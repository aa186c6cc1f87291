import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from course_engine.cli import main
from course_engine.curriculum.questions import Html
from course_engine.press.assets import AssetRefused
from course_engine.press.faults import DesignFaulty
from course_engine.workbooks import binding, printing
from course_engine.workbooks.book import Book
from course_engine.workbooks.composing import colors
from tests.certificates.printed import structure, tool, words
from tests.workbooks.bound import HELP, IMPRINT, SAMPLE, SHIPPED, loaded, opened, printed


def pages(pdf: bytes) -> list[str]:
    return tool("pdftotext", "-layout", "PDF", "-", pdf=pdf).split("\f")[:-1]


@pytest.mark.parametrize(("size", "points"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_every_page_has_the_size_that_was_asked_for(size: str, points: tuple[int, int]) -> None:
    for page in opened(SAMPLE, "trainee", size).pages:  # type: ignore[arg-type]
        _, _, width, height = page.mediabox
        assert (round(width), round(height)) == points


def test_it_opens_with_a_title_page_and_a_table_of_contents() -> None:
    title, contents, *_ = pages(printed(SAMPLE, "trainee"))
    assert "First Steps" in title
    assert "Trainee’s workbook" in title
    assert contents.index("Contents") < contents.index("Saying hello") < contents.index("Listening")


def test_the_table_of_contents_tells_the_right_pages() -> None:
    printed_pages = pages(printed(SAMPLE, "facilitator"))
    told = re.findall(
        r"^ *(Listening|Asking|Quiz with its key) [. ]+(\d+)$", printed_pages[1], re.MULTILINE
    )
    assert len(told) == 3
    for title, number in told:
        assert title in printed_pages[int(number) - 1]


def test_every_page_after_the_title_is_numbered_and_every_page_names_the_crisis_line() -> None:
    for number, page in enumerate(pages(printed(SAMPLE, "trainee")), start=1):
        last = page.strip().splitlines()[-1]
        assert "Testland: call 100" in last
        assert number == 1 or last.split()[-1] == str(number)


def test_the_file_is_tagged_has_a_language_and_shows_its_title() -> None:
    root = opened(SAMPLE, "trainee").Root
    assert root.Lang == "en"
    assert root.MarkInfo.Marked is True
    assert root.ViewerPreferences.DisplayDocTitle is True
    assert "/ParentTree" in root.StructTreeRoot
    assert 'pdfuaid:part="1"' in root.Metadata.read_bytes().decode()
    assert opened(SAMPLE, "trainee").docinfo.Title == "First Steps: Trainee’s workbook"


def test_bookmarks_lead_to_modules_and_their_lessons() -> None:
    with opened(SAMPLE, "trainee").open_outline() as outline:
        told = {item.title: [child.title for child in item.children] for item in outline.root}
    assert list(told) == ["Contents", "Welcome", "Saying hello", "Saying goodbye", *list(told)[4:]]
    assert told["Saying hello"] == ["Listening", "Asking"]


def test_headings_never_skip_a_level() -> None:
    tags = [str(each.S) for each in structure(printed(SAMPLE, "facilitator"))]
    levels = [int(tag[2]) for tag in tags if re.fullmatch(r"/H[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_screen_reader_hears_the_lessons_in_order() -> None:
    heard = tool("pdfinfo", "-struct-text", "PDF", pdf=printed(SAMPLE, "trainee"))
    order = ["Why we listen", "Ada sat down", "What comes first?", "When did somebody listen"]
    order += ["Ask before you share"]
    places = [heard.index(text) for text in order]
    assert places == sorted(places)
    assert "Testland, Test Line: call 100." in heard


def test_a_trainee_s_printed_words_hold_no_key_of_the_sample() -> None:
    text = words(printed(SAMPLE, "trainee"))
    assert "What comes first?" in text
    for told in (
        "Advice can wait",
        "It comes first",
        "Listening is the start",
        "Which comes first",
    ):
        assert told not in text


@pytest.mark.slow
def test_the_shipped_workbook_prints_with_every_picture_described() -> None:
    pdf = printed(SHIPPED, "trainee")
    figures = [each for each in structure(pdf) if each.S == "/Figure"]
    assert len(figures) == 5
    assert all(str(each.Alt) for each in figures)
    for found in opened(SHIPPED, "trainee").objects:
        if isinstance(found, pikepdf.Stream):
            assert found.get("/Interpolate", False) is False
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", "PDF", pdf=pdf)


def introduced(html: str) -> Book:
    return replace(binding.bind(loaded(SAMPLE)[0], "trainee"), introduction=Html(html))


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "https://example.org/x.png", "asset:missing"]
)
def test_nothing_but_what_was_handed_over_can_be_shown(address: str) -> None:
    book = introduced(f'<p><img alt="x" src="{address}"></p>')
    with pytest.raises(AssetRefused):
        printing.print_book(book, (), size="A4", help_line=HELP, imprint=IMPRINT)


def test_a_character_that_no_font_draws_stops_the_printing() -> None:
    book = introduced("<p>\U0001f984</p>")
    with pytest.raises(DesignFaulty, match=r"U\+1F984"):
        printing.print_book(book, (), size="A4", help_line=HELP, imprint=IMPRINT)


def test_paper_has_the_colors_of_the_site_by_daylight() -> None:
    assert {"ink", "paper", "accent", "gold-mark", "line"} <= colors().keys()
    assert colors()["paper"] == "#faf6ee"


def test_the_command_prints_with_the_site_s_own_lines_and_size(tmp_path: Path) -> None:
    settings = {
        "COURSE_ENGINE_CURRICULUM": str(SAMPLE.parent),
        "COURSE_ENGINE_INSTANCE": str(tmp_path),
    }
    out = tmp_path / "book.pdf"
    command = ["print", "first-steps", "--for", "facilitator", "--out", str(out)]
    told = CliRunner().invoke(main, command, env=settings)
    assert told.exit_code == 0, told.output
    pdf = out.read_bytes()
    assert "Testland: call or text 100, emergency 101" in words(pdf)
    with pikepdf.open(out) as book:
        assert round(book.pages[0].mediabox[2]) == 612


def test_the_command_says_where_it_cannot_write(tmp_path: Path) -> None:
    settings = {"COURSE_ENGINE_INSTANCE": str(tmp_path)}
    out = tmp_path / "nowhere" / "book.pdf"
    command = ["print", str(SAMPLE), "--for", "trainee", "--out", str(out)]
    told = CliRunner().invoke(main, command, env=settings)
    assert told.exit_code == 2
    assert "cannot be written" in told.stderr
