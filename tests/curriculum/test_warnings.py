"""Warnings: what an author should look at, and what stays silent."""

from pathlib import Path

import pytest

from course_engine.curriculum import key_bias, loading, reading_level, wording
from course_engine.curriculum.questions import Choice, Html, Question, SingleChoice
from course_engine.curriculum.reading import Line
from tests.curriculum.authored import COURSE, codes, files, loaded, said

pytestmark = pytest.mark.pure

LESSON = str(COURSE["01-first/01-one.md"])
QUIZ = str(COURSE["01-first/quiz.md"])
CITES = LESSON.replace("1\n", "1\ncompetencies: [skills:A]\n", 1)
SHIPPED = Path(__file__).parents[2] / "curriculum"


def worded(text: str) -> list[str]:
    lines = [Line(text=line, number=number) for number, line in enumerate(text.split("\n"), 1)]
    return [f"{place.line}:{place.column} {code}" for place, code, _ in wording.findings(lines)]


def keyed(rights: str, *, lengths: str = "111") -> list[Question]:
    """One question for each character: the number of its right choice. Lengths are in words."""
    return [
        SingleChoice(
            id=str(at),
            prompt=Html("?"),
            choices=tuple(
                Choice(text=Html(f"word{place} " * int(length)), right=place == int(right))
                for place, length in enumerate(lengths)
            ),
        )
        for at, right in enumerate(rights)
    ]


def told(questions: list[Question]) -> list[str]:
    return [code for code, _ in key_bias.tells(questions)]


def test_the_shipped_courses_have_nothing_wrong_and_no_warning() -> None:
    curriculum = loading.load_curriculum(SHIPPED)
    assert said(curriculum.problems) == ""
    for one in curriculum.courses:
        assert said(one.problems) == ""
        assert one.course is not None


def test_a_competency_that_no_question_tests_is_told_where_it_is_taught(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"01-first/01-one.md": CITES})
    assert said(one.problems) == (
        "01-first/01-one.md:4:16: warning: skills:A is taught here, and no question tests it. "
        "Add one to a quiz."
    )
    assert one.course is not None


@pytest.mark.parametrize("key", ["skills:A", "skills:A.1"])
def test_a_question_about_a_part_tests_its_category(tmp_path: Path, key: str) -> None:
    tests = QUIZ.replace("{#first}", f'{{#first competency="{key}"}}')
    one = loaded(tmp_path, {"01-first/01-one.md": CITES, "01-first/quiz.md": tests})
    assert one.problems == ()


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(1, []), (2, []), (3, ["minutes-too-many"])],
)
def test_minutes_that_the_words_cannot_fill_are_told(
    tmp_path: Path, minutes: int, expected: list[str]
) -> None:
    text = LESSON.replace("minutes: 1", f"minutes: {minutes}")
    head = str(COURSE["course.md"]).replace("12", str(minutes + 11))
    one = loaded(tmp_path, {"01-first/01-one.md": text, "course.md": head})
    assert codes(one.problems) == expected


def test_minutes_that_the_words_do_not_fit_into_are_told(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"01-first/01-one.md": LESSON + "Help is near. " * 60})
    assert codes(one.problems) == ["minutes-too-few"]
    assert "01-first/01-one.md:3:10: warning: 300 words are 1.5 minutes of reading" in said(
        one.problems
    )


def test_minutes_of_the_parts_and_of_the_course_agree(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"course.md": str(COURSE["course.md"]).replace("12", "20")})
    assert codes(one.problems) == ["minutes-sum"]


def test_a_bank_file_from_which_nothing_is_drawn_is_told(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"exam/bank/far.md": "---\ntitle: F\n---\n\n## W {#w}\n= x\n"})
    assert codes(one.problems) == ["never-drawn"]
    assert one.course is not None


def test_a_text_far_above_its_readers_is_told(tmp_path: Path) -> None:
    hard = (
        "Organizational considerations necessitate comprehensive documentation of interventions "
        "notwithstanding individual preferences regarding confidentiality and participation. "
    ) * 6
    one = loaded(tmp_path, {"01-first/01-one.md": f"---\ntitle: T\nminutes: 1\n---\n\n{hard}\n"})
    assert codes(one.problems) == ["hard-to-read"]


