"""Two servers of one site: processes, ports, workers and clerks of their own, one database."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tests.robustness.trainee import Trainee
from tests.robustness.witness import Witness
from tests.servers import Server, sample_with_every_kind

T = TypeVar("T")


class Twins:
    """A site with two servers, and a witness who looks past both."""

    def __init__(self, folder: Path, url: str) -> None:
        shared = {"curriculum": timed_sample(folder), "database_url": url}
        self.first = Server(folder, **shared)
        self.second = Server(folder, **shared, public_url=self.first.address)
        self.witness = Witness(url)

    def start(self, *emails: str) -> None:
        """Put people in place, each as trainee and coordinator, and start both servers at once."""
        self.first.settle(*emails, roles=("trainee", "coordinator"))
        at_once([self.first.start, self.second.start])

    def stop(self) -> None:
        """Stop both servers."""
        self.witness.leave()
        self.first.stop()
        self.second.stop()

    def sign_in(self, email: str) -> tuple[Trainee, Trainee]:
        """Sign somebody in; return them at the first server, and at the second."""
        trainee = Trainee(self.first, email)
        trainee.sign_in()
        return trainee, trainee.at(self.second)


def timed_sample(folder: Path) -> Path:
    """Copy the sample curriculum into a folder, its quiz with half an hour on the clock."""
    curriculum = sample_with_every_kind(folder)
    quiz = curriculum / "first-steps" / "01-hello" / "quiz.md"
    before = quiz.read_text(encoding="utf-8")
    quiz.write_text(before.replace("feedback:", "time_limit: 30 minutes\nfeedback:", 1), "utf-8")
    return curriculum


def at_once(works: Sequence[Callable[[], T]]) -> list[T]:
    """Do several things at the same moment, and return what came of each."""
    ready = threading.Barrier(len(works))

    def one(work: Callable[[], T]) -> T:
        ready.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))
