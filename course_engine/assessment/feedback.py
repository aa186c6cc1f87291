"""What a trainee may see of a closed attempt: as much as the policy allows, and nothing more.

A grade exists only for a closed attempt, so nothing here can be made of an open one.
"""

from dataclasses import dataclass
from typing import assert_never

from course_engine.assessment import marking
from course_engine.assessment.answers import BLANK, Answer, Answers, read
from course_engine.assessment.grading import Grade
from course_engine.assessment.papers import Paper, check_item
from course_engine.assessment.reviews import Review, review
from course_engine.assessment.topics import Topics, TopicShare, shares
from course_engine.curriculum.course import Policy
from course_engine.curriculum.questions import Question


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackView:
    """All that a page may say about one closed attempt; what the policy holds back is not in it.

    ``critical_missed`` is a count: it explains how a high percent can fail.
    """

    percent: int
    pass_mark: int
    passed: bool
    critical_missed: int
    topics: tuple[TopicShare, ...] = ()
    reviews: tuple[Review, ...] = ()


def shown(
    paper: Paper, answers: Answers, grade: Grade, policy: Policy, topics: Topics
) -> FeedbackView:
    """Decide what may be shown.

    - ``never``: the percent, and whether it passed.
    - ``by-topic``: that, and the percent of each topic with the weakest marked.
    - ``after-pass``: by topic until an attempt passes; everything of one that did.
    - ``full``: everything: each question with the answer given, the key, and what is said about it.
    """
    match policy.feedback:
        case "never":
            by_topic, each = False, False
        case "by-topic":
            by_topic, each = True, False
        case "after-pass":
            by_topic, each = True, grade.passed
        case "full":
            by_topic, each = True, True
        case _:
            assert_never(policy.feedback)
    return FeedbackView(
        percent=grade.percent,
        pass_mark=policy.pass_mark,
        passed=grade.passed,
        critical_missed=len(grade.critical_missed),
        topics=shares(grade, topics) if by_topic else (),
        reviews=_reviews(paper, answers, grade) if each else (),
    )


def check_feedback(question: Question, answer: Answer) -> Review:
    """Say everything about the answer to an inline check, as nothing depends on it."""
    item = check_item(question)
    kept = read(item, answer) or BLANK
    credit = marking.credit(item, kept) if marking.graded(item) else None
    return review(item, kept, number=1, credit=credit, missed=False)


def _reviews(paper: Paper, answers: Answers, grade: Grade) -> tuple[Review, ...]:
    credits_by_id = {mark.question: mark.credit for mark in grade.marks}
    return tuple(
        review(
            item,
            answers.get(item.question.id, BLANK),
            number=number,
            credit=credits_by_id.get(item.question.id),
            missed=item.question.id in grade.critical_missed,
        )
        for number, item in enumerate(paper.items, start=1)
    )
