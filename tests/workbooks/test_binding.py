from dataclasses import replace
from pathlib import Path

import pytest

from course_engine.certificates.wording import over_claims
from course_engine.curriculum import plain
from course_engine.curriculum.course import Check, Course
from course_engine.curriculum.questions import Html
from course_engine.workbooks import binding, keys
from course_engine.workbooks.book import Audience, Exercise
from tests import builders
from tests.workbooks.bound import (
    SAMPLE,
    SHIPPED,
    banked,
    checks,
    lesson_prose,
    loaded,
    quizzed,
    spoken,
    told_afterwards,
    written,
)


def words(texts: set[str]) -> set[str]:
    return {" ".join(text.split()) for text in texts}


@pytest.mark.parametrize("folder", [SAMPLE, SHIPPED], ids=["sample", "shipped"])
def test_a_trainee_s_workbook_holds_no_feedback_and_no_explanation(folder: Path) -> None:
    course, _ = loaded(folder)
    book = spoken(written(folder, "trainee"))
    taught = lesson_prose(course)
    told: set[str] = set()
    for question in (*checks(course), *quizzed(course), *banked(course)):
        told |= words(told_afterwards(question))
    assert told
    # A feedback may repeat a sentence of a lesson; it must not stand in the book once more.
    assert {text for text in told if book.count(text) > taught.count(text)} == set()


def test_a_trainee_s_workbook_has_no_place_for_a_key() -> None:
    book = binding.bind(loaded(SHIPPED)[0], "trainee")
    exercises = [
        part
        for chapter in book.chapters
        for section in chapter.sections
        for part in section.parts
        if isinstance(part, Exercise)
    ]
    assert len(exercises) == 25
    assert {(each.key, each.critical) for each in exercises} == {(None, False)}
    assert {chapter.guidance for chapter in book.chapters} == {None}
    assert book.exam is None


@pytest.mark.parametrize("mark", ["class=&#34;right", 'class="right', 'class="tick', "keyed"])
def test_a_trainee_s_pages_mark_no_choice(mark: str) -> None:
    assert mark not in written(SHIPPED, "trainee")


def test_options_are_mixed_the_same_for_everybody_so_that_their_order_tells_nothing() -> None:
    def shown(course: Course) -> list[str]:
        book = binding.bind(course, "trainee")
        (part,) = book.chapters[0].sections[0].parts
        assert isinstance(part, Exercise)
        assert part.asked.field.kind == "order"
        return [line.text for line in part.asked.field.lines]

    question = builders.ordering("o", items="abcdefgh")
    lesson = replace(builders.lesson("l"), blocks=(Check(key="k", question=question),))
    module = replace(builders.module("m"), lessons=(lesson,))
    once, again = shown(builders.course(module)), shown(builders.course(module))
    assert once == again
    assert once != list("abcdefgh")
    assert sorted(once) == list("abcdefgh")


@pytest.mark.parametrize("audience", ["trainee", "facilitator"])
@pytest.mark.parametrize("folder", [SAMPLE, SHIPPED], ids=["sample", "shipped"])
def test_no_question_of_the_exam_stands_in_either_book(folder: Path, audience: Audience) -> None:
    book = spoken(written(folder, audience))
    asked = {" ".join(plain.text(each.prompt).split()) for each in banked(loaded(folder)[0])}
    # A lesson may ask in the same words as the bank; what is then in the book is the lesson's.
    own = {
        " ".join(plain.text(each.prompt).split())
        for each in (*checks(loaded(folder)[0]), *quizzed(loaded(folder)[0]))
    }
    assert {prompt for prompt in asked - own if prompt in book} == set()


def test_a_facilitator_s_guide_holds_every_key_of_checks_and_quizzes() -> None:
    course, _ = loaded(SHIPPED)
    book = spoken(written(SHIPPED, "facilitator"))
    for question in (*checks(course), *quizzed(course)):
        missing = {text for text in words(told_afterwards(question)) if text not in book}
        assert missing == set()


def test_a_facilitator_s_guide_tells_aims_times_and_skills_by_name() -> None:
    book = spoken(written(SHIPPED, "facilitator"))
    for module in loaded(SHIPPED)[0].modules:
        assert module.aim in book
        for prompt in module.discussion:
            assert prompt in book
    assert "samhsa:III.3 Judges when to share and when to listen" in book
    assert "40 questions are drawn for each person" in book


def test_without_prompts_of_its_own_a_module_is_discussed_by_its_reflections() -> None:
    book = binding.bind(loaded(SAMPLE)[0], "facilitator")
    guidance = book.chapters[0].guidance
    assert guidance is not None
    assert guidance.discussion == ("When did somebody listen to you?",)


@pytest.mark.parametrize("question", builders.every_kind(), ids=lambda each: each.kind)
def test_every_kind_of_question_has_its_key_in_words(question: builders.Question) -> None:
    key = keys.key(question)
    filled = [key.options, key.pairs, key.order, key.answers]
    assert sum(map(bool, filled)) == (question.kind not in {"reflection", "written"})
    assert key.explanation == question.explanation


def test_a_check_is_never_called_critical_and_a_quiz_question_may_be() -> None:
    now = builders.scope("now", critical=True)
    lesson = replace(builders.lesson("l"), blocks=(Check(key="k", question=now),))
    module = replace(
        builders.module("m"), lessons=(lesson,), quiz=builders.quiz(replace(now, id="q"), slug="m")
    )
    (chapter,) = binding.bind(builders.course(module), "facilitator").chapters
    (check,) = chapter.sections[0].parts
    assert isinstance(check, Exercise)
    assert chapter.guidance is not None
    assert (check.critical, chapter.guidance.quiz[0].critical) == (False, True)


def test_what_an_author_writes_in_a_title_stays_text() -> None:
    course = replace(builders.course(), title="<script>1</script> & more")
    book = binding.bind(course, "trainee")
    assert book.title == course.title
    assert book.introduction == Html("")


@pytest.mark.parametrize("audience", ["trainee", "facilitator"])
def test_the_book_s_own_words_claim_no_certification(audience: Audience) -> None:
    assert over_claims(spoken(written(SAMPLE, audience))) == set()
