"""Repairing a question over plain HTTP while others hand in, and holding their papers back."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import text

from course_engine.assessment import grading
from course_engine.records import repairs
from tests.robustness.trainee import Trainee
from tests.robustness.witness import Witness

REPAIR = "/repairs/first-steps/hello"
ANYBODY = {"kind": "accept-any", "rule": "nobody-loses", "reason": "Two words were right"}
# A hand-in that was graded waits for the test to let it be stored.
_WAIT = """
    CREATE FUNCTION wait_for_the_test() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END $$;
    CREATE TRIGGER wait_for_the_test BEFORE UPDATE ON attempt FOR EACH ROW
    WHEN (OLD.state = 'open' AND NEW.state = 'submitted') EXECUTE FUNCTION wait_for_the_test();
"""
_GO_ON = "DROP TRIGGER wait_for_the_test ON attempt; DROP FUNCTION wait_for_the_test()"
_SOMEBODY_WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def repair(coordinator: Trainee, question: str) -> int:
    """Look at what a repair would change, and apply it as soon as nothing else has changed."""
    while True:
        looked = coordinator.post(f"{REPAIR}/{question}", ANYBODY)
        shown = re.search(r'name="looked_at"[^>]*value="(\w{64})"', looked.body)
        assert shown, looked
        fields = ANYBODY | {"looked_at": shown[1], "do": "apply"}
        done = coordinator.post(f"{REPAIR}/{question}", fields)
        if done.status == 303:
            return int(done.location.rpartition("/")[2])
        assert done.status == 409, done


def settled(witness: Witness, repair_id: int) -> bool:
    """Say whether the clerk has caught up with a repair."""
    with witness.session() as session:
        waiting = repairs.unsettled(session)
    return waiting is None or waiting.id > repair_id


def earned(witness: Witness, attempt: int, question: str) -> bool:
    """Say whether an attempt earns everything for a question."""
    grade = witness.sitting(attempt).grade
    assert grade is not None
    return any(
        mark.question == question and mark.credit == 1
        for mark in grading.from_document(grade).marks
    )


@contextmanager
def holding_back(witness: Witness) -> Iterator[Callable[[], None]]:
    """Keep attempts that are graded from being stored, until what this returns is called.

    PostgreSQL alone: on SQLite nobody else could repair meanwhile.
    """
    with witness.session() as session:
        session.execute(text(_WAIT))
        session.commit()
        session.execute(text("SELECT pg_advisory_xact_lock(4711)"))
        yield session.rollback
        session.execute(text(_GO_ON))
        session.commit()


def waiting(witness: Witness) -> int:
    """Count who waits: for the test, or for papers that are being graded."""
    with witness.session() as session:
        return int(session.execute(text(_SOMEBODY_WAITS)).scalar_one())
