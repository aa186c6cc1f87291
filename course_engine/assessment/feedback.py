"""What a trainee may see of a closed attempt: as much as the policy allows, and nothing more.

A grade exists only for a closed attempt, so nothing here can be made of an open one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from course_engine.assessment import marking, teaching, topics
from course_engine.assessment.answers import BLANK, Answer, Answers, read
from course_engine.assessment.grading import Grade
from course_engine.assessment.papers import Item, Paper, check_item
from course_engine.assessment.reviews import RatedAnswer, Review, review
from course_engine.assessment.teaching import CompetencyShare, Teaching
from course_engine.assessment.topics import Topics, TopicShare
from course_engine.curriculum.course import Policy
from course_engine.curriculum.questions import Question

Rated = Mapping[str, RatedAnswer]
"""What people said of written answers, by the id of the question."""

NOBODY: Rated = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackView:
    """All that a page may say about one closed attempt; what the policy holds back is not in it.

    ``critical_missed`` is a count: it explains how a high percent can fail. ``comments`` holds the
    written answers with what people said of them, where the other questions are not shown.
    """

    percent: int
    pass_mark: int
    passed: bool
    critical_missed: int
    topics: tuple[TopicShare, ...] = ()
    competencies: tuple[CompetencyShare, ...] = ()
    reviews: tuple[Review, ...] = ()
    comments: tuple[Review, ...] = ()


def shown(
    paper: Paper,
    answers: Answers,
    grade: Grade,
    policy: Policy,
    by_topic: Topics,
    *,
    taught: Teaching,
    rated: Rated = NOBODY,
) -> FeedbackView:
    """Decide what may be shown.

    - ``never``: the percent, and whether it passed.
    - ``by-topic``: that, and the percent of each topic and competency with the lessons to reread.
    - ``per-choice``: that, and of each question whether the answer was right, with what is said
      about the choices that were made. What else would have been right is not told.
    - ``after-pass``: by topic until an attempt passes; everything of one that did.
    - ``full``: everything: each question with the answer given, the key, and what is said about it.

    Of a written answer the outcome and the comments are shown wherever topics are, and the levels
    that people saw wherever its question is.
    """
    match policy.feedback:
        case "never":
            sums, each, key = False, False, False
        case "by-topic":
            sums, each, key = True, False, False
        case "per-choice":
            sums, each, key = True, True, False
        case "after-pass":
            sums, each, key = True, grade.passed, grade.passed
        case "full":
            sums, each, key = True, True, True
        case _:
            assert_never(policy.feedback)
    return FeedbackView(
        percent=grade.percent,
        pass_mark=policy.pass_mark,
        passed=grade.passed,
        critical_missed=len(grade.critical_missed),
        topics=topics.shares(grade, by_topic) if sums else (),
        competencies=teaching.shares(paper, grade, taught) if sums else (),
        reviews=_reviews(paper, answers, grade, key=key, rated=rated) if each else (),
        comments=_comments(paper, answers, grade, rated) if sums and not each else (),
    )


def check_feedback(question: Question, answer: Answer) -> Review:
    """Say everything about the answer to an inline check, as nothing depends on it."""
    return everything(check_item(question), answer)


def everything(item: Item, answer: Answer) -> Review:
    """Say everything about an answer that does not count."""
    kept = read(item, answer) or BLANK
    credit = marking.credit(item, kept) if marking.graded(item) else None
    return review(item, kept, number=1, credit=credit, missed=False)


def _comments(paper: Paper, answers: Answers, grade: Grade, rated: Rated) -> tuple[Review, ...]:
    without = {name: replace(said, levels=(), flags=()) for name, said in rated.items()}
    laid_open = _reviews(paper, answers, grade, key=False, rated=without)
    return tuple(each for each in laid_open if each.id in rated)


def _reviews(
    paper: Paper, answers: Answers, grade: Grade, *, key: bool, rated: Rated
) -> tuple[Review, ...]:
    credits_by_id = {mark.question: mark.credit for mark in grade.marks}
    return tuple(
        review(
            item,
            answers.get(item.question.id, BLANK),
            number=number,
            credit=credits_by_id.get(item.question.id),
            missed=item.question.id in grade.critical_missed,
            key=key,
            rated=rated.get(item.question.id),
        )
        for number, item in enumerate(paper.items, start=1)
    )
