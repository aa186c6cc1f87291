"""The quizzes and the exam that the program ships with, held to what was promised."""

from collections.abc import Iterator

import pytest

from course_engine.assessment import papers
from course_engine.assessment.blueprints import sampled
from course_engine.curriculum import plain
from course_engine.curriculum.course import (
    Check,
    Lesson,
    Policy,
)
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
from tests.curriculum.shipped import (
    bank,
    course,
    every_question,
    exam,
    lessons,
    options,
    practiced,
    prose,
    quizzed,
    scope_of,
    situation,
)


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
        texts = {plain.text(text) for text in options(question)}
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
    assert sum(count for _, level, count in exam().levels if level == "judgment") == 24
    assert dict(exam().at_least)["critical"] == 4
    assert exam().policy == Policy(
        pass_mark=80,
        attempts=3,
        cooldown_minutes=24 * 60,
        time_limit_minutes=None,
        feedback="by-topic",
    )


def test_every_attempt_that_is_allowed_can_ask_something_new() -> None:
    seen: set[str] = set()
    for seed in ("first", "second", "third"):
        drawn = papers.draw(exam(), edition="e", seed=seed, seen=seen)
        assert not seen.intersection(item.question.id for item in drawn.items)
        seen.update(item.question.id for item in drawn.items)


def test_every_topic_has_questions_to_practice_that_explain_themselves() -> None:
    assert [topic.slug for topic in course().practice] == [slug for slug, _ in exam().draw]
    assert all(len(topic.questions) >= 2 for topic in course().practice)
    assert [each.id for each in practiced() if not each.competencies or not each.level] == []


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
