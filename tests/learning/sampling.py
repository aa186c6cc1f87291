"""Evidence: everything done, single results, and any evidence at all."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from course_engine.learning.evidence import (
    Evidence,
    LessonDone,
    Observed,
    Result,
    StatementSigned,
)

DAY = datetime(2026, 11, 3, tzinfo=UTC)
moments = st.integers(0, 99).map(lambda minutes: DAY + timedelta(minutes=minutes))
evidences = st.builds(
    Evidence,
    lessons=st.lists(
        st.builds(LessonDone, lesson=st.sampled_from(["a", "b", "c", "gone"]), at=moments)
    ).map(tuple),
    results=st.lists(
        st.builds(
            Result,
            quiz=st.sampled_from(["one", "two", "exam", "gone"]),
            number=st.integers(1, 5),
            percent=st.integers(0, 100),
            passed=st.booleans(),
            at=moments,
        )
    ).map(tuple),
    statements=st.lists(
        st.builds(StatementSigned, statement=st.sampled_from(["conduct", "gone"]), at=moments)
    ).map(tuple),
    observed=st.lists(
        st.builds(
            Observed,
            roleplay=st.sampled_from(["talk", "gone"]),
            number=st.integers(1, 5),
            met=st.booleans(),
            at=moments,
        )
    ).map(tuple),
    waiting=st.frozensets(st.sampled_from(["one", "exam", "talk"])),
)


def passed(quiz: str, *, number: int = 1, percent: int = 90, at: datetime = DAY) -> Result:
    return Result(quiz=quiz, number=number, percent=percent, passed=True, at=at)


def failed(quiz: str, *, number: int = 1, percent: int = 60, at: datetime = DAY) -> Result:
    return Result(quiz=quiz, number=number, percent=percent, passed=False, at=at)


EVERYTHING = Evidence(
    lessons=tuple(LessonDone(lesson=slug, at=DAY) for slug in "abc"),
    results=(passed("one"), passed("two"), passed("exam", at=DAY + timedelta(hours=2))),
    statements=(StatementSigned(statement="conduct", at=DAY + timedelta(hours=1)),),
)
