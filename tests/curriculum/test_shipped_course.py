"""The course that the program ships with, held to what was promised of it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from course_engine.assessment import papers
from course_engine.assessment.blueprints import sampled
from course_engine.curriculum import loading, plain, reading_level
from course_engine.curriculum.course import (
    Check,
    Course,
    Exam,
    Lesson,
    Module,
    Policy,
    Prose,
    Reflect,
)
from course_engine.curriculum.loading import Loaded
from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    Reflection,
    Scope,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)

FOLDER = Path(__file__).parents[2] / "curriculum" / "understanding-peer-support"
SITUATION = re.compile(r"[\"\u201c]|\b(?:you|your|asks?|says?|tells?)\b", re.IGNORECASE)


@cache
def loaded() -> Loaded:
    (found,) = loading.load(FOLDER)
    return found


def course() -> Course:
    found = loaded().course
    assert found is not None
    return found


def exam() -> Exam:
    found = course().exam
    assert found is not None
    return found


def lessons() -> tuple[Lesson, ...]:
    return tuple(lesson for module in course().modules for lesson in module.lessons)


def bank() -> tuple[Question, ...]:
    return tuple(question for topic in exam().bank for question in topic.questions)


def quizzed() -> tuple[Question, ...]:
    return tuple(
        question
        for module in course().modules
        for question in (module.quiz.questions if module.quiz else ())
    )


def checks() -> tuple[Question, ...]:
    return tuple(
        each.question for lesson in lessons() for each in lesson.blocks if isinstance(each, Check)
    )


def every_question() -> Iterator[Question]:
    yield from (*checks(), *quizzed(), *bank())


def prose(lesson: Lesson) -> str:
    return "\n".join(each.html for each in lesson.blocks if isinstance(each, Prose))


def scope_of(question: ScopeQuestion) -> Scope:
    return next(label for label, each in zip(Scope, question.choices, strict=True) if each.right)


def situation(question: Question) -> bool:
    """Whether somebody is to be answered: a judgement, a reply to choose, replies to rank."""
    if isinstance(question, ScopeQuestion):
        return True
    words = plain.text(f"{question.prompt} {question.vignette}")
    replies = isinstance(question, SingleChoice | Ordering) and "\u0022" in plain.text(
        " ".join(_options(question))
    )
    return replies and bool(SITUATION.search(words))


def _options(question: Question) -> tuple[str, ...]:
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return tuple(each.text for each in question.choices)
        case Ordering():
            return question.items
        case _:
            return ()


def test_the_checker_is_silent() -> None:
    assert loaded().problems == ()


def test_it_holds_the_modules_that_were_promised_in_their_order() -> None:
    assert [module.title for module in course().modules] == [
        "Before you begin",
        "What peer support is",
        "Shared experience",
        "How it works",
        "Recovery is not a straight line",
        "Alongside, not instead",
        "What peer support is not",
        "The ripple effect",
        "Looking after yourself",
    ]


def test_the_lessons_hold_ten_to_thirteen_thousand_words() -> None:
    assert 10_000 <= sum(lesson.words for lesson in lessons()) <= 13_000


def test_lessons_quizzes_and_exam_come_to_a_hundred_and_eighty_minutes() -> None:
    quizzes = [module.quiz.minutes for module in course().modules if module.quiz]
    parts = [*(lesson.minutes for lesson in lessons()), *quizzes, exam().minutes]
    assert sum(parts) == course().minutes == 180


def test_no_lesson_reads_above_grade_eight() -> None:
    hard = {
        lesson.slug: grade
        for lesson in lessons()
        if (grade := reading_level.grade(plain.text(prose(lesson)))) > 8
    }
    assert hard == {}


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_a_lesson_has_a_story_a_check_a_reflection_and_a_recap(lesson: Lesson) -> None:
    html = prose(lesson)
    kinds = Counter(each.kind for each in lesson.blocks)
    assert html.startswith("<p>"), "it opens with its purpose"
    assert 'class="story"' in html
    assert kinds["check"] == kinds["reflect"] == 1
    assert re.search(r"<h2[^>]*>In short</h2>\s*<ul>", html)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_a_story_says_that_nobody_in_it_is_real(lesson: Lesson) -> None:
    said = plain.text(prose(lesson))
    general = lesson.slug == "what-your-certificate-says"  # The lesson before it says so of all.
    assert general or re.search(r"composite|made up from|put together from", said)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_a_reflection_offers_to_make_something_up_and_says_that_it_is_private(
    lesson: Lesson,
) -> None:
    (box,) = (each for each in lesson.blocks if isinstance(each, Reflect))
    said = f"{box.prompt} {plain.text(box.html)}".lower()
    assert "private" in said or "nobody else will see" in said
    assert re.search(r"made[ -]up|make up|imagine", said)


def test_each_module_after_the_first_is_closed_by_a_quiz() -> None:
    first, *rest = course().modules
    assert first.quiz is None
    for module in rest:
        assert module.quiz is not None
        assert sum(not isinstance(each, Reflection) for each in module.quiz.questions) == 6
        assert module.quiz.policy == Policy(pass_mark=80, feedback="full")


@pytest.mark.parametrize("module", course().modules, ids=lambda module: module.slug)
def test_a_module_has_an_aim_and_prompts_for_a_talk(module: Module) -> None:
    assert module.aim
    assert len(module.discussion) >= 3


def test_the_bank_holds_a_hundred_and_sixty_questions_and_ninety_situations() -> None:
    assert len(bank()) >= 160
    assert sum(map(situation, bank())) >= 90


def test_all_eight_kinds_are_used() -> None:
    assert {type(each) for each in (*quizzed(), *bank())} == {
        SingleChoice,
        MultipleChoice,
        ScopeQuestion,
        Matching,
        Ordering,
        ShortAnswer,
        NumberAnswer,
        Reflection,
    }


def test_only_the_lessons_and_a_quiz_ask_for_private_words() -> None:
    assert not any(isinstance(each, Reflection) for each in bank())


def test_every_choice_has_feedback_of_its_own() -> None:
    for question in every_question():
        told = [each.feedback for each in getattr(question, "choices", ())]
        assert all(told), question.id
        assert len(set(told)) == len(told), question.id


def test_every_question_that_has_an_answer_explains_it() -> None:
    answered = [each for each in every_question() if not isinstance(each, Reflection)]
    assert [each.id for each in answered if not each.explanation] == []


def test_every_question_of_a_quiz_or_the_bank_names_its_competencies() -> None:
    assert [each.id for each in (*quizzed(), *bank()) if not each.competencies] == []


def test_every_now_is_critical() -> None:
    urgent = [
        each
        for each in (*quizzed(), *bank())
        if isinstance(each, ScopeQuestion) and scope_of(each) is Scope.NOW
    ]
    assert len(urgent) >= 8
    assert [each.id for each in urgent if not each.critical] == []


def test_every_other_scope_appears_as_the_key_in_every_topic() -> None:
    for topic in exam().bank:
        keys = {scope_of(each) for each in topic.questions if isinstance(each, ScopeQuestion)}
        assert {Scope.IN, Scope.ADAPT, Scope.REDIRECT} <= keys, topic.slug


def test_a_judgement_is_always_asked_as_one() -> None:
    labels = {label.value for label in Scope}
    for question in every_question():
        texts = {plain.text(text) for text in _options(question)}
        assert isinstance(question, ScopeQuestion) == (texts == labels), question.id


def test_the_four_answers_are_explained_before_the_first_question_that_uses_them() -> None:
    for lesson in lessons():
        explained = all(f"<td>{label.value}</td>" in prose(lesson) for label in Scope)
        asked = any(isinstance(each, ScopeQuestion) for each in checks_of(lesson))
        if explained or asked:
            assert explained
            return


def checks_of(lesson: Lesson) -> Iterator[Question]:
    yield from (each.question for each in lesson.blocks if isinstance(each, Check))


def test_the_exam_has_the_rules_that_were_promised() -> None:
    assert sum(count for _, count in exam().draw) == 40
    assert {slug for slug, _ in exam().draw} == {topic.slug for topic in exam().bank}
    assert exam().policy == Policy(
        pass_mark=80,
        attempts=3,
        cooldown_minutes=24 * 60,
        time_limit_minutes=None,
        feedback="by-topic",
    )


def test_a_second_attempt_shares_no_question_with_the_first() -> None:
    first = papers.draw(exam(), edition="e", seed="first")
    seen = {item.question.id for item in first.items}
    second = papers.draw(exam(), edition="e", seed="second", seen=seen)
    assert len(seen) == len(second.items) == 40
    assert seen & {item.question.id for item in second.items} == set()


@pytest.mark.parametrize("seed", range(20))
def test_every_paper_samples_each_category_of_both_frameworks_and_danger(seed: int) -> None:
    everything = frozenset().union(*map(sampled, bank()))
    assert len(everything) == 12 + 12 + 1
    first = papers.draw(exam(), edition="e", seed=seed)
    seen = {item.question.id for item in first.items}
    second = papers.draw(exam(), edition="e", seed=seed + 1000, seen=seen)
    for paper in (first, second):
        assert frozenset().union(*(sampled(item.question) for item in paper.items)) == everything


def test_two_statements_are_signed() -> None:
    assert {each.slug for each in course().statements} == {
        "code-of-conduct",
        "what-the-certificate-is",
    }
    assert set(course().requirements.statements) == {each.slug for each in course().statements}
    assert course().certificate.kind == "completion"


def test_both_frameworks_are_named_with_source_and_year() -> None:
    frameworks = {each.slug: each for each in course().frameworks}
    assert frameworks["samhsa"].year == 2015
    assert frameworks["npg"].year == 2019
    for framework in frameworks.values():
        assert len({each.category for each in framework.competencies}) == 12
        assert framework.source.startswith("https://")


def test_every_picture_is_a_drawing_with_words_for_it() -> None:
    assert len(loaded().assets) >= 4
    assert {asset.media_type for asset in loaded().assets} == {"image/svg+xml"}
    pictures = re.findall(r"<img[^>]*>", "".join(map(prose, lessons())))
    assert len(pictures) == len(loaded().assets)
    for picture in pictures:
        found = re.search(r'alt="([^"]{30,})"', picture)
        assert found, picture


def test_a_lesson_that_names_danger_says_so_before_its_text() -> None:
    grave = re.compile(
        r"suicid|overdose|end (?:his|her|their|your) life|want(?:s|ing)? to die", re.IGNORECASE
    )
    silent = {
        lesson.slug
        for lesson in lessons()
        if grave.search(plain.text(prose(lesson))) and not lesson.content_note
    }
    assert silent == set()
