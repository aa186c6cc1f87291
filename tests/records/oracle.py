"""What an attempt should be, worked out from seconds of work and of breaks alone."""

from dataclasses import dataclass, field


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
