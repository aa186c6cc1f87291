"""The right answer that a preview fills in."""

import pytest

from course_engine.assessment import marking, papers
from course_engine.curriculum.questions import Question, Written
from course_engine.pages.authoring import answer_keys
from tests import builders


@pytest.mark.parametrize("question", builders.every_kind(), ids=lambda question: question.kind)
def test_the_right_answer_earns_everything(question: Question) -> None:
    by_a_key = not isinstance(question, Written)
    for seed in range(5):
        item = papers.item(question, seed=str(seed))
        right = answer_keys.right_answer(item)
        assert marking.credit(item, right) == int(marking.graded(item) and by_a_key)
