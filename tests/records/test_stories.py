"""Everything that can happen to an attempt, in any order and through the pages themselves."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import update

from course_engine.app import create_app
from course_engine.records import drafts, enrollments, results, sessions
from course_engine.records import people as known_people
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.people import Role
from course_engine.web import closing, publishing, repairing
from course_engine.web.clock import now
from course_engine.web.database import db
from tests import people, walks
from tests.conftest import settings_for
from tests.databases import PostgresServer, SqliteFiles
from tests.people import DENISE, Known, Persona

COURSE = "one-quiz"
QUIZ = f"/courses/{COURSE}/quizzes/start"
FILES = {
    "course.md": """---
title: One quiz
language: en
minutes: 30
requirements:
  exam: false
---

Hello.
""",
    "01-start/module.md": "---\ntitle: Start\n---\n",
    "01-start/01-read.md": "---\ntitle: Read\nminutes: 5\n---\n\nOne line to read here.\n",
    "01-start/quiz.md": """---
title: Quiz
pass_mark: 60
attempts: 2
time_limit: 30 minutes
---
""",
}
QUESTION = "\n## Question {name}? {{#{name}}}\n\n- (x) Right\n- ( ) Wrong\n- ( ) Not this\n"
NAMES = ("a", "b", "c")
LIMIT, PASS_MARK = 2, 60
NUMBERS = count()


@dataclass
class Account:
    """One attempt as the oracle remembers it."""

    address: str
    given: dict[str, bool] = field(default_factory=dict)
    over: bool = False
    # None while it is open; then whether each question counts as right, and what was before.
    marks: dict[str, bool] | None = None
    before: list[tuple[str, dict[str, bool]]] = field(default_factory=list)

    @property
    def number(self) -> int:
        return walks.number_of(self.address)

    @property
    def percent(self) -> int:
        assert self.marks is not None
        return 100 * sum(self.marks.values()) // len(NAMES)


class Story(RuleBasedStateMachine):
    """Each run is the story of a trainee of its own."""

    app: ClassVar[Flask]

    def __init__(self) -> None:
        super().__init__()
        self.denise = Persona(self.app, DENISE)
        self.trainee = newcomer(self.app)
        self.attempts: list[Account] = []
        self.enrollment: int | None = None
        self.withdrawn = False
        self.extra = 0
        self.repairs: dict[str, str] = {}

    def teardown(self) -> None:
        for made in self.repairs:
            self.denise.post(f"/repairs/{made}/take-back")

    @property
    def going(self) -> Account | None:
        return next((one for one in self.attempts if one.marks is None), None)

    def studies(self) -> bool:
        return self.enrollment is not None and not self.withdrawn

    def sits(self) -> bool:
        return self.going is not None and not self.withdrawn

    @precondition(lambda self: self.enrollment is None)
    @rule()
    def enroll(self) -> None:
        assert self.trainee.post(f"/courses/{COURSE}").status_code == 303
        with self.app.app_context():
            (found,) = enrollments.of_person(db.session, self.trainee.id)
            self.enrollment = found.id

    @precondition(studies)
    @rule()
    def start(self) -> None:
        going = self.going
        answer = self.trainee.post(QUIZ)
        if going is not None:
            assert answer.status_code == 303
            assert answer.location.startswith(going.address)
            if going.over:
                self.close(going)
        elif len(self.attempts) < LIMIT + self.extra:
            assert answer.status_code == 303
            self.attempts.append(Account(answer.location))
        else:
            assert answer.status_code == 409

    @precondition(sits)
    @rule(name=st.sampled_from(NAMES), right=st.booleans())
    def save(self, name: str, *, right: bool) -> None:
        going = self.going
        assert going
        form = self.filled(going, name, right=right)
        assert self.trainee.post(f"{going.address}/save", form).status_code == 303
        if going.over:
            self.close(going)
        else:
            going.given[name] = right

    @precondition(sits)
    @rule(name=st.sampled_from(NAMES), right=st.booleans())
    def submit(self, name: str, *, right: bool) -> None:
        going = self.going
        assert going
        form = self.filled(going, name, right=right) | {"anyway": "yes"}
        assert self.trainee.post(f"{going.address}/submit", form).status_code == 303
        if not going.over:
            going.given[name] = right
        self.close(going)

    @precondition(lambda self: any(one.marks for one in self.attempts))
    @rule(data=st.data())
    def submit_again(self, data: st.DataObject) -> None:
        closed = [one for one in self.attempts if one.marks is not None]
        again = data.draw(st.sampled_from(closed))
        form = {"anyway": "yes", "seen-a": "-", "q-a": ["1"]}
        assert self.trainee.post(f"{again.address}/submit", form).status_code == 303

    @precondition(sits)
    @rule()
    def time_runs_out(self) -> None:
        going = self.going
        assert going
        going.over = True
        over = update(ATTEMPT).where(ATTEMPT.c.id == going.number)
        with self.app.app_context():
            db.session.execute(over.values(deadline_at=now() - timedelta(seconds=1)))
            db.session.commit()

    @rule()
    def the_clerk_comes_by(self) -> None:
        with self.app.app_context():
            closing.close_run_out()
            repairing.settle_next()
            db.session.rollback()
        if self.going and self.going.over:
            self.close(self.going)

    @precondition(sits)
    @rule()
    def extend(self) -> None:
        going = self.going
        assert going
        address = f"/accommodations/{self.trainee.id}/attempts/{going.number}/extend"
        answer = self.denise.post(address, {"minutes": 15, "reason": "The line was down"})
        assert answer.status_code == (409 if going.over else 303)

    @precondition(lambda self: not self.extra)
    @rule()
    def accommodate(self) -> None:
        granted = {
            "time": "1.5", "extra_attempts": 1, "cooldown": "standard", "break_minutes": 0,
            "format": "", "from_day": "2020-01-01",
        }  # fmt: skip
        answer = self.denise.post(f"/accommodations/{self.trainee.id}/new", granted)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        self.extra = 1

    @rule(name=st.sampled_from(NAMES))
    def repair(self, name: str) -> None:
        fields = {"kind": "accept-any", "rule": "nobody-loses", "reason": "Two were right"}
        made = walks.repair(self.denise, f"/repairs/{COURSE}/start/{name}", fields)
        self.count_again(made, name)
        self.repairs[made] = name

    @precondition(lambda self: bool(self.repairs))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        made = data.draw(st.sampled_from(sorted(self.repairs)))
        assert self.denise.post(f"/repairs/{made}/take-back").status_code == 303
        name = self.repairs.pop(made)
        for one in self.attempts:
            if one.before and one.before[-1][0] == made:
                one.marks = one.before[-1][1]
                one.before.append(("taken back", one.marks))
        for other, about in self.repairs.items():
            if about == name:
                self.count_again(other, name)

    @precondition(studies)
    @rule()
    def withdraw(self) -> None:
        with self.app.app_context():
            enrollments.withdraw(db.session, self.enrollment or 0, now=now())
            db.session.commit()
        self.withdrawn = True
        assert self.trainee.post(QUIZ).status_code == 404

    @invariant()
    def the_records_say_the_same(self) -> None:
        if self.enrollment is None:
            return
        with self.app.app_context():
            stored = results.of_enrollment(db.session, self.enrollment)
            states = ["open" if one.marks is None else "submitted" for one in self.attempts]
            assert [one.state for one in stored] == states
            for one, kept in zip(self.attempts, stored, strict=True):
                assert set(drafts.of(db.session, kept.id).answers) == set(one.given)
                if one.marks is not None:
                    assert kept.percent == one.percent
                    assert kept.passed == (one.percent >= PASS_MARK)
            db.session.rollback()

    def close(self, going: Account) -> None:
        repaired = set(self.repairs.values())
        going.marks = {name: going.given.get(name, False) or name in repaired for name in NAMES}

    def count_again(self, made: str, name: str) -> None:
        for one in self.attempts:
            if one.marks is not None and not one.marks[name]:
                one.before.append((made, one.marks))
                one.marks = one.marks | {name: True}

    def filled(self, going: Account, name: str, *, right: bool) -> dict[str, object]:
        """Fill in one question, as a page would send it that showed something else before."""
        items = walks.items(self.app, self.trainee, going.address)
        wanted = walks.right(next(one for one in items if one.question.id == name))
        other = [place for place in ("1", "2", "3") if place not in wanted]
        return {f"seen-{name}": "-", f"q-{name}": wanted if right else other[:1]}


def newcomer(app: Flask) -> Persona:
    """Add a trainee with a session of their own."""
    email = f"person{next(NUMBERS)}@example.org"
    known = Known(email=email, legal_name="Nia Wu", used_name="Nia", role=Role.TRAINEE)
    with app.app_context():
        person = known_people.add(
            db.session, email=email, legal_name="Nia Wu", used_name="Nia",
            roles=frozenset({Role.TRAINEE}), password_hash=None, now=now(),
        )  # fmt: skip
        sessions.open_(
            db.session, token_sha256=hashlib.sha256(known.token.encode()).hexdigest(),
            person_id=person.id, agent="Tests", now=now(), expires_at=now() + timedelta(days=1),
        )  # fmt: skip
        db.session.commit()
    return Persona(app, known)


@pytest.fixture
def one_quiz(
    databases: SqliteFiles | PostgresServer, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[], Flask]:
    """A site whose course has one timed quiz of three questions and two attempts."""

    def made() -> Flask:
        for name, words in FILES.items():
            path = tmp_path / "curriculum" / COURSE / name
            path.parent.mkdir(parents=True, exist_ok=True)
            asked = "".join(QUESTION.format(name=each) for each in NAMES)
            path.write_text(words + (asked if name.endswith("quiz.md") else ""), encoding="utf-8")
        app = create_app(settings_for(tmp_path, database_url=databases.fresh()))
        with app.app_context():
            (outcome,) = publishing.publish(tmp_path / "curriculum")
            assert outcome.result == "published", outcome.problems
            people.settle()
            db.session.commit()
        request.addfinalizer(lambda: forget(app))
        return app

    return made


def forget(app: Flask) -> None:
    with app.app_context():
        db.close()


@pytest.mark.slow
def test_any_story_of_an_attempt_ends_as_a_simple_account_says(
    one_quiz: Callable[[], Flask],
) -> None:
    run_state_machine_as_test(
        type("StoryHere", (Story,), {"app": one_quiz()}),
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            # Looking for a shorter story of the same fault takes many minutes over HTTP.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
