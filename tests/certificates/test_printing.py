import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from course_engine.certificates.design import Design, PageSize
from course_engine.certificates.fitting import TooLong
from course_engine.certificates.names import NotPrintable
from course_engine.certificates.printing import DesignFaulty, print_certificate
from course_engine.certificates.wording import over_claims
from course_engine.press.assets import AssetRefused
from tests.certificates.printed import (
    CODE,
    SERIAL,
    facts,
    folder_with,
    opened,
    plain,
    structure,
    tool,
    words,
)

# Each prints real sheets: too much for the inner ring.
pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("size", "points"), [("A4", (842, 595)), ("Letter", (792, 612))])
def test_a_certificate_is_one_sheet_lying_on_its_side(
    size: PageSize, points: tuple[int, int]
) -> None:
    (page,) = opened(plain(size)).pages
    _, _, width, height = page.mediabox
    assert (round(width), round(height)) == points


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_every_fact_can_be_read_in_the_order_of_the_page(size: PageSize) -> None:
    text = words(plain(size))
    order = [
        "Example Peer Network",
        "Certificate of Completion",
        "Zoë O’Neill",
        "has completed the course",
        "Walking Beside",
        "and passed its assessment",
        "3 hours, self-paced",
        "October 2, 2026",
        "November 20, 2026",
        "November 22, 2026",
        "4f9c21ab03de",
        "Quizzes and a final exam were part of the course.",
    ]
    places = [text.index(fact) for fact in order]
    assert places == sorted(places)
    for fact in (SERIAL, "A. Example", "Springfield", "learn.example.org/verify"):
        assert fact in text
    assert CODE in text.replace("-", "")
    assert "not a certification or a license to practice" in text


def test_a_screen_reader_hears_the_page_in_order() -> None:
    spoken = tool("pdfinfo", "-struct-text", "PDF", pdf=plain())
    order = ["Certificate of Completion", "Zoë", "Walking Beside", "Learning time", "Issued"]
    order += ["A. Example", "Check current status at", SERIAL, "not a certification"]
    places = [spoken.index(fact) for fact in order]
    assert places == sorted(places)


def test_the_file_is_tagged_has_a_language_and_shows_its_title() -> None:
    root = opened(plain()).Root
    assert root.Lang == "en"
    assert root.MarkInfo.Marked is True
    assert root.ViewerPreferences.DisplayDocTitle is True
    assert "/ParentTree" in root.StructTreeRoot


def test_every_figure_has_words_for_it_and_lies_on_the_page() -> None:
    figures = [element for element in structure(plain()) if element.S == "/Figure"]
    assert figures
    for figure in figures:
        assert str(figure.Alt)
        left, bottom, right, top = figure.A.BBox
        assert 0 < left < right < 842
        assert 0 < bottom < top < 595


def test_a_list_holds_nothing_but_its_items() -> None:
    (listing,) = [element for element in structure(plain()) if element.S == "/L"]
    assert [item.S for item in listing.K] == ["/LI"] * 5


def test_there_is_one_link_and_it_opens_the_verification_page() -> None:
    (link,) = opened(plain()).pages[0].Annots
    assert str(link.A.URI) == facts().verify_url
    assert "/Contents" in link
    assert "/StructParent" in link


def test_the_metadata_says_archivable_and_accessible_in_one_description() -> None:
    pdf = opened(plain())
    xmp = pdf.Root.Metadata.read_bytes().decode()
    assert xmp.count("<rdf:RDF") == 1
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert 'pdfuaid:part="1"' in xmp
    assert "/OutputIntents" in pdf.Root
    assert "/ID" in pdf.trailer


def test_the_title_names_kind_and_course_and_the_author_is_the_issuer() -> None:
    info = opened(plain()).docinfo
    assert info.Title == "Certificate of Completion: Walking Beside"
    assert info.Author == "Example Peer Network"
    assert str(info.CreationDate).startswith("D:20261122")


def test_every_font_is_embedded_and_none_is_a_stranger() -> None:
    for line in tool("pdffonts", "PDF", pdf=plain()).splitlines()[2:]:
        name, embedded = line.split()[0], line.split()[-5:-2]
        assert name.partition("+")[2].startswith("Source-")
        assert embedded == ["yes", "yes", "yes"]


