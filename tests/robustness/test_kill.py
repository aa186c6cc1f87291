"""Kill -9 of the real server in the middle of work: what it said was saved is saved."""

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from course_engine.assessment import grading, papers
from course_engine.curriculum import editions as documents
from course_engine.curriculum.course import Policy
from course_engine.records import (
    attempts,
    boxes,
    drafts,
    editions,
    engine,
    enrollments,
    people,
    results,
)
from tests.robustness.trainee import COURSE, Trainee, Unanswered
from tests.servers import Server, sample_with_every_kind

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kill")]
KILLS = 20
EMAILS = ("ana@example.org", "ben@example.org", "cleo@example.org")
SLUG = COURSE.rpartition("/")[2]


class Worker:
    """A trainee at work, and what may stand in the database of what they did."""

    def __init__(self, server: Server, email: str, chance: random.Random) -> None:
        self.trainee = Trainee(server, email)
        self.trainee.sign_in()
        self.prompt = self.trainee.prompt()
        self.chance = chance
        self.count = 0
        self.attempt = 0
        # For each thing saved: what was acknowledged last, and what was sent without an answer.
        self.saved: dict[tuple[int, str], set[str]] = {}
        self.handed_in: set[int] = set()
        self.maybe_handed_in: set[int] = set()
        self.acknowledged = 0
        self.failure: BaseException | None = None

    def work(self) -> None:
        """Save and hand in until the server is gone."""
        try:
            while True:
                self._step()
        except Unanswered:
            return
        except BaseException as error:  # noqa: BLE001 - told to the thread that watches
            self.failure = error

    def _step(self) -> None:
        if not self.attempt:
            self.attempt = self.trainee.start()
        if self.chance.random() < 0.1:
            self._hand_in()
            return
        self.count += 1
        words = f"{self.trainee.email} {self.count}"
        if self.chance.random() < 0.3:
            self._save((0, "text"), self.prompt, {"text": words}, words)
        else:
            question = self.chance.choice(["word", "takeaway", "ears"])
            fields = {f"q-{question}": words, f"seen-{question}": "nothing"}
            self._save((self.attempt, question), f"/attempts/{self.attempt}/save", fields, words)

    def _save(self, key: tuple[int, str], path: str, fields: dict[str, str], words: str) -> None:
        self.saved.setdefault(key, {""}).add(words)
        assert self.trainee.save(path, fields), (path, fields)
        self.saved[key] = {words}
        self.acknowledged += 1

    def _hand_in(self) -> None:
        self.maybe_handed_in.add(self.attempt)
        answer = self.trainee.post(f"/attempts/{self.attempt}/submit", {"anyway": "yes"})
        assert answer.location == f"/attempts/{self.attempt}/result", answer
        self.handed_in.add(self.attempt)
        self.attempt = 0
        self.acknowledged += 1


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path, curriculum=sample_with_every_kind(tmp_path))
    made.settle(*EMAILS)
    yield made
    made.stop()


def test_every_acknowledged_save_outlives_kill_nine(server: Server) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    server.start()
    workers = [
        Worker(server, email, random.Random(f"{seed} {email}"))  # noqa: S311 - as above
        for email in EMAILS
    ]
    for kill in range(KILLS):
        threads = [threading.Thread(target=worker.work) for worker in workers]
        for thread in threads:
            thread.start()
        let_work(workers, chance)
        server.kill()
        for thread in threads:
            thread.join(60)
        assert [worker.failure for worker in workers if worker.failure] == []
        check(server, workers, f"after kill {kill + 1} of {KILLS}, seed {seed}")
        server.start()
    total = sum(worker.acknowledged for worker in workers)
    print(f"{total} acknowledged, {KILLS} kills")  # noqa: T201 - told with -s
    assert total > KILLS, "too little was saved between the kills to prove anything"


def let_work(workers: list[Worker], chance: random.Random) -> None:
    """Wait until some things were saved, and then into the middle of something."""
    enough = sum(worker.acknowledged for worker in workers) + chance.randint(1, 12)
    until = time.monotonic() + 30
    while sum(worker.acknowledged for worker in workers) < enough and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.05))


def check(server: Server, workers: list[Worker], when: str) -> None:
    """Compare the database file, with no server running, with what each trainee was told."""
    opened = engine.create(f"sqlite:///{server.instance / 'course-engine.db'}")
    try:
        with Session(opened) as session:
            assert session.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"], when
            assert session.execute(text("PRAGMA foreign_key_check")).all() == [], when
            for worker in workers:
                check_worker(session, worker, f"{worker.trainee.email}, {when}")
    finally:
        opened.dispose()


def check_worker(session: Session, worker: Worker, when: str) -> None:
    person = people.by_email(session, worker.trainee.email)
    assert person is not None
    enrollment = enrollments.current(session, person.id, SLUG)
    key = worker.prompt.rpartition("/")[2]
    written = boxes.filled(session, enrollment.id, [key], for_person=person.id).reflections
    stored = {(0, "text"): written[key].text if key in written else ""}
    sat = results.of_enrollment(session, enrollment.id, "hello")
    assert [one.number for one in sat] == list(range(1, len(sat) + 1)), when
    assert sum(one.state == "open" for one in sat) <= 1, when
    for one in sat:
        stored |= check_attempt(session, one.id, person.id, when)
    for place, possible in worker.saved.items():
        assert stored.get(place, "") in possible, f"{place}, {when}"
        worker.saved[place] = {stored.get(place, "")}
    closed = {one.id for one in sat if one.state == "submitted"}
    assert worker.handed_in <= closed <= worker.maybe_handed_in, when
    if worker.attempt in closed:
        worker.handed_in.add(worker.attempt)
        worker.attempt = 0


def check_attempt(
    session: Session, attempt: int, person: int, when: str
) -> dict[tuple[int, str], str]:
    """See that an attempt is open or handed in with its grade, and nothing between the two."""
    sitting = attempts.find(session, attempt, for_person=person)
    given = drafts.of(session, attempt).answers
    result = (sitting.submitted_at, sitting.percent, sitting.passed, sitting.grade)
    if sitting.state == "open":
        assert result == (None, None, None, None), when
    else:
        course = documents.read(editions.document(session, sitting.edition_digest))
        quiz = next(module.quiz for module in course.modules if module.quiz)
        paper = papers.from_document(sitting.paper, papers.questions_by_id(quiz))
        grade = grading.grade(paper, given, Policy(**sitting.policy))
        assert sitting.grade == grading.to_document(grade), when
        assert result[:3] == (sitting.submitted_at, grade.percent, grade.passed), when
        assert sitting.submitted_at is not None, when
    return {(attempt, key): answer[0] for key, answer in given.items() if answer}
