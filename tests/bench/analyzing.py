"""Item analysis of a million answers: how long it takes, and how much memory."""

import json
import random
import resource
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text

from course_engine.app import create_app
from course_engine.assessment import grading, papers
from course_engine.assessment.papers import Paper
from course_engine.curriculum.course import Exam
from course_engine.records import schema
from course_engine.records.attempt_tables import ATTEMPT, RESPONSE
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.people import PERSON
from course_engine.web import analyzing, catalog, publishing
from course_engine.web.database import db
from tests.bench.figures import Figure
from tests.bench.seeding import COURSE, NOW, settings
from tests.bench.serving import ROOT

PEOPLE, PAPERS = 25_000, 50

Row = dict[str, Any]


def measure(folder: Path, courses: Path, *, people: int = PEOPLE) -> list[Figure]:
    """Seed answers to an exam of forty questions, and analyze them in a process of its own."""
    folder.mkdir()
    address = f"sqlite:///{folder / 'analysis.db'}"
    answers = _seed(folder, courses, address, people)
    words = [sys.executable, "-m", "tests.bench.analyzing", str(folder), str(courses), address]
    told = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    seconds, idle, peak, counted = json.loads(told.splitlines()[-1])
    assert counted == people
    where, what = "item analysis", f"of {answers:,} answers"
    return [
        Figure(name=what, where=where, unit="s", values=(seconds,), at_most=30),
        Figure(
            name=f"{what}, above idle", where=where, unit="MB", values=(peak - idle,), at_most=100
        ),
    ]


def _seed(folder: Path, courses: Path, address: str, people: int) -> int:
    schema.upgrade(address)
    app = create_app(settings(folder, courses, address))
    with app.app_context():
        publishing.publish(courses)
        digest = catalog.digest_of(COURSE)
        exam = catalog.course(COURSE).exam
        assert exam is not None
        db.session.execute(text("DROP TRIGGER response_kept_on_insert"))
        db.session.execute(
            insert(PERSON),
            [
                {
                    "email": f"{number}@example.org", "legal_name": "P", "used_name": "P",
                    "sort_name": "p", "roles": frozenset(), "created_at": NOW,
                }
                for number in range(people)
            ],
        )  # fmt: skip
        ids = db.session.execute(select(PERSON.c.id)).scalars().all()
        same = {"course_slug": COURSE, "edition_digest": digest, "started_at": NOW}
        db.session.execute(
            insert(ENROLLMENT), [{"person_id": each, "sort_name": "p"} | same for each in ids]
        )
        answers = _sit(exam, digest)
        db.session.commit()
        db.close()
    return answers


def _sit(exam: Exam, digest: str) -> int:
    """Let everybody hand in one of fifty papers; the stronger somebody is, the more is right."""
    chance = random.Random(1)  # noqa: S311 - the same answers in every run
    drawn = [papers.draw(exam, edition=digest, seed=f"paper {n}") for n in range(PAPERS)]
    sat = [_one(drawn[number % PAPERS], exam, chance) for number in range(10 * PAPERS)]
    enrollments = db.session.execute(select(ENROLLMENT.c.id)).scalars().all()
    same = {"quiz": exam.slug, "number": 1, "state": "submitted", "seed": "s"} | {
        "policy": asdict(exam.policy), "started_at": NOW, "submitted_at": NOW,
    }  # fmt: skip
    count = 0
    for start in range(0, len(enrollments), 500):
        some = [(each, *sat[each % len(sat)]) for each in enrollments[start : start + 500]]
        rows = [{"id": each, "enrollment_id": each} | same | graded for each, graded, _ in some]
        db.session.execute(insert(ATTEMPT), rows)
        responses = [{"attempt_id": each} | one for each, _, given in some for one in given]
        db.session.execute(insert(RESPONSE), responses)
        count += len(responses)
    return count


def _one(paper: Paper, exam: Exam, chance: random.Random) -> tuple[Row, list[Row]]:
    able = chance.random()
    given = {
        item.question.id: (str(chance.randint(1, max(len(item.order), 1))),)
        for item in paper.items
        if chance.random() < 0.5 + able / 2
    }
    grade = grading.grade(paper, given, exam.policy)
    graded = {
        "paper": papers.to_document(paper), "percent": grade.percent, "passed": grade.passed,
        "grade": grading.to_document(grade),
    }  # fmt: skip
    responses = [
        {"question_id": key, "sequence": 1, "answer": given.get(key, ()), "saved_at": NOW}
        for key in (item.question.id for item in paper.items)
    ]
    return graded, responses


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Analyze what was seeded, and print seconds, megabytes before and at most, and the papers."""
    folder, courses, address = sys.argv[1:]
    with create_app(settings(Path(folder), Path(courses), address)).app_context():
        exam = catalog.course(COURSE).exam
        assert exam is not None
        idle, began = _peak(), time.perf_counter()
        found = analyzing.analyze(COURSE, exam)
        print(json.dumps([time.perf_counter() - began, idle, _peak(), found.figures.papers]))  # noqa: T201


if __name__ == "__main__":
    main()
