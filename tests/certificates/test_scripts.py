"""Names of every script: drawn, copied and read aloud as they were written, and never cut."""

import re

import pikepdf
import pytest

from course_engine.certificates.composing import direction_of
from course_engine.certificates.design import Design, Orientation
from course_engine.certificates.names import NotPrintable
from course_engine.certificates.printing import print_certificate
from course_engine.certificates.styles import style_of
from course_engine.press.copying import place_of
from tests.certificates.many_names import LONG, NAMES
from tests.certificates.printed import facts, opened, structure, tool

MM = 72 / 25.4
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
WORD = re.compile(
    r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<'
)


@pytest.mark.slow
@pytest.mark.parametrize("which", NAMES)
def test_a_name_is_copied_and_read_aloud_as_it_was_written(which: str) -> None:
    name = NAMES[which]
    pdf = print_certificate(facts(legal_name=name), Design())
    copied = " ".join(TURNS.sub("", tool("pdftotext", "PDF", "-", pdf=pdf)).split())
    # Which word of the one goes first, and where a mark of the other stands, pdftotext guesses.
    if which not in {"mixed-right-to-left", "thaana"}:
        # Hyphens at the end of a line, and what joins no letters, leave no trace.
        assert re.sub("[ \u200c-]", "", name) in re.sub("[ \u200c-]", "", copied)
    told = {str(one.ActualText) for one in structure(pdf) if "/ActualText" in one}
    contents = opened(pdf).pages[0].Contents
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    in_content = any(b"ActualText" in part.read_bytes() for part in parts)
    assert (name in told) == (place_of(name) == "structure")
    assert in_content == (place_of(name) == "content")


@pytest.mark.parametrize(
    ("text", "place"),
    [("Ana", "nowhere"), ("王小明", "nowhere"), ("प्रिया", "content"), ("ไทย", "content"),
     ("سارة", "structure"), ("Sara כהן", "structure")],
)  # fmt: skip
def test_where_the_written_words_are_kept_depends_on_the_script(text: str, place: str) -> None:
    assert place_of(text) == place


def test_only_a_name_that_begins_from_the_right_and_goes_on_otherwise_is_turned() -> None:
    turned = [which for which, name in NAMES.items() if direction_of(name)]
    assert turned == ["mixed-right-to-left"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("Toto", "\U0001e290\U0001e291"),
        ("Vithkuqi", "\U00010570\U00010571"),
        ("Tangsa", "\U00016a70\U00016a71"),
        ("Cypro-Minoan", "\U00012f90"),
        ("pictures", "Ana \U0001f984"),
    ],
)
def test_a_name_that_no_font_draws_is_refused_with_its_characters(script: str, name: str) -> None:
    with pytest.raises(NotPrintable, match=f"U\\+{ord(name[-1]):04X}") as refusal:
        print_certificate(facts(legal_name=name), Design())
    assert "No font here can draw" in str(refusal.value)


@pytest.mark.slow
@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("style", ["classic", "modern", "engraved"])
@pytest.mark.parametrize("name", [(LONG * 2)[:100].strip(), (LONG * 4)[:197].strip(), "W" * 200])
def test_a_long_name_never_leaves_its_box(style: str, orientation: Orientation, name: str) -> None:
    design = Design(style=style, orientation=orientation, page_size="Letter")
    box = style_of(design).boxes(orientation)["name"]
    pdf = print_certificate(facts(legal_name=name), design)
    assert len(opened(pdf).pages) == 1
    found = [
        tuple(map(float, edges)) for *edges, word in WORD.findall(
            tool("pdftotext", "-bbox", "PDF", "-", pdf=pdf)
        ) if word in name and len(word) > 10
    ]  # fmt: skip
    assert found
    left, right = min(x for x, *_ in found), max(x for _, _, x, _ in found)
    top, bottom = min(y for _, y, *_ in found), max(y for *_, y in found)
    assert left >= (box.left - 0.5) * MM
    assert right <= (box.left + box.width_on(design.paper) + 0.5) * MM
    assert bottom - top <= (box.height + 1) * MM
