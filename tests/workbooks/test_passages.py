from course_engine.curriculum.course import Course
from course_engine.curriculum.questions import Html
from course_engine.workbooks.passages import Passages
from tests import builders
from tests.workbooks.bound import SHIPPED, loaded

SAMPLE = builders.course()


def adapted(html: str, *, course: Course = SAMPLE, deeper: int = 2) -> str:
    return Passages(course).adapted(Html(html), "one.a", deeper=deeper)


def test_headings_stand_below_the_lesson_s_own() -> None:
    assert adapted('<h2 id="x">A</h2><h3>B</h3>') == '<h4 id="one.a.x">A</h4><h5>B</h5>'


def test_no_heading_falls_below_the_sixth_level() -> None:
    assert adapted("<h6>A</h6>") == "<h6>A</h6>"


def test_a_horizontal_rule_is_no_heading() -> None:
    assert adapted("<hr><header>") == "<hr><header>"


def test_footnotes_keep_their_way_back() -> None:
    note = '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
    assert adapted(note) == (
        '<sup id="one.a.fnref:1"><a class="footnote-ref" href="#one.a.fn:1">1</a></sup>'
    )


def test_a_link_to_a_lesson_leads_into_the_book() -> None:
    assert adapted('<a href="/courses/sample/two/c#top">C</a>') == '<a href="#two.c">C</a>'


def test_a_link_to_the_outside_stays() -> None:
    for link in ("https://example.org/a#b", "mailto:a@example.org", "tel:988"):
        assert adapted(f'<a href="{link}">x</a>') == f'<a href="{link}">x</a>'


def test_a_picture_is_taken_from_what_was_handed_over() -> None:
    course, pictures = loaded(SHIPPED)
    sha256 = pictures[0].sha256
    page = f'<img alt="x" src="/assets/{sha256}">'
    assert adapted(page, course=course) == f'<img alt="x" src="asset:{sha256}">'
    assert adapted(page) == page
