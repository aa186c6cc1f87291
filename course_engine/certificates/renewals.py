"""When a certificate should be renewed, and when its holder is reminded."""

from dataclasses import dataclass
from datetime import date, timedelta

from course_engine.certificates.validity import months_later


@dataclass(frozen=True, kw_only=True, slots=True)
class Renewal:
    """The day by which to renew, from when on to remind, and what is needed for it."""

    due_on: date
    remind_on: date
    needs: tuple[str, ...]

    def is_near(self, today: date) -> bool:
        """Say whether it is time to remind: once the day is near, and not after it."""
        return self.remind_on <= today <= self.due_on

    def is_over(self, today: date) -> bool:
        """Say whether the day has passed."""
        return today > self.due_on


def renewal(
    completed_on: date, *, after_months: int, remind_days: int, needs: tuple[str, ...]
) -> Renewal:
    """Work out the renewal of what was completed on a day; a new number does not change it."""
    due_on = months_later(completed_on, after_months)
    return Renewal(due_on=due_on, remind_on=due_on - timedelta(days=remind_days), needs=needs)
