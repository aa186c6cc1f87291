"""Two servers on one database, and everything at the same moment on both."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

import pytest

from course_engine.assessment.grading import Grade
from course_engine.records import (
    attempts,
    certificates,
    completions,
    handing_in,
    journal,
    ledger_checking,
    regrades,
)
from tests.robustness.repairers import earned, holding_back, repair, settled, waiting
from tests.robustness.trainee import COURSE, QUIZ, Answer, Trainee
from tests.robustness.twins import Twins, at_once
from tests.robustness.witness import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("two servers")]
EMAILS = tuple(f"{name}@example.org" for name in ("ana", "ben", "cleo", "dan"))
SITTERS = tuple(email for email in EMAILS if not email.startswith("cleo"))
QUESTIONS = ("word", "ears", "takeaway", "first", "dose")


@pytest.fixture(scope="module")
def twins(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    made = Twins(tmp_path_factory.mktemp("twins"), database_url)
    made.start(*EMAILS)
    yield made
    made.stop()
    assert "Traceback" not in made.first.log(), "nothing may go wrong where nobody sees it"


@pytest.fixture
def ana(twins: Twins) -> tuple[Trainee, Trainee]:
    """A trainee, at the first server and at the second."""
    return twins.sign_in("ana@example.org")


def hand_in(trainee: Trainee, attempt: int) -> Answer:
    return trainee.post(f"/attempts/{attempt}/submit", {"anyway": "yes"})


def save(trainee: Trainee, attempt: int, question: str, value: str) -> bool:
    """Save one answer; say whether it was saved, and not refused."""
    fields = {f"q-{question}": value, f"seen-{question}": "nothing"}
    answer = trainee.send(f"/attempts/{attempt}/save", fields)
    assert answer.status in {200, 409}, answer
    return answer.status == 200


def saves(both: tuple[Trainee, Trainee], attempt: int, value: str) -> list[Callable[[], bool]]:
    """Return a saving of each question, at one server and at the other by turns."""
    return [
        partial(save, both[number % 2], attempt, question, value)
        for number, question in enumerate(QUESTIONS)
    ]


def test_parallel_starts_leave_one_open_attempt_that_was_started_once(
    twins: Twins, ana: tuple[Trainee, Trainee]
) -> None:
    started = at_once([trainee.start for trainee in ana * 4])
    assert len(set(started)) == 1
    opened = [one.id for one in twins.witness.attempts(ana[0].email) if one.state == "open"]
    assert opened == [started[0]]
    assert len(twins.witness.entries(started[0], "attempt.started")) == 1
    hand_in(ana[0], started[0])


def test_parallel_saves_of_different_questions_all_arrive(
    twins: Twins, ana: tuple[Trainee, Trainee]
) -> None:
    attempt = ana[0].start()
    for value in ("1", "2", "3"):
        assert all(at_once(saves(ana, attempt, value)))
        assert twins.witness.stored(attempt) == dict.fromkeys(QUESTIONS, value)
    hand_in(ana[1], attempt)
    twins.witness.check_closed(attempt, dict.fromkeys(QUESTIONS, "3"), ana[0])


def test_an_answer_saved_while_handing_in_is_graded_or_was_refused(
    twins: Twins, ana: tuple[Trainee, Trainee]
) -> None:
    for _ in range(4):
        attempt = ana[0].start()
        *saved, here, there = at_once(
            [
                *saves(ana, attempt, "2"),
                partial(hand_in, ana[0], attempt),
                partial(hand_in, ana[1], attempt),
            ]
        )
        assert {here, there} == {Answer(303, f"/attempts/{attempt}/result", here.body)}
        kept = [question for question, kept in zip(QUESTIONS, saved, strict=True) if kept]
        twins.witness.check_closed(attempt, dict.fromkeys(kept, "2"), ana[0])


def save_until_refused(trainee: Trainee, attempt: int, question: str) -> str:
    """Save again and again; return what was saved last."""
    last = ""
    for number in count(1):
        if not save(trainee, attempt, question, f"{number}"):
            return last
        last = f"{number}"
    raise AssertionError


def test_a_deadline_that_passes_during_saves_closes_once_with_what_was_saved(
    twins: Twins, ana: tuple[Trainee, Trainee]
) -> None:
    ben, _ = twins.sign_in("ben@example.org")
    left_alone = ben.start()
    assert save(ben, left_alone, "word", "alone")
    attempt = ana[0].start()
    deadline = twins.witness.end_soon(attempt, left_alone)
    asked = ("word", "ears", "takeaway")
    saved = at_once(
        [
            partial(save_until_refused, trainee, attempt, question)
            for trainee, question in zip((*ana, ana[0]), asked, strict=True)
        ]
    )
    assert all(saved)
    twins.witness.check_closed(attempt, dict(zip(asked, saved, strict=True)), ana[0])
    assert twins.witness.sitting(attempt).submitted_at == deadline
    # Nobody is there to notice that the time of this one is over, but for one of the two clerks.
    wait_until(lambda: twins.witness.sitting(left_alone).state != "open")
    twins.witness.check_closed(left_alone, {"word": "alone"}, ben)
    (closing,) = twins.witness.entries(left_alone, "attempt.closed")
    assert closing.actor_id is None


def test_everybody_who_notices_the_end_of_an_attempt_at_once_closes_it_once(
    twins: Twins, ana: tuple[Trainee, Trainee]
) -> None:
    attempt = ana[0].start()
    assert save(ana[1], attempt, "word", "mine")
    deadline = twins.witness.end_soon(attempt, seconds=0)
    wait_until(lambda: datetime.now(UTC) >= deadline + timedelta(seconds=1))
    address = f"/attempts/{attempt}"
    done = at_once(
        [
            partial(trainee.post, path)
            for trainee in ana
            for path in (f"{address}/close", f"{address}/submit", QUIZ)
        ]
    )
    assert {answer.status for answer in done} == {303}
    twins.witness.check_closed(attempt, {"word": "mine"}, ana[0])
    for one in twins.witness.attempts(ana[0].email):
        if one.state == "open":
            hand_in(ana[0], one.id)


def all_but_the_end(twins: Twins, email: str) -> int:
    """Finish the course but for its last lesson and its statement; return the enrollment."""
    enrollment, now = twins.witness.enrollment(email), datetime.now(UTC)
    passed = Grade(percent=100, passed=True, critical_missed=(), marks=())
    with twins.witness.session() as session:
        for lesson in ("listening", "asking"):
            completions.complete(session, enrollment.id, lesson, now=now)
        for quiz in ("hello", "exam"):
            attempt = attempts.start(
                session,
                enrollment.id,
                quiz,
                seed="seed",
                paper={},
                policy={},
                limit=None,
                deadline_at=None,
                now=now,
            )
            handing_in.hand_in(
                session,
                attempt.id,
                for_person=enrollment.person_id,
                grade=lambda *_: passed,
                now=now,
            )
        session.commit()
    return enrollment.id


def test_the_last_steps_at_once_on_both_servers_give_one_certificate(twins: Twins) -> None:
    here, there = twins.sign_in("cleo@example.org")
    enrollment = all_but_the_end(twins, here.email)
    signed = {"signed_name": "Somebody cleo", "agreed": "y"}
    at_once(
        [
            partial(here.post, f"{COURSE}/goodbye/leaving/done"),
            partial(there.post, f"{COURSE}/statements/promise", signed),
        ]
    )
    claimed = at_once([partial(each.post, f"{COURSE}/certificate") for each in (here, there)])
    assert {answer.status for answer in claimed} == {303}
    with twins.witness.session() as session:
        (only,) = certificates.chain(session, enrollment, "completion")
        subject = ("certificate", only.serial)
        assert len(journal.page(session, subject=subject, action="certificate.issued").rows) == 1
        assert list(ledger_checking.faults(session)) == []
    assert {answer.location for answer in claimed} == {f"/certificates/{only.serial}"}


def test_nobody_is_graded_by_the_old_key_while_the_other_server_repairs_it(twins: Twins) -> None:
    coordinator, _ = twins.sign_in("dan@example.org")
    sitters = [twins.sign_in(email)[1] for email in SITTERS]
    opened = {sitter: sitter.start() for sitter in sitters}
    done = at_once(
        [
            partial(repair, coordinator, "word"),
            *(partial(hand_in, sitter, attempt) for sitter, attempt in opened.items()),
        ]
    )
    assert isinstance(done[0], int)
    repair_id = done[0]
    wait_until(lambda: settled(twins.witness, repair_id))
    for attempt in opened.values():
        assert earned(twins.witness, attempt, "word")
        with twins.witness.session() as session:
            assert len(regrades.of_attempt(session, attempt)) <= 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_paper_graded_before_a_repair_and_stored_after_it_is_caught_up_with(
    twins: Twins, ana: tuple[Trainee, Trainee]
) -> None:
    coordinator, _ = twins.sign_in("dan@example.org")
    attempt = ana[1].start()
    with holding_back(twins.witness) as release:
        repaired = 0

        def repair_meanwhile() -> None:
            nonlocal repaired
            wait_until(lambda: waiting(twins.witness) == 1)
            repaired = repair(coordinator, "ears")
            wait_until(lambda: settled(twins.witness, repaired) or waiting(twins.witness) == 2)
            release()

        at_once([repair_meanwhile, partial(hand_in, ana[1], attempt)])
    wait_until(lambda: settled(twins.witness, repaired))
    assert earned(twins.witness, attempt, "ears")
