"""``course-engine rescore``: put right what a wrong key did to grades."""

from collections.abc import Iterator
from typing import get_args

import click

from course_engine.assessment import repairs as core
from course_engine.assessment.repairs import Kind, Repair, Rule
from course_engine.cli import starting
from course_engine.curriculum.questions import Question
from course_engine.errors import Missing, Refused
from course_engine.records import people
from course_engine.records.people import Role
from course_engine.web import new_keys, outlooks, repairing
from course_engine.web.database import db
from course_engine.web.errors import explained
from course_engine.web.new_keys import Typed
from course_engine.web.outlooks import Outlook, Wanted


@click.command()
@click.argument("course")
@click.argument("quiz")
@click.argument("question")
@click.argument("repair", type=click.Choice(get_args(Kind)))
@click.option("--right", multiple=True, metavar="A", help="A right choice, by its letter.")
@click.option("--accept", multiple=True, metavar="WORDS", help="An accepted short answer.")
@click.option("--low", default="", help="The least accepted number.")
@click.option("--high", default="", help="The largest accepted number; the same if left out.")
@click.option(
    "--rule", type=click.Choice(get_args(Rule)), default="nobody-loses", show_default=True
)
@click.option("--apply", "by", metavar="EMAIL", help="Do it, as this coordinator.")
@click.option("--reason", default="", help="Why; needed with --apply.")
@click.option("--demo", is_flag=True, help="Work on the demo site.")
def rescore(
    *,
    course: str,
    quiz: str,
    question: str,
    repair: Kind,
    right: tuple[str, ...],
    accept: tuple[str, ...],
    low: str,
    high: str,
    rule: Rule,
    by: str | None,
    reason: str,
    demo: bool,
) -> None:
    """Repair QUESTION of QUIZ in COURSE, and correct the grades of everybody who was asked it.

    accept-any gives everybody its points, drop-question grades as if it were not there, re-key
    grades by another key. Without --apply nothing is changed: what would change is printed. Grades
    that got better stand; with --rule by-the-new-key those that got worse do too. For a re-key
    without --right, --accept or --low, the key of the served edition counts: correct the file and
    publish it first.
    """
    with starting.context(demo=demo):
        try:
            known = repairing.question(course, quiz, question)
            key = _key(known, right, accept, low, high) if repair == "re-key" else None
            wanted = Wanted(
                course_slug=course,
                quiz=quiz,
                repair=Repair(kind=repair, question=known, key=key),
                rule=rule,
            )
            core.check(wanted.repair)
            outlook = outlooks.look(wanted)
            db.session.rollback()
            for line in _told(outlook):
                click.echo(line)
            if by is None:
                click.echo("Nothing was changed. Add --apply EMAIL to do it.")
                return
            actor = people.by_email(db.session, by)
            if actor is None or Role.COORDINATOR not in actor.roles:
                starting.stop(f"{by} is not a coordinator here.")
            if not reason.strip():
                starting.stop("Say why, with --reason.")
            db.session.rollback()
            number = repairing.apply(
                wanted, looked_at=outlook.fingerprint, reason=reason, actor_id=actor.id
            )
            while repairing.settle_next():
                pass
            click.echo(f"Done: repair {number}. It can be taken back on the page of repairs.")
        except Missing:
            starting.stop(f"There is no question {question} in the quiz {quiz} of {course}.")
        except Refused as refusal:
            starting.stop(explained(refusal))


def _key(
    question: Question, right: tuple[str, ...], accept: tuple[str, ...], low: str, high: str
) -> Question:
    if not (right or accept or low):
        return question
    letters = [ord(letter.strip().upper()[:1] or "?") - ord("A") for letter in right]
    return new_keys.keyed(question, Typed(right=letters, accepted=accept, low=low, high=high))


def _told(outlook: Outlook) -> Iterator[str]:
    yield f"Graded papers that asked it: {outlook.asked}"
    yield f"Grades that get better: {outlook.raised}; worse: {outlook.lowered}"
    yield f"Papers that now pass: {outlook.now_passing}; not any more: {outlook.failing_now}"
    for change in outlook.changes:
        certificate = f", certificate {change.serial}" if change.serial else ""
        yield (
            f"  attempt {change.attempt_id}: {change.before.percent} % to {change.after.percent} %"
            f"{', now passes' if change.after.passed and not change.before.passed else ''}"
            f"{certificate}"
        )
    if outlook.changed > len(outlook.changes):
        yield f"  and {outlook.changed - len(outlook.changes)} more"
