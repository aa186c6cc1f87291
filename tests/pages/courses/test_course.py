"""The catalog, the course page, and what is left."""

import pytest

from course_engine.certificates import printing
from course_engine.certificates.names import NotPrintable
from tests import walks
from tests.people import Persona


def test_the_catalog_offers_a_course_and_then_shows_it_as_mine(rosa: Persona) -> None:
    assert "Open to you" in rosa.read("/courses")
    walks.begin(rosa)
    assert "Your courses" in rosa.read("/courses")


def test_a_course_says_what_it_takes_before_one_begins(rosa: Persona) -> None:
    page = rosa.read(walks.COURSE)
    for words in ("Read 3 lessons", "Pass 1 quiz", "Pass the exam with 67 percent", "sign 1 state"):
        assert words in page


def test_beginning_twice_is_one_enrollment(rosa: Persona) -> None:
    walks.begin(rosa)
    rosa.post(f"{walks.COURSE}/hello/listening/done")
    walks.begin(rosa)
    assert "1 of 6 steps done" in rosa.read(walks.COURSE)


def test_there_is_one_next_step_all_the_way(rosa: Persona) -> None:
    walks.begin(rosa)
    assert "Go on: Listening" in rosa.read(walks.COURSE)
    walks.read_everything(rosa)
    assert "Go on: Hello quiz" in rosa.read(walks.COURSE)
    walks.hand_in(rosa, "hello")
    assert "Go on: Closing exam" in rosa.read(walks.COURSE)
    walks.hand_in(rosa, "exam")
    assert "Go on: A promise" in rosa.read(walks.COURSE)
    walks.sign(rosa)
    assert "You have completed this course" in rosa.read(walks.COURSE)


def test_what_is_left_shows_each_requirement_with_its_evidence(rosa: Persona) -> None:
    walks.begin(rosa)
    walks.read_everything(rosa)
    page = rosa.read(f"{walks.COURSE}/left")
    assert "3 steps are left before your certificate" in page
    assert page.count("Read on ") == 3
    assert page.count("Not taken yet") == 2
    assert "Not signed yet" in page
    assert "Rosa Ñandú" in page


def test_nothing_is_left_at_the_end_and_the_certificate_is_there(rosa: Persona) -> None:
    serial = walks.complete(rosa)
    page = rosa.read(f"{walks.COURSE}/left")
    assert "Nothing is left" in page
    assert serial in page


def test_a_certificate_cannot_be_had_early(rosa: Persona) -> None:
    walks.begin(rosa)
    answer = rosa.post(f"{walks.COURSE}/certificate")
    assert answer.status_code == 409
    assert "something left to do" in answer.get_data(as_text=True)


def test_when_printing_fails_the_work_is_kept_and_the_certificate_can_be_had_later(
    rosa: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jam(*_: object, **__: object) -> bytes:
        raise RuntimeError("the press is jammed")

    with monkeypatch.context() as broken:
        broken.setattr(printing, "print_told", jam)
        walks.begin(rosa)
        walks.read_everything(rosa)
        walks.hand_in(rosa, "hello")
        walks.hand_in(rosa, "exam")
        walks.sign(rosa)
    page = rosa.read(f"{walks.COURSE}/left")
    assert "Get my certificate" in page
    answer = rosa.post(f"{walks.COURSE}/certificate")
    assert answer.status_code == 303
    assert "/certificates/CE-" in answer.location


def test_who_has_a_name_that_cannot_be_printed_learns_what_to_do(
    rosa: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise NotPrintable("No font here can draw %(characters)s.", characters="x")

    monkeypatch.setattr(printing, "print_told", refuse)
    walks.begin(rosa)
    walks.read_everything(rosa)
    walks.hand_in(rosa, "hello")
    walks.hand_in(rosa, "exam")
    walks.sign(rosa)
    answer = rosa.post(f"{walks.COURSE}/certificate")
    assert answer.status_code == 303
    page = rosa.read(answer.location)
    assert "No font here can draw x." in page
    assert "change it, then get your certificate" in page
    assert "/account" in page.split("Your certificate can be made now")[1]


def test_a_course_that_does_not_exist_is_missing(rosa: Persona) -> None:
    assert rosa.get("/courses/other").status_code == 404
    assert rosa.post("/courses/other").status_code == 404
    assert rosa.get("/courses/other/left").status_code == 404


def test_what_is_left_needs_an_enrollment(rosa: Persona) -> None:
    assert rosa.get(f"{walks.COURSE}/left").status_code == 404
