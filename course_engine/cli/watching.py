"""Publishing a course again whenever one of its files is saved."""

import logging
from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from watchfiles import watch

from course_engine.cli import starting
from course_engine.settings import Settings
from course_engine.web import logs, publishing

log = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Watch the curriculum until this process is ended."""
    logs.start(settings.log_level)
    app = starting.site(settings)
    for changes in watch(settings.curriculum, step=50, debounce=100, raise_interrupt=False):
        _publish(app, settings.curriculum, (Path(path) for _, path in changes))


def _publish(app: Flask, curriculum: Path, changed: Iterable[Path]) -> None:
    touched = {_course_of(path, curriculum) for path in changed}
    slugs = [None] if None in touched else sorted(slug for slug in touched if slug)
    with app.app_context():
        for slug in slugs:
            try:
                publishing.publish(curriculum, only=slug)
            except Exception:
                # A file may vanish while it is read, or the database be busy: the next save counts.
                log.exception("a saved change could not be published", extra={"course": slug})


def _course_of(path: Path, curriculum: Path) -> str | None:
    """Return the course that a file belongs to; None for what concerns every course."""
    parts = path.relative_to(curriculum).parts
    return parts[0] if len(parts) > 1 and parts[0] != "frameworks" else None
