"""What each kind of question earns, by its formula."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course_engine.assessment import papers
from course_engine.assessment.answers import Answer
from course_engine.assessment.marking import credit
from course_engine.assessment.papers import Item
from course_engine.curriculum.questions import Matching, Ordering, Question, Scope
from tests import builders
from tests.assessment.sampling import answers_to, questions, seeds

pytestmark = pytest.mark.pure

IN, ADAPT, REDIRECT, NOW = ("1",), ("2",), ("3",), ("4",)


def in_order(question: Question) -> Item:
    """Lay a question out as written, so that numbers in a test can be read."""
    order = tuple(sorted(papers.item(question, seed=1).order))
    return Item(question=question, order=order)


@pytest.mark.parametrize(("answer", "earned"), [(("2",), 1), (("1",), 0), ((), 0), (("9",), 0)])
def test_a_single_choice_is_right_or_wrong(answer: Answer, earned: int) -> None:
    assert credit(in_order(builders.single(rights="-x--")), answer) == earned


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        (("1", "2"), Fraction(1)),
        (("1",), Fraction(1, 2)),
        (("1", "2", "3"), Fraction(1, 2)),
        (("1", "3"), Fraction(0)),
        (("1", "2", "3", "4"), Fraction(0)),
        (("3", "4"), Fraction(0)),
        ((), Fraction(0)),
    ],
)
def test_several_choices_earn_rights_minus_wrongs(answer: Answer, earned: Fraction) -> None:
    assert credit(in_order(builders.multiple(rights="xx--")), answer) == earned


@pytest.mark.parametrize(
    ("right", "earned"),
    [
        (Scope.IN, [1, Fraction(1, 2), 0, 0]),
        (Scope.ADAPT, [Fraction(1, 2), 1, Fraction(1, 2), 0]),
        (Scope.REDIRECT, [0, Fraction(1, 2), 1, Fraction(1, 2)]),
        (Scope.NOW, [0, 0, Fraction(1, 2), 1]),
    ],
)
def test_a_neighboring_label_earns_half(right: Scope, earned: list[Fraction]) -> None:
    item = papers.item(builders.scope(right=right), seed=1)
    assert [credit(item, answer) for answer in (IN, ADAPT, REDIRECT, NOW)] == earned


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        (("1", "2", "3"), Fraction(1)),
        (("1", "3", "2"), Fraction(1, 3)),
        (("1", "", ""), Fraction(1, 3)),
        (("2", "3", "1"), Fraction(0)),
        (("1", "1", "1"), Fraction(1, 3)),
    ],
)
def test_matching_earns_the_share_of_its_lines(answer: Answer, earned: Fraction) -> None:
    assert credit(in_order(builders.matching(rights="pqr")), answer) == earned


def test_a_right_hand_side_that_two_lines_share_is_right_for_both() -> None:
    assert credit(in_order(builders.matching(rights="ppq")), ("1", "1", "2")) == 1


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        (("1", "2", "3", "4"), Fraction(1)),
        (("4", "3", "2", "1"), Fraction(0)),
        (("4", "1", "2", "3"), Fraction(2, 3)),  # b c d a
        (("2", "1", "3", "4"), Fraction(1, 3)),  # b a c d
        (("1", "2", "", ""), Fraction(1, 3)),
        (("1", "2", "2", "3"), Fraction(0)),  # Two second places: neither counts.
        (("", "", "", "1"), Fraction(0)),
    ],
)
def test_ordering_earns_the_share_of_neighbors(answer: Answer, earned: Fraction) -> None:
    assert credit(in_order(builders.ordering(items="abcd")), answer) == earned


def test_items_with_the_same_words_may_change_places() -> None:
    assert credit(in_order(builders.ordering(items="aba")), ("3", "2", "1")) == 1


def test_words_and_numbers_are_right_or_wrong() -> None:
    assert credit(in_order(builders.short(accepted=("hope",))), ("Hope",)) == 1
    assert credit(in_order(builders.short(accepted=("hope",))), ("hop",)) == 0
    assert credit(in_order(builders.number(low="3.4", high="3.6")), ("3,5",)) == 1
    assert credit(in_order(builders.number(low="3.4", high="3.6")), ("3,7",)) == 0


def test_a_reflection_earns_nothing() -> None:
    assert credit(in_order(builders.reflection()), ("My own words",)) == 0


@given(st.data(), questions, seeds)
def test_credit_is_never_below_nothing_or_above_everything(
    data: st.DataObject, question: Question, seed: int | str
) -> None:
    item = papers.item(question, seed=seed)
    assert 0 <= credit(item, data.draw(answers_to(item))) <= 1


@given(st.data(), questions)
def test_shuffling_never_changes_what_is_earned(data: st.DataObject, question: Question) -> None:
    plain, mixed = in_order(question), papers.item(question, seed=data.draw(seeds))
    answer = data.draw(answers_to(plain))
    assert credit(mixed, _as_shown_on(mixed, plain, answer)) == credit(plain, answer)


@given(st.data(), st.text("x-", min_size=2, max_size=6).filter(lambda rights: "x" in rights))
def test_ticking_a_right_choice_or_clearing_a_wrong_one_never_earns_less(
    data: st.DataObject, rights: str
) -> None:
    item = in_order(builders.multiple(rights=rights))
    before = set(data.draw(answers_to(item)))
    changed = data.draw(st.sampled_from(range(len(rights))))
    after = before | {str(changed + 1)} if rights[changed] == "x" else before - {str(changed + 1)}
    assert credit(item, tuple(after)) >= credit(item, tuple(before))


@given(st.data(), st.text("pqrs", min_size=1, max_size=5))
def test_matching_one_more_line_rightly_never_earns_less(data: st.DataObject, rights: str) -> None:
    item = in_order(builders.matching(rights=rights))
    before = list(data.draw(answers_to(item)))
    line = data.draw(st.sampled_from(range(len(rights))))
    assume(before)
    key = str(item.order.index(rights.index(rights[line])) + 1)
    after = [*before[:line], key, *before[line + 1 :]]
    assert credit(item, tuple(after)) >= credit(item, tuple(before))


@given(st.permutations("1234"))
def test_only_the_right_order_earns_everything(ranks: list[str]) -> None:
    item = in_order(builders.ordering(items="abcd"))
    assert (credit(item, tuple(ranks)) == 1) == (ranks == ["1", "2", "3", "4"])


def _as_shown_on(mixed: Item, plain: Item, answer: Answer) -> Answer:
    """Say the same thing about another layout of the same question."""
    if not mixed.order or not answer:
        return answer
    if isinstance(mixed.question, Ordering):
        return tuple(answer[plain.order.index(index)] for index in mixed.order)
    moved = [
        str(mixed.order.index(plain.order[int(number) - 1]) + 1) if number else ""
        for number in answer
    ]
    return tuple(moved if isinstance(mixed.question, Matching) else sorted(moved))
