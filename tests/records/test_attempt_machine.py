"""Whatever a person, a coordinator and the clerk do, in any order: the attempt is as it should be.

The oracle counts working time. It knows no deadlines, and so it cannot share a mistake about them.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from course_engine.assessment import accommodations as easing
from course_engine.assessment.attempt_rules import deadline
from course_engine.errors import Refused
from course_engine.records import (
    accommodations,
    attempts,
    clocks,
    drafts,
    enrollments,
    handing_in,
    openings,
    results,
)
from course_engine.records.attempts import AlreadySubmitted, NoAttemptsLeft, OnABreak, TimeIsUp
from course_engine.records.clocks import NoBreakLeft
from tests.databases import PostgresServer, SqliteFiles
from tests.records.oracle import ACCOMMODATION, POLICY, Oracle
from tests.records.site import NOW, PAPER, Site, grade_by_count

PEOPLE = count()


class Attempting(RuleBasedStateMachine):
    """One person at one quiz, with a coordinator and the clerk around them."""

    site: ClassVar[Site]

    @initialize()
    def enroll(self) -> None:
        self.now = NOW
        self.number = 0
        self.most = 2
        self.extra = 0
        self.model: Oracle | None = None
        with self.site.session() as session:
            self.person = self.site.person(session, f"Person {next(PEOPLE)}")
            self.enrollment = self.site.enroll(session, self.person)
            session.commit()

    def act(self, expected: type[Refused] | None, work: Callable[[Session], object]) -> object:
        with self.site.session() as session:
            if expected is None:
                done = work(session)
                session.commit()
                return done
            with pytest.raises(expected):
                work(session)
            return None

    def ask(
        self,
        expected: type[Refused] | None,
        function: Callable[..., object],
        *given: object,
        **named: object,
    ) -> None:
        """Do something to the attempt of the moment, as its person or for them."""
        whose = {"for_person": self.person.id, "now": self.now}
        self.act(
            expected, lambda session: function(session, self.attempt, *given, **whose, **named)
        )

    @rule(granted=st.booleans())
    def accommodate(self, *, granted: bool) -> None:
        """Grant, or end what was granted: it must not touch an attempt that is open."""
        who, actor = self.person.id, self.site.coordinator.id

        def work(session: Session) -> None:
            for one in accommodations.of_person(session, who):
                if one.ended_at is None:
                    accommodations.end(
                        session, one.id, for_person=who, actor_id=actor, now=self.now
                    )
            if granted:
                accommodations.grant(session, who, ACCOMMODATION, actor_id=actor, now=self.now)

        self.act(None, work)
        self.extra = int(granted)

    @precondition(lambda self: self.model is None or self.model.closed)
    @rule()
    def start(self) -> None:
        def work(session: Session) -> int:
            day = NOW.date()
            mine = accommodations.in_force(session, self.person.id, day)
            found = easing.rules(POLICY, mine, day)
            opened = openings.count(session, self.enrollment.id, "one")
            assert found.policy.attempts is not None
            return attempts.start(
                session,
                self.enrollment.id,
                "one",
                seed="seed",
                paper=PAPER,
                policy={},
                limit=found.policy.attempts + opened,
                deadline_at=deadline(policy=found.policy, started_at=self.now),
                now=self.now,
                arranged=easing.to_document(found),
            ).id

        if self.number >= self.most + self.extra:
            self.act(NoAttemptsLeft, work)
            return
        self.attempt = self.act(None, work)
        self.number += 1
        minutes, breaks = (30, 10) if self.extra else (20, 0)
        self.model = Oracle(left=60 * minutes, breaks=60 * breaks)

    @rule()
    def open_more(self) -> None:
        self.act(
            None,
            lambda session: openings.open_more(
                session,
                self.enrollment.id,
                "one",
                number=1,
                reason="Ill",
                actor_id=self.site.coordinator.id,
                now=self.now,
            ),
        )
        self.most += 1

    @rule(seconds=st.integers(0, 900))
    def pass_time(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        if self.model is not None and not self.model.closed:
            self.model.pass_time(seconds)

    def refusal(self, *, on_break: type[Refused] | None = None) -> type[Refused] | None:
        assert self.model is not None
        if self.model.closed:
            return AlreadySubmitted
        if self.model.over:
            return TimeIsUp
        return on_break if self.model.paused else None

    @precondition(lambda self: self.model is not None)
    @rule(question=st.sampled_from("abcde"))
    def save(self, question: str) -> None:
        assert self.model is not None
        expected = self.refusal(on_break=OnABreak)
        self.ask(expected, drafts.save, {question: ("1",)})
        if expected is None:
            self.model.answers.add(question)

    @precondition(lambda self: self.model is not None)
    @rule()
    def pause(self) -> None:
        assert self.model is not None
        expected = self.refusal()
        if expected is None and not self.model.paused and not self.model.breaks:
            expected = NoBreakLeft
        self.ask(expected, clocks.pause)
        if expected is None:
            self.model.paused = True

    @precondition(lambda self: self.model is not None)
    @rule()
    def go_on(self) -> None:
        assert self.model is not None
        expected = self.refusal() if self.model.paused else None
        self.ask(expected, clocks.go_on)
        if expected is None:
            self.model.paused = False

    @precondition(lambda self: self.model is not None)
    @rule(minutes=st.integers(1, 30))
    def extend(self, minutes: int) -> None:
        assert self.model is not None
        expected = self.refusal()
        self.ask(
            expected,
            clocks.extend,
            minutes=minutes,
            reason="A storm",
            actor_id=self.site.coordinator.id,
        )
        if expected is None:
            self.model.left += 60 * minutes

    @precondition(lambda self: self.model is not None)
    @rule(clerk=st.booleans())
    def close(self, *, clerk: bool) -> None:
        assert self.model is not None
        self.ask(None, handing_in.hand_in, grade=grade_by_count, only_when_over=clerk)
        if not self.model.closed and (self.model.over or not clerk):
            self.model.closed = True
            self.model.paused = False
            late = timedelta(seconds=min(0, self.model.left))
            self.ended = self.now + late

    @invariant()
    def what_is_stored_is_what_happened(self) -> None:
        if self.model is None:
            return
        with self.site.session() as session:
            sitting = attempts.find(session, self.attempt, for_person=self.person.id)
            draft = drafts.of(session, self.attempt)
            running_out = dict(clocks.run_out(session, now=self.now, most=10_000))
            tried = results.of_enrollment(session, self.enrollment.id)
        assert set(draft.answers) == self.model.answers
        assert len(tried) == self.number
        assert (sitting.state == "submitted") == self.model.closed
        assert (sitting.paused_at is not None) == self.model.paused
        assert (self.attempt in running_out) == (self.model.over and not self.model.closed)
        if self.model.closed:
            assert sitting.submitted_at == self.ended
            assert sitting.percent == 20 * len(self.model.answers)
        else:
            assert sitting.over(self.now) == self.model.over

    def teardown(self) -> None:
        """Leave nothing open behind: the next example looks at the same self.site."""
        if self.model is not None:
            self.ask(None, handing_in.hand_in, grade=grade_by_count)
        leaving = self.enrollment.id
        self.act(None, lambda session: enrollments.withdraw(session, leaving, now=self.now))


def test_any_course_of_events_leaves_what_an_oracle_expects(
    databases: SqliteFiles | PostgresServer,
) -> None:
    site = Site(databases.fresh())
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        type("AttemptingHere", (Attempting,), {"site": site}),
        settings=settings(
            max_examples=8,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    site.close()
