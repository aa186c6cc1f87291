"""The one clock of the site."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment in UTC, to the whole second: what is stored is what is shown."""
    return datetime.now(UTC).replace(microsecond=0)
