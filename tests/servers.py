"""The real server: started as a person would start it, and killed as nobody should."""

import atexit
import multiprocessing
import os
import resource
import shutil
import signal
import time
import urllib.request
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Self

from course_engine import settings as settings_file
from course_engine.cli import main, starting
from course_engine.records import people
from course_engine.records.people import Role
from course_engine.web import clock, passwords, publishing
from course_engine.web.database import db
from tests import ports

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "sample"
SECRET = "a secret for tests, long enough to count"
PASSWORD = "a quiet green bicycle"
REFLECTION = """
## What will you take with you? {#takeaway .reflection competency="skills:A.1"}

One line is enough.
"""

# A server is forked from a process that has loaded the program and done nothing with it. It lives
# and dies as if it had been started from a shell, without the second or two of loading.
LOADED = multiprocessing.get_context("forkserver")
LOADED.set_forkserver_preload([__name__, "tests.loaded"])


class Server:
    """A site that lives in a folder, and the processes that serve it."""

    def __init__(
        self, folder: Path, *, arguments: tuple[str, ...] = (), **settings: object
    ) -> None:
        self.folder = folder
        self.instance = folder / "instance"
        self.port = ports.free()
        self.address = f"http://127.0.0.1:{self.port}"
        self.arguments = arguments
        self.largest_file: int | None = None
        self.environ = {k: v for k, v in os.environ.items() if not k.startswith("COURSE_ENGINE_")}
        given = {
            "instance": self.instance,
            "public_url": self.address,
            "password_cost": "cheap",
            "secret_key": SECRET,
        } | settings
        self.environ |= {f"COURSE_ENGINE_{key.upper()}": str(one) for key, one in given.items()}
        self.process: ForkServerProcess | None = None

    def start(self) -> Self:
        """Serve, and return when the site answers."""
        words = ["serve", "--port", str(self.port), *self.arguments]
        log = self.folder / "server.log"
        given = (words, self.environ, log, self.largest_file)
        self.process = LOADED.Process(target=_serve, args=given)
        self.process.start()
        atexit.register(self.process.kill)  # Nobody waits for a server that a failed test left.
        until = time.monotonic() + 90
        while time.monotonic() < until and self.process.is_alive():
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=5):
                    return self
            except OSError:
                time.sleep(0.05)
        self.process.kill()
        raise AssertionError(self.log()[-4000:])

    def stop(self) -> None:
        """Ask the server to stop, as Ctrl-C does."""
        if self.process is not None:
            self.process.terminate()
            self.process.join(30)
            assert not self.process.is_alive(), "the server was asked to stop, and goes on"
            self.process = None

    def kill(self) -> None:
        """Kill every process of the server at once, with no chance to tidy up."""
        assert self.process is not None
        assert self.process.pid
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join(30)
        ports.wait_until_free(self.port)
        self.process = None

    def settle(self, *emails: str, roles: tuple[str, ...] = ("trainee",)) -> None:
        """Publish the curriculum and put people in place, all in one go; before ``start``."""
        self.instance.mkdir(parents=True, exist_ok=True)
        app = starting.site(settings_file.load(self.environ))
        with app.app_context():
            publishing.publish(app.extensions["settings"].curriculum)
            stored = passwords.hashed(PASSWORD)
            for email in emails:
                people.add(
                    db.session,
                    email=email,
                    legal_name=f"Somebody {email.partition('@')[0]}",
                    used_name="",
                    roles=frozenset(map(Role, roles)),
                    password_hash=stored,
                    now=clock.now(),
                )
            db.session.commit()
            db.close()

    def log(self) -> str:
        """Return what the server has said so far."""
        return (self.folder / "server.log").read_text(encoding="utf-8")


def _serve(words: list[str], environ: dict[str, str], log: Path, largest_file: int | None) -> None:
    """Be a server from here on, in a group of its own, as one that a shell starts in ``ROOT``."""
    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environ)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(written, 1)
    os.dup2(written, 2)
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    main(words, prog_name="course-engine")


def sample_with_every_kind(folder: Path) -> Path:
    """Copy the sample curriculum into a folder, its quiz asking one question of every kind."""
    curriculum = folder / "curriculum"
    shutil.copytree(SAMPLE, curriculum)
    with (curriculum / "first-steps" / "01-hello" / "quiz.md").open("a", encoding="utf-8") as quiz:
        quiz.write(REFLECTION)
    return curriculum
