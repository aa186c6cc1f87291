"""Kill -9 and a full disk in the middle of issuing for many: each once, and as it was printed."""

import hashlib
import os
import random
import resource
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from course_engine import settings as settings_file
from course_engine.certificates.facts import CertificateFacts
from course_engine.cli import clerking, starting
from course_engine.records import bulk, certificates, cohorts, ledger_checking, people
from course_engine.records.people import Role
from course_engine.web import clerk, clock, making, publishing
from course_engine.web.clerk import Task
from course_engine.web.database import db
from course_engine.web.making import Made
from tests.pages.cohorts.crowds import go_on, join, settle
from tests.servers import SAMPLE, Server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kill")]
KILLS = 20
PEOPLE = 40
ROOM = 150_000


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A site in a folder of its own, with a press so quick that most kills fall into writing."""
    monkeypatch.setattr(making, "make", make)
    server = Server(tmp_path, curriculum=SAMPLE)
    server.instance.mkdir()
    app = starting.site(settings_file.load(server.environ))
    with app.app_context():
        publishing.publish(app.extensions["settings"].curriculum)
        db.session.commit()
    return app


def make(facts: CertificateFacts, *, status_index: int) -> Made:
    """Print something for each certificate that is unlike all others, and take a moment."""
    time.sleep(0.003)
    return Made(pdf=f"%PDF {facts.serial}".encode() * 500, credential=b"{}")


def ask_for_everybody(app: Flask) -> tuple[int, list[int]]:
    """Let a cohort finish the course; return a job for all of it, and its enrollments."""
    with app.app_context():
        denise = people.add(
            db.session,
            email="denise@example.org",
            legal_name="Denise Fox",
            used_name="",
            roles={Role.COORDINATOR},
            password_hash=None,
            now=clock.now(),
        )
        group = cohorts.add(
            db.session,
            name="Autumn",
            course_slug="first-steps",
            starts_on=clock.now().date(),
            now=clock.now(),
        )
        enrolled = []
        for number in range(PEOPLE):
            person = settle(f"Person {number}", f"person{number}@example.org")
            enrollment = join(person, group.id)
            go_on(person, enrollment, steps=99)
            enrolled.append(enrollment.id)
        job = bulk.ask_to_issue(
            db.session,
            cohort_id=group.id,
            course_slug="first-steps",
            asked_by=denise.id,
            now=clock.now(),
        )
        db.session.commit()
        return job.id, enrolled


def start_clerk(app: Flask, room: int | None = None) -> int:
    """Start the clerk that ``serve`` would start, with the one task that is looked at.

    With ``room``, no file of it may grow beyond so many bytes, as if the disk were full.
    """
    with app.app_context():
        db.session.remove()
        db.close()
    tasks = [task for task in clerk.TASKS if task.name == "bulk jobs"]
    assert tasks
    return clerking._forked(lambda: _run(app, tasks, room))


def _run(app: Flask, tasks: list[Task], room: int | None) -> None:
    if room is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    clerk.run(app, stop=lambda: False, once=True, tasks=tasks)


def kill(clerk_id: int) -> bool:
    """Kill it, unless it has ended by itself; say whether it was still there."""
    ended, _status = os.waitpid(clerk_id, os.WNOHANG)
    if ended:
        return False
    os.kill(clerk_id, signal.SIGKILL)
    os.waitpid(clerk_id, 0)
    return True


def test_each_enrollment_has_exactly_one_certificate_after_twenty_kills(site: Flask) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    job, enrolled = ask_for_everybody(site)
    killed, progress = 0, [0]
    while killed < KILLS:
        working = start_clerk(site)
        wait_for_one_more(site, job)
        time.sleep(chance.uniform(0, 0.015))
        if not kill(working):
            break
        killed += 1
        progress.append(check(site, enrolled))
    os.waitpid(start_clerk(site), 0)
    print(progress)  # noqa: T201 - told with -s
    with site.app_context():
        counted = bulk.counts(db.session, job)
        assert counted == {"issued": PEOPLE}
        assert bulk.find(db.session, job).finished_at is not None
    assert check(site, enrolled) == PEOPLE
    assert killed == KILLS, "the work was over before it could be disturbed often enough"


def test_a_full_disk_leaves_nothing_half_done_and_the_rest_is_done_when_there_is_room(
    site: Flask,
) -> None:
    job, enrolled = ask_for_everybody(site)
    os.waitpid(start_clerk(site, room=ROOM), 0)
    done = check(site, enrolled)
    assert 0 < done < PEOPLE
    with site.app_context():
        counted = bulk.counts(db.session, job)
        assert counted == {"issued": done, None: PEOPLE - done}, "nobody is told a wrong reason"
        assert bulk.find(db.session, job).finished_at is None
        db.session.rollback()
    os.waitpid(start_clerk(site), 0)
    assert check(site, enrolled) == PEOPLE
    with site.app_context():
        assert bulk.counts(db.session, job) == {"issued": PEOPLE}


def wait_for_one_more(app: Flask, job: int) -> None:
    """Wait until another line of the job is done."""
    until = time.monotonic() + 20
    done = count_done(app, job)
    while count_done(app, job) == done and time.monotonic() < until:
        time.sleep(0.002)


def count_done(app: Flask, job: int) -> int:
    path = app.extensions["settings"].instance / "course-engine.db"
    with closing(sqlite3.connect(path)) as opened:
        asked = "SELECT count(*) FROM bulk_line WHERE job_id = ? AND outcome IS NOT NULL"
        return int(opened.execute(asked, (job,)).fetchone()[0])


def check(app: Flask, enrolled: list[int]) -> int:
    """Compare what is stored with what was printed, and count the certificates."""
    count = 0
    with app.app_context():
        for enrollment in enrolled:
            chain = certificates.chain(db.session, enrollment, "completion")
            assert len(chain) <= 1
            for one in chain:
                stored = certificates.pdf(db.session, one.id)
                assert stored.startswith(b"%PDF")
                assert hashlib.sha256(stored).hexdigest() == one.pdf_sha256
                count += 1
        assert list(ledger_checking.faults(db.session)) == []
        db.session.rollback()
    return count