def test_no_picture_asks_to_be_smoothed() -> None:
    for found in opened(plain()).objects:
        if isinstance(found, pikepdf.Stream):
            assert found.get("/Interpolate", False) is False


def test_the_file_is_sound() -> None:
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", "PDF", pdf=plain())


def test_no_word_of_page_or_metadata_claims_too_much() -> None:
    pdf = opened(plain())
    told = [
        *map(str, pdf.docinfo.values()),
        pdf.Root.Metadata.read_bytes().decode(),
        words(plain()),
    ]
    assert [over_claims(text) for text in told] == [set()] * len(told)


def test_attendance_claims_no_assessment() -> None:
    text = words(print_certificate(facts(kind="attendance", statements=()), Design()))
    assert "Certificate of Attendance" in text
    assert "has attended the course" in text
    assert "passed" not in text
    assert over_claims(text) == set()


@pytest.mark.slow
def test_equal_facts_give_equal_bytes_in_another_process() -> None:
    program = (
        "import sys; from tests.certificates.printed import plain; "
        "sys.stdout.buffer.write(plain('A4'))"
    )
    again = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert again.stdout == plain()


def test_a_sample_says_so_on_the_page_and_in_its_title() -> None:
    pdf = print_certificate(facts(), Design(), sample=True)
    assert "SAMPLE" in tool("pdfinfo", "-struct-text", "PDF", pdf=pdf)
    assert str(opened(pdf).docinfo.Title).startswith("Sample. ")
    assert "SAMPLE" not in tool("pdfinfo", "-struct-text", "PDF", pdf=plain())


def test_values_are_only_ever_text() -> None:
    pdf = print_certificate(facts(legal_name="<img src=x> {{ 7*7 }} &amp;"), Design())
    assert "<img src=x> {{ 7*7 }} &amp;" in words(pdf)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "data:image/png;base64,AAAA",
        "asset:../../secret.svg",
        "asset:missing.svg",
    ],
)
def test_nothing_but_the_design_s_own_files_can_be_fetched(address: str, tmp_path: Path) -> None:
    page = f'<html lang="en"><head><title>x</title></head><body><img alt="x" src="{address}">'
    folder = folder_with(tmp_path, certificate__html=page)
    with pytest.raises(AssetRefused):
        print_certificate(facts(), Design(folder=folder))


@pytest.mark.parametrize(
    "style", ['@import "file:///etc/hostname"', "p { background: url(http://127.0.0.1:9/) }"]
)
def test_a_style_sheet_cannot_fetch_either(style: str, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, style__css=style + ";")
    with pytest.raises(AssetRefused):
        print_certificate(facts(), Design(folder=folder))


def test_a_picture_that_would_silently_be_left_out_stops_the_printing(tmp_path: Path) -> None:
    page = '<html lang="en"><head><title>x</title></head><body><img alt="x" src="logo.png">'
    folder = folder_with(tmp_path, certificate__html=page)
    with pytest.raises(DesignFaulty, match=r"logo\.png"):
        print_certificate(facts(), Design(folder=folder))


def test_a_design_that_runs_over_the_page_is_refused(tmp_path: Path) -> None:
    page = '<html lang="en"><head><title>x</title></head><body><p style="height: 2000mm">x<p>y'
    with pytest.raises(DesignFaulty, match="pages"):
        print_certificate(facts(), Design(folder=folder_with(tmp_path, certificate__html=page)))


def test_a_character_that_no_font_draws_is_refused_by_name() -> None:
    with pytest.raises(NotPrintable, match=r"U\+1F984, unicorn face"):
        print_certificate(facts(course_title="Course \U0001f984"), Design())


def test_statements_that_have_no_room_are_refused() -> None:
    with pytest.raises(TooLong):
        print_certificate(facts(statements=("Much was said and written. " * 60,)), Design())


def test_several_kinds_of_hours_and_a_long_edition_stay_on_one_row() -> None:
    kinds = (("live online", 600), ("self-paced", 125))
    pdf = print_certificate(facts(minutes=kinds), Design(page_size="Letter"))
    assert "12 hours: 10 live online, 2 self-paced" in words(pdf)
    layout = tool("pdftotext", "-layout", "PDF", "-", pdf=pdf)
    (row,) = [line for line in layout.splitlines() if "Learning time" in line]
    assert "Course edition" in row
