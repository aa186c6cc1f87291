"""Faults in the rules of a quiz or exam that its head alone, or its course, can show."""

from collections.abc import Collection, Iterator

from course_engine.curriculum.frontmatter import did_you_mean
from course_engine.curriculum.problems import Place
from course_engine.curriculum.schemas import ExamFront, QuizFront
from course_engine.curriculum.yaml_values import Marked

Fault = tuple[Place, str, str]


def of(front: QuizFront | ExamFront, marked: Marked, lessons: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong: a place, a code and a message that says what to do."""
    if "none" not in {front.opens, front.closes} and front.closes <= front.opens:
        message = "the window closes before it opens. Write a later time."
        yield marked.place(("closes",)), "window", message
    if front.after_last == "coordinator":
        return
    if front.attempts == "unlimited":
        message = "no attempt is ever the last one. Set attempts, or take this out."
        yield marked.key(("after_last",)), "never-last", message
    for at, slug in enumerate(front.after_last.retrain):
        if slug not in lessons:
            message = f'the course has no lesson "{slug}". {did_you_mean(slug, lessons)}'
            yield marked.place(("after_last", "retrain", at)), "unknown-lesson", message
