"""Practice: missed questions come back soon, known ones later, and there is always a next one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment import practice
from course_engine.assessment.practice import WAITS, Card

pytestmark = pytest.mark.pure

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
IDS = tuple("abcd")
cards = st.builds(
    Card,
    box=st.integers(1, 5),
    due_at=st.integers(-99, 99).map(lambda hours: NOW + timedelta(hours=hours)),
    answered_at=st.just(NOW),
    asked=st.integers(1, 9),
    right=st.just(0),
)


def card(box: int = 1, *, hours: int = 0, ago: int = 0) -> Card:
    """A card that is due in so many hours, and was answered so many minutes ago."""
    return Card(
        box=box,
        due_at=NOW + timedelta(hours=hours),
        answered_at=NOW - timedelta(minutes=ago),
        asked=1,
        right=0,
    )


def test_a_missed_question_goes_back_to_the_first_box_and_returns_in_ten_minutes() -> None:
    missed = practice.answered(card(4), right=False, now=NOW)
    due = NOW + timedelta(minutes=10)
    assert missed == Card(box=1, due_at=due, answered_at=NOW, asked=2, right=0)


def test_a_question_that_is_right_the_first_time_returns_tomorrow() -> None:
    right = practice.answered(None, right=True, now=NOW)
    due = NOW + timedelta(days=1)
    assert right == Card(box=2, due_at=due, answered_at=NOW, asked=1, right=1)


def test_a_right_answer_before_it_is_due_leaves_a_question_where_it_is() -> None:
    right = practice.answered(card(3, hours=5), right=True, now=NOW)
    assert (right.box, right.due_at, right.asked, right.right) == (
        3,
        NOW + timedelta(hours=5),
        2,
        1,
    )


def test_each_right_answer_makes_the_wait_longer_up_to_three_weeks() -> None:
    stands, waits = practice.answered(None, right=False, now=NOW), []
    for _ in range(6):
        when = stands.due_at
        stands = practice.answered(stands, right=True, now=when)
        waits.append((stands.due_at - when).days)
    assert waits == [1, 3, 7, 21, 21, 21]
    assert (stands.asked, stands.right) == (7, 6)


def test_what_is_due_comes_before_what_is_new_the_longest_waiting_first() -> None:
    stands = {"a": card(hours=-1), "b": card(hours=-3), "c": card(hours=5)}
    assert practice.next_question(IDS, stands, now=NOW) == "b"


def test_what_is_new_comes_in_the_order_of_the_bank() -> None:
    assert practice.next_question(IDS, {"a": card(hours=1)}, now=NOW) == "b"


def test_when_nothing_is_due_or_new_missed_questions_come_first() -> None:
    stands = {"a": card(4, hours=2, ago=9), "b": card(1, hours=9, ago=1)}
    assert practice.next_question("ab", stands, now=NOW) == "b"


def test_among_equals_the_one_answered_the_longest_ago_comes() -> None:
    stands = {"a": card(2, hours=1, ago=3), "b": card(2, hours=9, ago=8)}
    assert practice.next_question("ab", stands, now=NOW) == "b"


def test_the_question_just_answered_does_not_come_again_at_once_unless_it_is_the_only_one() -> None:
    stands = {"a": card(hours=-9), "b": card(hours=9)}
    assert practice.next_question("ab", stands, now=NOW, last="a") == "b"
    assert practice.next_question("a", stands, now=NOW, last="a") == "a"


def test_without_questions_there_is_none() -> None:
    assert practice.next_question((), {}, now=NOW) is None


@given(st.dictionaries(st.sampled_from(IDS), cards), st.sampled_from(["", *IDS]))
def test_there_is_always_a_next_question_and_never_a_missed_one_left_waiting(
    stands: dict[str, Card], last: str
) -> None:
    chosen = practice.next_question(IDS, stands, now=NOW, last=last)
    assert chosen in IDS
    assert chosen != last
    due = {each for each, one in stands.items() if one.due_at <= NOW and each != last}
    assert chosen in due or not due


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_one_evening_moves_no_question_beyond_the_second_box(answers: list[bool]) -> None:
    stands = None
    for right in answers:
        stands = practice.answered(stands, right=right, now=NOW)
        assert stands.box <= 2
        assert stands.due_at == NOW + WAITS[stands.box - 1]
    assert stands is not None
    assert stands.asked == len(answers)
    assert stands.right == sum(answers)


def test_a_question_is_known_once_it_was_right_on_several_days() -> None:
    assert [practice.standing(each) for each in (None, card(1), card(2), card(3))] == [
        "new",
        "again",
        "again",
        "known",
    ]
