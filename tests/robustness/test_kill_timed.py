"""Kill -9 while deadlines pass: what was said to be saved is what is graded, and only that."""

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robustness.trainee import Trainee, Unanswered
from tests.robustness.twins import timed_sample
from tests.robustness.witness import Witness, wait_until
from tests.servers import Server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kill")]
KILLS = 2
EMAILS = ("ana@example.org", "ben@example.org", "cleo@example.org")
QUESTIONS = ("word", "takeaway", "ears")


class Sitter:
    """A trainee at work on attempts that have a second or two, and what they know of each."""

    def __init__(self, server: Server, witness: Witness, email: str, chance: random.Random) -> None:
        self.trainee = Trainee(server, email)
        self.trainee.sign_in()
        self.witness = witness
        self.chance = chance
        self.count = 0
        self.attempt = 0
        # For each answer: what was acknowledged last, and what was sent without an answer.
        self.saved: dict[int, dict[str, set[str]]] = {}
        self.acknowledged = 0
        # Attempts that a killed server left open: nobody but the clerk will close them.
        self.left: set[int] = set()
        self.failure: BaseException | None = None

    def work(self) -> None:
        """Start, save, and hand in or be closed, until the server is gone."""
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
            self.saved.setdefault(self.attempt, {})
            self.witness.end_soon(self.attempt)
        elif self.chance.random() < 0.02:
            answer = self.trainee.post(f"/attempts/{self.attempt}/submit", {"anyway": "yes"})
            assert answer.status == 303, answer
            self.attempt = 0
        else:
            self._save(self.chance.choice(QUESTIONS))

    def _save(self, question: str) -> None:
        self.count += 1
        words, saved = f"{self.trainee.email} {self.count}", self.saved[self.attempt]
        before = saved.get(question, {""})
        saved[question] = before | {words}
        fields = {f"q-{question}": words, f"seen-{question}": "nothing"}
        answer = self.trainee.send(f"/attempts/{self.attempt}/save", fields)
        assert answer.status in {200, 409}, answer
        saved[question] = {words} if answer.status == 200 else before
        self.acknowledged += answer.status == 200
        if answer.status == 409:
            self.attempt = 0


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path, curriculum=timed_sample(tmp_path), database_url=database_url)
    made.settle(*EMAILS)
    yield made.start()
    made.stop()
    assert "Traceback" not in made.log(), "nothing may go wrong where nobody sees it"


@pytest.fixture
def witness(database_url: str) -> Iterator[Witness]:
    made = Witness(database_url)
    yield made
    made.leave()


def test_a_timed_attempt_is_closed_with_what_was_acknowledged_before_kill_nine(
    server: Server, witness: Witness
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    sitters = [
        Sitter(server, witness, email, random.Random(f"{seed} {email}"))  # noqa: S311 - as above
        for email in EMAILS
    ]
    for kill in range(KILLS):
        when = f"kill {kill + 1} of {KILLS}, seed {seed}"
        threads = [threading.Thread(target=sitter.work) for sitter in sitters]
        for thread in threads:
            thread.start()
        let_work(sitters, chance)
        server.kill()
        for thread in threads:
            thread.join(60)
        assert [sitter.failure for sitter in sitters if sitter.failure] == []
        witness.rest()
        for sitter in sitters:
            check_killed(sitter, when)
        server.start()
        for sitter in sitters:
            check_closed(sitter, when)
    total = sum(sitter.acknowledged for sitter in sitters)
    print(f"{total} acknowledged, {KILLS} kills")  # noqa: T201 - told with -s
    assert total > KILLS, "too little was saved between the kills to prove anything"


def let_work(sitters: list[Sitter], chance: random.Random) -> None:
    """Wait until each has saved more, and then close to a full second: there deadlines pass."""
    before = [sitter.acknowledged for sitter in sitters]
    wait_until(
        lambda: (
            all(sitter.acknowledged > count for sitter, count in zip(sitters, before, strict=True))
            or any(sitter.failure for sitter in sitters)
        )
    )
    to_the_second = 2 - time.time() % 1
    time.sleep(to_the_second + chance.choice([chance.uniform(-0.5, 0), chance.uniform(0, 0.1)]))


def check_killed(sitter: Sitter, when: str) -> None:
    """Compare what is stored, with no server running, with what this trainee was told."""
    for attempt, saved in sitter.saved.items():
        stored = sitter.witness.stored(attempt)
        for question, possible in saved.items():
            assert stored.get(question, "") in possible, f"{question} of {attempt}, {when}"
        sitter.saved[attempt] = {question: {words} for question, words in stored.items()}
    opened = [one for one in sitter.witness.attempts(sitter.trainee.email) if one.state == "open"]
    assert len(opened) <= 1, when
    for one in opened:
        sitter.witness.check_open(one.id)
        sitter.left.add(one.id)
        # It may have been started without the trainee being told, and so have all of its time.
        sitter.saved.setdefault(one.id, {})
        sitter.witness.end_soon(one.id)


def check_closed(sitter: Sitter, when: str) -> None:
    """Wait for the clerk, and see that each attempt holds what was saved, and nothing else."""
    for attempt in sitter.saved:
        wait_until(lambda number=attempt: sitter.witness.sitting(number).state != "open")
    for attempt in sitter.left:
        (closing,) = sitter.witness.entries(attempt, "attempt.closed")
        assert closing.actor_id is None, when
        sitting = sitter.witness.sitting(attempt)
        assert sitting.submitted_at == sitting.deadline_at, when
    for attempt, saved in sitter.saved.items():
        exactly = {question: words for question, (words,) in saved.items()}
        sitter.witness.check_closed(attempt, exactly, sitter.trainee, f"{attempt}, {when}")
    sitter.saved.clear()
    sitter.left.clear()
    sitter.attempt = 0
