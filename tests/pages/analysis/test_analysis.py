"""Item analysis, as an author asks for it and reads it."""

import re

from flask import Flask

from course_engine.web import analyzing
from tests import walks
from tests.people import Persona

HERE = "/authoring/first-steps/analysis"


def analyze(app: Flask, author: Persona, quiz: str = "hello") -> str:
    """Ask for an analysis, let it be made, and return its page."""
    assert author.post(f"{HERE}/{quiz}").status_code == 303
    with app.app_context():
        assert analyzing.make_next()
        assert not analyzing.make_next()
    return author.read(f"{HERE}/{quiz}")


def take(person: Persona, wrong: frozenset[str] = frozenset()) -> None:
    walks.begin(person)
    walks.read_everything(person)
    walks.hand_in(person, "hello", wrong=wrong)


def test_an_author_sees_figures_and_where_each_question_stands(
    app: Flask, amara: Persona, rosa: Persona, tomasz: Persona
) -> None:
    take(rosa)
    take(tomasz, wrong=frozenset({"first"}))
    page = analyze(app, amara)
    assert re.search(r"People counted</dt>\s*<dd>\s*2\s*</dd>", page)
    assert "first-steps/01-hello/quiz.md:" in page
    assert "50.0 %" in page


def test_a_question_shows_who_picked_what(
    app: Flask, amara: Persona, rosa: Persona, tomasz: Persona
) -> None:
    take(rosa)
    take(tomasz, wrong=frozenset({"first"}))
    page = analyze(app, amara)
    address = re.search(rf'href="({HERE}/hello/[^"]+)"', page)
    assert address
    shown = amara.read(address[1])
    assert "Lower third" in shown
    assert "<svg" in shown
    assert "Left blank" in shown


def test_only_first_attempts_count(app: Flask, amara: Persona, rosa: Persona) -> None:
    take(rosa)
    walks.hand_in(rosa, "hello")
    assert re.search(r"People counted</dt>\s*<dd>\s*1\s*</dd>", analyze(app, amara))


def test_drafts_and_practice_do_not_count(app: Flask, amara: Persona, rosa: Persona) -> None:
    walks.begin(rosa)
    walks.start(rosa, "hello")
    assert "Nothing to show yet" in analyze(app, amara)


def test_asking_twice_makes_one(app: Flask, amara: Persona) -> None:
    amara.post(f"{HERE}/hello")
    assert "being made" in amara.read(f"{HERE}/hello")
    assert "Being made" in amara.read(HERE)
    analyze(app, amara)
    assert "being made" not in amara.read(f"{HERE}/hello")


def test_nobody_is_named(app: Flask, amara: Persona, rosa: Persona) -> None:
    take(rosa)
    assert "Rosa" not in analyze(app, amara)


def test_the_page_of_the_course_leads_here(amara: Persona) -> None:
    assert f'href="{HERE}"' in amara.read("/authoring/first-steps")


def test_what_is_not_there_is_missing(amara: Persona) -> None:
    for address in (f"{HERE}/nothing", f"{HERE}/hello/nothing", "/authoring/none/analysis"):
        assert amara.get(address).status_code == 404
    assert amara.post(f"{HERE}/nothing").status_code == 404


def test_only_authors_may_look(rosa: Persona, denise: Persona, nobody: Persona) -> None:
    for address in (HERE, f"{HERE}/hello", f"{HERE}/hello/first"):
        assert rosa.get(address).status_code == 403
        assert denise.get(address).status_code == 403
        assert nobody.get(address).status_code == 303
    assert rosa.post(f"{HERE}/hello").status_code == 403