def test_other_languages_are_not_weighed_by_an_english_formula(tmp_path: Path) -> None:
    hard = "Organizational considerations necessitate documentation notwithstanding all. " * 14
    one = loaded(
        tmp_path,
        {
            "01-first/01-one.md": f"---\ntitle: T\nminutes: 1\n---\n\n{hard}\n",
            "course.md": str(COURSE["course.md"]).replace("language: en", "language: es"),
        },
    )
    assert one.problems == ()


def test_reading_grades_follow_the_formula() -> None:
    assert reading_level.grade("The cat sat on the mat.") == pytest.approx(-1.45, abs=0.01)
    assert reading_level.grade("") == 0
    assert reading_level.grade("...") == 0
    easy = reading_level.grade("You can ask for help. We will listen.")
    hard = reading_level.grade("Documentation of organizational responsibilities is necessary.")
    assert easy < 5
    assert hard > 12


def test_a_key_whose_right_choice_is_always_the_longest_is_told() -> None:
    assert told(keyed("02102101", lengths="111")) == []
    assert told(keyed("0" * 4 + "1" * 2 + "2" * 2, lengths="141")) == []
    assert "key-longest" in told(keyed("1111111", lengths="141"))
    assert "key-shortest" in told(keyed("1111111", lengths="414"))


def test_a_key_whose_right_choice_always_stands_in_the_same_place_is_told() -> None:
    assert told(keyed("00000000")) == ["key-place"]
    assert told(keyed("00012120")) == []
    assert told(keyed("00000")) == []


def test_absolutes_that_are_only_wrong_are_told() -> None:
    questions: list[Question] = [
        SingleChoice(
            id=str(at),
            prompt=Html("?"),
            choices=(
                Choice(text=Html("You must always do it"), right=False),
                Choice(text=Html(right), right=True),
                Choice(text=Html("Something else"), right=False),
            ),
        )
        for at, right in enumerate(["Ask first", "Wait", "Listen", "Stay"])
    ]
    assert told(questions) == ["key-absolutes"]
    balanced = [
        SingleChoice(id="x", prompt=Html("?"), choices=(*each.choices[:1], Choice(
            text=Html("Never alone"), right=True)))
        for each in questions
        if isinstance(each, SingleChoice)
    ]  # fmt: skip
    assert told(list(balanced)) == []


@pytest.mark.parametrize(
    "text",
    [
        "After this course you are a certified peer specialist.",
        "You will become certified.",
        "This course certifies you.",
        "Your certification\nis ready.",
        "My new license is here: the course gave it.",
        "- (x) You are now certified.",
    ],
)
def test_a_claim_of_certification_is_told(text: str) -> None:
    assert [each.split()[1] for each in worded(text)] == ["certification-claim"]


@pytest.mark.parametrize(
    "text",
    [
        "It does not make you certified.",
        "It is not a certification, and it is not a license.",
        "It doesn't make you a certified peer specialist.",
        "Certification is granted by other bodies, such as a state.",
        "You work beside licensed therapists.",
        "This course gives a certificate of completion.",
        "Will this course make you certified?",
        "- ( ) You are now a certified specialist.\n    > You are certified by a board.",
        "```\nYou are certified.\n```",
    ],
)
def test_a_denial_or_a_wrong_choice_is_no_claim(text: str) -> None:
    assert worded(text) == []


def test_words_that_hurt_are_told_at_their_place_with_others_to_use() -> None:
    lines = [Line(text="He is an addict.", number=7)]
    ((place, code, message),) = wording.findings(lines)
    assert (place, code) == ((7, 10), "stigma")
    assert message == '"addict" can hurt. Write of a person with a substance use disorder.'
    assert worded("She committed\nsuicide.") == ["1:5 stigma"]
    assert worded("She committed suicide. He suffers from it.") == ["1:5 stigma", "1:27 stigma"]


@pytest.mark.parametrize(
    "text",
    [
        'Say "a person who drinks" instead of alcoholic.',
        'The word "addict" can hurt.',
        "He goes to Alcoholics Anonymous.",
        "The Substance Abuse and Mental Health Services Administration",
        "- ( ) He is an addict.",
        "Keep the room clean.",
    ],
)
def test_words_about_words_are_no_insult(text: str) -> None:
    assert worded(text) == []


def test_warnings_do_not_keep_a_course_from_being_published(tmp_path: Path) -> None:
    folder = files(tmp_path, {"01-first/01-one.md": LESSON + "\nHe is crazy.\n"})
    (one,) = loading.load(folder)
    assert codes(one.problems) == ["stigma"]
    assert one.course is not None
