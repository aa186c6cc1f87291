"""What an answer picked, in terms of its question and not of the page it stood on."""

from typing import assert_never

from course_engine.assessment import answers as given
from course_engine.assessment.answers import Answer
from course_engine.assessment.papers import Item
from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)

BLANK = "blank"
LONGEST = 80


def of(item: Item, answer: Answer) -> tuple[str, ...]:
    """Name what was picked.

    - choices: the index of each choice picked, as text;
    - matching and ordering: the index of each line that was put right;
    - short answer and number: the words, without capitals and cut at 80 characters;
    - what nobody marks: nothing but whether it was left blank.
    """
    kept = given.read(item, answer)
    if not kept:
        return (BLANK,)
    match item.question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return tuple(str(index) for index in given.picked(item, kept) if index is not None)
        case Matching():
            rights = [pair.right for pair in item.question.pairs]
            chosen = given.picked(item, kept)
            return tuple(
                str(line)
                for line, index in enumerate(chosen)
                if index is not None and rights[index] == rights[line]
            )
        case Ordering():
            return tuple(
                str(index)
                for index, rank in zip(item.order, kept, strict=True)
                if rank and int(rank) - 1 == index
            )
        case ShortAnswer() | NumberAnswer():
            return (" ".join(kept[0].casefold().split())[:LONGEST],)
        case Reflection() | Written():
            return ()
        case _:
            assert_never(item.question)
