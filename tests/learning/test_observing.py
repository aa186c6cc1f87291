"""Role-plays as a requirement, and what waits for people."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from course_engine.curriculum.questions import Html
from course_engine.curriculum.rubrics import RolePlay
from course_engine.learning.evidence import Evidence, Observed
from course_engine.learning.requirements import weigh
from course_engine.learning.steps import AskForRolePlay, GetCertificate, Waiting, next_step
from tests import builders
from tests.learning.sampling import DAY, EVERYTHING, evidences

pytestmark = pytest.mark.pure

PLAIN = builders.course()
COURSE = replace(
    PLAIN,
    roleplays=(
        RolePlay(
            slug="talk",
            title="A talk",
            rubric="reply",
            assessors=1,
            minutes=0,
            html=Html("Talk."),
            assessor="",
        ),
    ),
    requirements=replace(PLAIN.requirements, roleplays=("talk",)),
)


def observed(sittings: str) -> Evidence:
    """Everything done, and a sitting of the role-play for each character; an x was met."""
    return replace(
        EVERYTHING,
        observed=tuple(
            Observed(
                roleplay="talk", number=number, met=mark == "x", at=DAY + timedelta(days=number)
            )
            for number, mark in enumerate(sittings, 1)
        ),
    )


def test_a_role_play_that_is_required_is_asked_for_before_a_certificate() -> None:
    assert not weigh(COURSE, EVERYTHING).met
    assert next_step(COURSE, EVERYTHING) == AskForRolePlay(slug="talk", title="A talk")


def test_it_is_met_once_a_sitting_was_met() -> None:
    assert not weigh(COURSE, observed("-")).met
    assert weigh(COURSE, observed("-x")).met_at == DAY + timedelta(days=2)
    assert next_step(COURSE, observed("-x")) == GetCertificate()


def test_a_later_sitting_that_went_worse_takes_nothing_away() -> None:
    assert weigh(COURSE, observed("x-")).met_at == DAY + timedelta(days=1)


def test_of_sittings_that_were_not_met_the_latest_is_shown() -> None:
    (item,) = weigh(COURSE, observed("--")).outstanding
    assert item.proof == Observed(roleplay="talk", number=2, met=False, at=DAY + timedelta(days=2))


def test_what_waits_for_people_is_no_step_of_the_trainee() -> None:
    waiting = replace(EVERYTHING, waiting=frozenset({"talk"}))
    assert next_step(COURSE, waiting) == Waiting(on=(), people=True)
    one = replace(EVERYTHING, results=EVERYTHING.results[1:], waiting=frozenset({"one"}))
    assert next_step(PLAIN, one) == Waiting(on=(), people=True)


def test_a_role_play_that_the_course_does_not_have_stays_outstanding() -> None:
    odd = replace(PLAIN, requirements=replace(PLAIN.requirements, roleplays=("gone",)))
    assert [item.slug for item in weigh(odd, EVERYTHING).outstanding] == ["gone"]


@given(evidences, evidences)
def test_more_evidence_never_unmeets_a_requirement(one: Evidence, other: Evidence) -> None:
    both = Evidence(
        lessons=one.lessons + other.lessons,
        results=one.results + other.results,
        statements=one.statements + other.statements,
        observed=one.observed + other.observed,
        waiting=one.waiting | other.waiting,
    )
    before = {item.slug for item in weigh(COURSE, one).items if item.met}
    assert before <= {item.slug for item in weigh(COURSE, both).items if item.met}
