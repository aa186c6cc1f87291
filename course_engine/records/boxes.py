"""What a trainee has filled in inside a lesson: reflections and checks, read together."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    Table,
    Text,
    bindparam,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from course_engine.records.checks import CHECK_ANSWER
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.reflections import REFLECTION


@dataclass(frozen=True, slots=True)
class Reflection:
    """What was written under one prompt, and when it was saved."""

    text: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Boxes:
    """What stands in a lesson's boxes: reflections and check answers by their keys."""

    reflections: Mapping[str, Reflection]
    checks: Mapping[str, tuple[str, ...]]


def _held(table: Table, content: str, saved: str, keys: int) -> Select[Any]:
    """Select what one table holds of the lesson, owner's only, in columns both tables share."""
    return (
        select(
            literal(table.name).label("kind"),
            table.c.key,
            type_coerce(table.c[content], Text).label("content"),
            table.c[saved].label("saved_at"),
        )
        .join_from(table, ENROLLMENT, table.c.enrollment_id == ENROLLMENT.c.id)
        .where(
            table.c.enrollment_id == bindparam("enrollment"),
            ENROLLMENT.c.person_id == bindparam("person"),
            table.c.key.in_([bindparam(f"key_{number}") for number in range(keys)]),
        )
    )


@lru_cache(maxsize=64)
def _filled(keys: int) -> CompoundSelect[Any]:
    """Write the statement for so many keys: a list of any length is written anew each time."""
    return union_all(
        _held(REFLECTION, "text", "saved_at", keys),
        _held(CHECK_ANSWER, "answer", "answered_at", keys),
    )


def filled(
    session: Session, enrollment_id: int, keys: Collection[str], *, for_person: int
) -> Boxes:
    """Return what the owner has filled in under these keys (1 statement; none without keys)."""
    if not keys:
        return Boxes({}, {})
    asked: dict[str, Any] = {f"key_{number}": key for number, key in enumerate(keys)}
    asked |= {"enrollment": enrollment_id, "person": for_person}
    reflections, checks = {}, {}
    for kind, key, content, saved_at in session.execute(_filled(len(keys)), asked):
        if kind == REFLECTION.name:
            reflections[key] = Reflection(content, saved_at)
        else:
            checks[key] = tuple(json.loads(content))
    return Boxes(reflections, checks)
