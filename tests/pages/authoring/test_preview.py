"""The working copy as a trainee will see it, with the answers marked."""

import re
import shutil
from pathlib import Path

from tests import talks
from tests.pages.authoring.conftest import change
from tests.people import Persona

HERE = "/authoring/first-steps/preview"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


def test_a_lesson_shows_its_words_and_what_will_be_asked(amara: Persona) -> None:
    page = amara.read(f"{HERE}/hello/listening")
    assert "Nobody hurried her." in page
    assert "Mentions a hard week." in page
    assert "When did somebody listen to you?" in page
    assert "What comes first?" in page


def test_nothing_in_a_lesson_can_be_filled_in(amara: Persona) -> None:
    page = amara.read(f"{HERE}/hello/listening")
    inside = page[page.index("<fieldset disabled>") : page.rindex("</fieldset>")]
    assert inside.count("<form") == page[page.index("<article") : page.index("</article>")].count(
        "<form"
    )


def test_the_right_answer_of_a_check_is_chosen(amara: Persona) -> None:
    page = amara.read(f"{HERE}/hello/listening")
    chosen = re.search(
        r"checked[^>]*>\s*<span class=\"option__words\">(.*?)</span>", page, re.DOTALL
    )
    assert chosen
    assert "Listening" in chosen[1]


def test_a_change_of_the_files_shows_before_it_is_published(amara: Persona, files: Path) -> None:
    change(files / "01-hello" / "02-asking.md", "Then share a little.", "Then share one thing.")
    assert "Then share one thing." in amara.read(f"{HERE}/hello/asking")


def test_links_between_lessons_stay_in_the_preview(amara: Persona, files: Path) -> None:
    lesson = files / "01-hello" / "02-asking.md"
    change(lesson, "Ask before", "[Listen first](01-listening.md#why-we-listen). Ask before")
    page = amara.read(f"{HERE}/hello/asking")
    assert f'href="{HERE}/hello/listening#why-we-listen"' in page
    assert 'href="/courses/first-steps' not in page


def test_a_picture_that_was_never_published_is_shown(amara: Persona, files: Path) -> None:
    (files / "01-hello" / "square.svg").write_text(PICTURE, encoding="utf-8")
    change(
        files / "01-hello" / "02-asking.md", "Ask before", "![A square](square.svg)\n\nAsk before"
    )
    page = amara.read(f"{HERE}/hello/asking")
    source = re.search(r'src="(/authoring/first-steps/pictures/[0-9a-f]{64})"', page)
    assert source
    answer = amara.get(source[1])
    assert answer.get_data(as_text=True) == PICTURE
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_quiz_shows_every_key(amara: Persona) -> None:
    page = amara.read(f"{HERE}/quizzes/hello")
    for said in (
        "Right answer",
        "listening</strong>",
        "Right order",
        "<strong>2</strong>",
        "It is not ours to choose.",
        "Doses belong to prescribers.",
        "Critical: may not be missed",
        "skills:A.2: Asks before sharing",
        "first-steps/01-hello/quiz.md:8",
    ):
        assert said in page
    assert page.count("Critical: may not be missed") == 1


def test_an_exam_shows_its_whole_bank_by_topic(amara: Persona) -> None:
    page = amara.read(f"{HERE}/quizzes/exam")
    assert "The exam draws 2 of these 5 questions." in page
    assert "The exam draws 1 of these 5 questions." in page
    assert page.count('class="outcome"') == 10


def test_a_paper_is_drawn_as_for_a_trainee_without_the_key(amara: Persona) -> None:
    page = amara.read(f"{HERE}/quizzes/exam/paper")
    assert page.count('class="question"') == 3
    assert "checked" not in page
    assert "The answer is in the lesson." not in page


def test_another_paper_can_be_drawn(amara: Persona) -> None:
    papers = {
        tuple(
            re.findall(
                r'id="question-([\w-]+)"', amara.read(f"{HERE}/quizzes/exam/paper?number={n}")
            )
        )
        for n in range(1, 8)
    }
    assert len(papers) > 1
    assert amara.get(f"{HERE}/quizzes/exam/paper?number=x").status_code == 200


def test_a_statement_shows_its_words(amara: Persona) -> None:
    assert "I will listen first." in amara.read(f"{HERE}/statements/promise")


def test_while_there_are_problems_each_preview_shows_them(amara: Persona, files: Path) -> None:
    change(files / "01-hello" / "quiz.md", "- (x) Listening", "- ( ) Listening")
    for part in ("", "/hello/asking", "/quizzes/hello", "/statements/promise"):
        answer = amara.get(f"{HERE}{part}")
        assert answer.status_code == 409
        assert ">10:1<" in answer.get_data(as_text=True)


def test_what_is_not_in_the_files_is_missing(amara: Persona) -> None:
    for part in (
        "/hello/nothing",
        "/nothing/listening",
        "/quizzes/nothing",
        "/quizzes/nothing/paper",
        "/statements/nothing",
    ):
        assert amara.get(f"{HERE}{part}").status_code == 404
    assert amara.get("/authoring/nothing/preview").status_code == 404
    assert amara.get(f"/authoring/first-steps/pictures/{'0' * 64}").status_code == 404


def test_only_authors_see_the_answers(nobody: Persona, rosa: Persona, denise: Persona) -> None:
    for part in (
        "",
        "/hello/listening",
        "/quizzes/exam",
        "/quizzes/exam/paper",
        "/statements/promise",
    ):
        assert nobody.get(f"{HERE}{part}").status_code == 303
        assert rosa.get(f"{HERE}{part}").status_code == 403
        assert denise.get(f"{HERE}{part}").status_code == 403


def test_nothing_is_sent_to_a_preview(amara: Persona) -> None:
    assert amara.post(f"{HERE}/hello/listening").status_code == 405


def test_practice_questions_stand_apart_with_their_keys(amara: Persona) -> None:
    assert f'href="{HERE}/practice"' in amara.read(HERE)
    page = amara.read(f"{HERE}/practice")
    assert "Practice 1 of hello" in page
    assert "kindness" in page
    assert "Practice 1 of hello" not in amara.read(f"{HERE}/quizzes/exam")


def test_what_a_blueprint_asks_of_each_topic_is_shown(amara: Persona, files: Path) -> None:
    exam, bank = files / "exam" / "exam.md", files / "exam" / "bank" / "hello.md"
    change(exam, "{hello: 2, goodbye: 1}", "{hello: {recall: 2}, goodbye: 1}")
    change(exam, "feedback: by-topic", "at_least: {skills:A: 1}\nfeedback: per-choice")
    for number in (1, 2):
        change(bank, f"{{#hello-{number} ", f"{{#hello-{number} level=recall ")
    page = amara.read(f"{HERE}/quizzes/exam")
    assert "Recall: 2." in " ".join(page.split())
    assert "1 × skills:A." in " ".join(page.split())


def test_role_plays_and_rubrics_are_laid_open_to_authors(amara: Persona, files: Path) -> None:
    shutil.copytree(talks.SAMPLE / "first-talk", files.parent / "first-talk")
    page = amara.read("/authoring/first-talk/preview")
    assert "You are Sam." in page
    assert "Gives an order: 0%, harmful" in page
    assert "Promises to keep danger secret" in page
    quiz = amara.read("/authoring/first-talk/preview/quizzes/listening")
    assert "People mark this by the rubric kind-reply: 2 assessors." in quiz
    assert "Words asked for: 5 to 60" in quiz
    paper = amara.read("/authoring/first-talk/preview/quizzes/listening/paper")
    assert "They do not see your name." in paper
