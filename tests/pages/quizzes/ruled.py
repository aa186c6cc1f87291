"""A quiz of the sample course with other rules, and a clock that tests can move on."""

import shutil
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update

from course_engine.records.attempt_tables import ATTEMPT
from course_engine.web import publishing
from course_engine.web.database import db
from tests import walks
from tests.conftest import SAMPLE
from tests.people import Persona

QUIZ = f"{walks.COURSE}/quizzes/hello"
MOMENTS = ("started_at", "deadline_at", "paused_at", "submitted_at")


def publish(app: Flask, folder: Path, *rules: str) -> None:
    """Publish the sample course with more lines at the head of its first quiz."""
    copied = folder / "curriculum"
    shutil.copytree(SAMPLE, copied, dirs_exist_ok=True)
    quiz = copied / "first-steps" / "01-hello" / "quiz.md"
    words = (SAMPLE / "first-steps" / "01-hello" / "quiz.md").read_text(encoding="utf-8")
    head = "\n".join(rules)
    if "attempts:" in head:
        words = words.replace("attempts: unlimited\n", "")
    quiz.write_text(words.replace("pass_mark: 50\n", f"pass_mark: 50\n{head}\n", 1), "utf-8")
    with app.app_context():
        outcomes = publishing.publish(copied)
        assert [outcome.result for outcome in outcomes] == ["published"], outcomes
        db.session.commit()


def begin(person: Persona, folder: Path, *rules: str) -> None:
    """Enroll somebody in the sample course with these rules of its first quiz."""
    publish(person.app, folder, *rules)
    walks.begin(person)


def pass_time(app: Flask, **time: float) -> None:
    """Let time pass, as far as attempts can tell: everything in them is as much longer ago."""
    with app.app_context():
        for row in db.session.execute(select(ATTEMPT)).mappings().all():
            earlier = {
                name: row[name] - timedelta(**time) for name in MOMENTS if row[name] is not None
            }
            db.session.execute(update(ATTEMPT).where(ATTEMPT.c.id == row["id"]).values(**earlier))
        db.session.commit()


def fail(person: Persona) -> str:
    """Hand in a blank attempt at the quiz; return the address of its result."""
    address = walks.start(person, "hello")
    answer = person.post(f"{address}/submit", {"anyway": "yes"})
    assert answer.status_code == 303
    return answer.location
