"""Names of many scripts on the page: drawn by a font of ours, and inside their box."""

import re

import pytest

from course_engine.certificates.design import Design, PageSize
from course_engine.certificates.printing import print_certificate
from tests.certificates.printed import facts, opened, tool

LONG = "Wilhelmina-Alexandra Konstantinopolitanskaya-Featherstonehaugh "
NAMES = [
    "Cher",
    "D’Angelo O’Brien-Ruiz",
    "Łukasz Żółć Ñuñez",
    "Nguyễn Thị Thanh Trúc",
    "Александра Достоевская",
    "Ελευθερία Παπαδοπούλου",
    "محمد عبد الرحمن الفاروقي",
    "יעל בן־דוד כהן",
    "Sara سارة كوهين",
    "प्रियंका श्रीवास्तव",
    "বিদ্যাসাগর",
    "தமிழ்ச்செல்வி",
    "สมหญิง รัตนวงศ์ไพบูลย์",
    "မောင်မောင်ကျော်",
    "ខេមរិន្ទ",
    "ཀརྨ་ཕུན་ཚོགས",
    "ሀይለ ሥላሴ",
    "Նարեկ",
    "გიორგი",
    "王小明",
    "佐藤 さくら",
    "김민준",
    LONG[:60].strip(),
    (LONG * 2)[:100].strip(),
    (LONG * 4)[:197].strip(),
    "W" * 197,
    "王" * 197,
]
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)"')
WORD = re.compile(
    r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<'
)
MM = 72 / 25.4


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_drawn_whole_and_inside_its_box(name: str) -> None:
    size: PageSize = "A4" if len(name) % 2 else "Letter"
    pdf = print_certificate(facts(legal_name=name), Design(page_size=size))
    assert len(opened(pdf).pages) == 1
    layout = tool("pdftotext", "-bbox", "PDF", "-", pdf=pdf)
    (width, _), *_ = [tuple(map(float, found)) for found in PAGE.findall(layout)]
    inside = [
        (float(left), float(top), float(right), float(bottom), word)
        for left, top, right, bottom, word in WORD.findall(layout)
        if _in_the_name_s_band(float(top))
    ]
    assert inside, "the name cannot be found on the page"
    for left, _, right, _, word in inside:
        assert left >= 39 * MM, word
        assert right <= width - 39 * MM, word
    letters = "".join(word for *_, word in inside)
    assert len(letters) >= len(name.replace(" ", "")) * 0.8


def _in_the_name_s_band(top: float) -> bool:
    """Whether a word begins where the page keeps room for the name and nothing else."""
    return 63 * MM < top < 88 * MM
