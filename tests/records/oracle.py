"""What an attempt should be, worked out from seconds of work and of breaks alone."""

from dataclasses import dataclass, field

from course_engine.assessment.accommodations import Accommodation
from course_engine.curriculum.course import Policy
from tests.records.site import NOW

POLICY = Policy(attempts=2, time_limit_minutes=20)
ACCOMMODATION = Accommodation(from_day=NOW.date(), time="1.5", break_minutes=10, extra_attempts=1)


@dataclass
class Oracle:
    """One attempt: how many seconds of work and of breaks are left, and what was answered."""

    left: int
    breaks: int
    paused: bool = False
    closed: bool = False
    answers: set[str] = field(default_factory=set)

    @property
    def over(self) -> bool:
        return self.left < 0

    def pass_time(self, seconds: int) -> None:
        stopped = min(seconds, self.breaks) if self.paused else 0
        self.breaks -= stopped
        self.left -= seconds - stopped
