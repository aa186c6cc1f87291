"""Is it enough: every requirement weighed, and nothing ever unmet by more evidence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from course_engine.curriculum.course import Requirements
from course_engine.learning.evidence import Evidence
from course_engine.learning.requirements import weigh
from tests import builders
from tests.learning.sampling import DAY, EVERYTHING, evidences, failed, passed

pytestmark = pytest.mark.pure

COURSE = builders.course()


def test_requirements_stand_in_the_order_of_the_course() -> None:
    items = weigh(COURSE, Evidence()).items
    assert [(item.kind, item.slug) for item in items] == [
        ("lesson", "a"),
        ("lesson", "b"),
        ("quiz", "one"),
        ("lesson", "c"),
        ("quiz", "two"),
        ("exam", "exam"),
        ("statement", "conduct"),
    ]


def test_with_everything_done_it_is_met_on_the_day_of_the_last() -> None:
    eligibility = weigh(COURSE, EVERYTHING)
    assert eligibility.met
    assert eligibility.outstanding == ()
    assert eligibility.met_at == DAY + timedelta(hours=2)


@pytest.mark.parametrize(
    "lacking",
    [
        replace(EVERYTHING, lessons=EVERYTHING.lessons[1:]),
        replace(EVERYTHING, results=EVERYTHING.results[1:]),
        replace(EVERYTHING, results=EVERYTHING.results[:-1]),
        replace(EVERYTHING, statements=()),
    ],
)
def test_with_one_thing_lacking_it_is_not_met_and_names_it(lacking: Evidence) -> None:
    eligibility = weigh(COURSE, lacking)
    assert not eligibility.met
    assert eligibility.met_at is None
    assert len(eligibility.outstanding) == 1


def test_an_attempt_that_did_not_pass_is_shown_and_meets_nothing() -> None:
    tried = failed("one")
    item = weigh(COURSE, Evidence(results=(tried,))).items[2]
    assert item.proof == tried
    assert not item.met


def test_the_best_result_is_shown_and_the_first_pass_sets_the_day() -> None:
    first = passed("one", number=2, percent=85, at=DAY)
    better = passed("one", number=3, percent=95, at=DAY + timedelta(days=1))
    # A critical miss can fail a higher percent; a pass is still the better result.
    missed = failed("one", number=1, percent=97, at=DAY - timedelta(days=1))
    item = weigh(COURSE, Evidence(results=(missed, better, first))).items[2]
    assert item.proof == better
    assert item.met_at == DAY


def test_only_what_is_named_is_demanded() -> None:
    course = builders.course(
        requirements=Requirements(lessons=("b",), quizzes=("two",), exam=False)
    )
    assert [item.slug for item in weigh(course, Evidence()).items] == ["b", "two"]


def test_a_module_without_a_quiz_demands_none() -> None:
    course = builders.course(
        builders.module("one", "a", with_quiz=False),
        builders.module("two", "b"),
        requirements=Requirements(quizzes=("two",), exam=False),
    )
    assert [item.slug for item in weigh(course, Evidence()).items] == ["a", "b", "two"]


def test_signing_one_statement_does_not_sign_another() -> None:
    asking = Requirements(lessons=(), quizzes=(), exam=False, statements=("conduct", "privacy"))
    outstanding = weigh(builders.course(requirements=asking), EVERYTHING).outstanding
    assert [item.slug for item in outstanding] == ["privacy"]


def test_a_requirement_that_the_course_does_not_have_is_never_met() -> None:
    asking = Requirements(lessons=("gone",), quizzes=("gone",), exam=True, statements=("gone",))
    course = replace(builders.course(requirements=asking), exam=None, statements=())
    outstanding = weigh(course, Evidence()).outstanding
    assert [(item.kind, item.slug) for item in outstanding] == [
        ("lesson", "gone"),
        ("quiz", "gone"),
        ("exam", "exam"),
        ("statement", "gone"),
    ]


def test_a_course_that_demands_nothing_gives_nothing() -> None:
    course = builders.course(requirements=Requirements(lessons=(), quizzes=(), exam=False))
    assert not weigh(course, EVERYTHING).met


@given(evidences, evidences)
def test_more_evidence_never_unmeets_a_requirement(some: Evidence, more: Evidence) -> None:
    both = Evidence(
        lessons=some.lessons + more.lessons,
        results=some.results + more.results,
        statements=some.statements + more.statements,
    )
    for before, after in zip(weigh(COURSE, some).items, weigh(COURSE, both).items, strict=True):
        assert after.met or not before.met
        assert before.met_at is None or (after.met_at is not None)
    assert weigh(COURSE, both).met or not weigh(COURSE, some).met


@given(evidences)
def test_what_is_outstanding_is_what_keeps_it_from_being_met(evidence: Evidence) -> None:
    eligibility = weigh(COURSE, evidence)
    assert eligibility.met == (eligibility.outstanding == ())
    assert (eligibility.met_at is not None) == eligibility.met
