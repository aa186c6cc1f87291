"""What is written in a format comes back from it as it was."""

import pytest
from hypothesis import HealthCheck, assume, given, settings

from course_engine.curriculum.problems import stops
from course_engine.curriculum.questions import Question
from course_engine.exchange.gift import reading as gift_reading
from course_engine.exchange.gift import writing as gift_writing
from course_engine.exchange.losses import Losses
from course_engine.exchange.qti import packing as qti_packing
from course_engine.exchange.qti import reading as qti_reading
from course_engine.exchange.shelves import Shelf
from tests.exchange.questions import WORDS, alone, as_written, questions

pytestmark = pytest.mark.pure

SETTINGS = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@SETTINGS
@given(questions(WORDS))
def test_a_question_in_plain_words_is_always_written(question: Question) -> None:
    bank = as_written(question)
    assert not stops(bank.problems), (question, bank.problems)
    assert alone(bank.questions[0]) == question


@SETTINGS
@given(questions())
def test_what_is_written_as_markdown_is_written_the_same_way_again(question: Question) -> None:
    bank = as_written(question)
    assert as_written(*bank.questions).markdown == bank.markdown


@SETTINGS
@given(questions())
def test_gift_brings_back_every_question_that_it_can_carry(question: Question) -> None:
    bank = as_written(question)
    assume(bank.questions)
    losses = Losses("bank.md", done="exported")
    shelf = Shelf(slug="a", title="A bank", questions=bank.questions)
    text = gift_writing.write([shelf], {"bank.md": losses})
    back = gift_reading.read(text.encode(), name="bank.gift")
    if not losses.found:
        assert list(map(alone, back.questions)) == list(map(alone, bank.questions)), text


@SETTINGS
@given(questions())
def test_a_qti_package_brings_back_every_question(question: Question) -> None:
    bank = as_written(question)
    assume(bank.questions)
    losses = Losses("bank.md", done="exported")
    shelf = Shelf(slug="a", title="A bank", questions=bank.questions)
    package = qti_packing.pack([shelf], {"bank.md": losses})
    back = qti_reading.read(package, name="bank.zip")
    assert losses.found == ()
    assert list(map(alone, back.questions)) == list(map(alone, bank.questions)), back.problems
