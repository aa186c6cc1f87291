"""What authors wait for: a check of 300 lessons, and one changed file shown in the browser."""

import subprocess
import sys
import time
from pathlib import Path

from tests.bench.browsing import Browser
from tests.bench.figures import Figure
from tests.bench.seeding import COURSE, Site, settings
from tests.bench.serving import ROOT, Server
from tests.curriculum import large

LESSONS, QUESTIONS = 300, 3000


def check(folder: Path, *, times: int) -> list[Figure]:
    """Check a large curriculum in a process of its own, as an author does."""
    large.write(folder, lessons=LESSONS, questions=QUESTIONS)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        words = [sys.executable, "-m", "course_engine", "check", str(folder), "--format", "json"]
        subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - began)
    title = f"check of {LESSONS} lessons and {QUESTIONS:,} questions"
    return [Figure(name=title, where="authoring", unit="s", values=tuple(taken), at_most=5)]


def republish(place: Site, server: Server, *, times: int) -> list[Figure]:
    """Change one file, publish its course, and ask for the page that shows the change."""
    from course_engine.app import create_app  # noqa: PLC0415 - as the process that watches does
    from course_engine.web import publishing  # noqa: PLC0415
    from course_engine.web.database import db  # noqa: PLC0415

    reader = Browser(server, place.coordinator)
    path = place.curriculum / COURSE / "course.md"
    head, _, rest = path.read_text("utf-8").partition("title: ")
    body = rest.partition("\n")[2]
    taken = []
    app = create_app(settings(place.instance, place.curriculum, place.database_url))
    with app.app_context():
        for number in range(times + 1):
            title = f"Changed for the time number {number}"
            path.write_text(f"{head}title: {title}\n{body}", "utf-8")
            began = time.perf_counter()
            publishing.publish(place.curriculum, only=COURSE)
            page = reader.ask("GET", f"/courses/{COURSE}").page
            taken.append((time.perf_counter() - began) * 1000)
            assert title in page, "the change is not shown"
        db.close()
    return [
        Figure(
            name="one changed file, published and shown",
            where="authoring",
            unit="ms",
            values=tuple(taken[1:]),
            at_most=300,
        )
    ]
