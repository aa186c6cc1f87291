"""Lesson, quiz, draft and register, side by side with the bare page and the bare row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.browsing import AS_SCRIPT, Browser, choice, draft, form, questions
from tests.bench.figures import Figure, ratios
from tests.bench.load import Clients, Request, Round, written
from tests.bench.seeding import Site
from tests.bench.serving import Server

PAGE, ROW = "bare page", "bare row"
LESSON, QUIZ, DRAFT, REGISTER = "lesson page", "quiz page", "draft", "register page"
WITHIN = 1.10


@dataclass(frozen=True, kw_only=True)
class Place:
    """A served site, and the requests of four trainees and a coordinator to it."""

    site: Site
    requests: Mapping[str, tuple[Request, ...]]
    bytes: Mapping[str, int]


def place(site: Site, server: Server) -> Place:
    """Prepare what will be asked: each trainee has an attempt open, and half of it answered."""
    requests: dict[str, list[Request]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for token in site.trainees:
        trainee = Browser(server, token)
        protection = trainee.token(site.lesson)
        sitting = trainee.start(site.quiz, protection)
        page = trainee.ask("GET", sitting)
        shown = list(questions(page).items())
        changes = [draft(question, seen, protection) for question, seen in shown]
        for change in changes[: len(changes) // 2]:
            trainee.ask("POST", f"{sitting}/save", body=change, more=AS_SCRIPT)
        requests[LESSON].append(trainee.request("GET", site.lesson))
        requests[QUIZ].append(trainee.request("GET", sitting))
        chosen = choice(page)
        change = draft(chosen, dict(shown)[chosen], protection)
        requests[DRAFT].append(
            trainee.request("POST", f"{sitting}/save", body=change, more=AS_SCRIPT)
        )
        sizes[LESSON] = len(trainee.ask("GET", site.lesson).page.encode())
        sizes[QUIZ] = len(page.page.encode())
    coordinator = Browser(server, site.coordinator)
    requests[REGISTER].append(coordinator.request("GET", site.register))
    sizes[REGISTER] = len(coordinator.ask("GET", site.register).page.encode())
    return Place(site=site, requests={k: tuple(v) for k, v in requests.items()}, bytes=sizes)


def bare_requests(server: Server) -> dict[str, tuple[Request, ...]]:
    """Write the two requests to the bare app out."""
    page = written(server.address, "GET", "/page")
    row = written(server.address, "POST", "/row", body=form(words="A few words, as a row has them"))
    return {
        PAGE: (Request(address=server.address, content=page),),
        ROW: (Request(address=server.address, content=row),),
    }


def measure(
    bare: Server, places: Sequence[Place], clients: Clients, *, rounds: int, seconds: float
) -> list[Figure]:
    """Ask everything in turn, in short rounds, so that all meet the machine in the same moods.

    What is divided by a bare page or row is asked right after it: moods change within seconds.
    """
    everything: dict[tuple[str, int], tuple[Request, ...]] = {}
    plain = bare_requests(bare)
    for name in (PAGE, LESSON, QUIZ, REGISTER, ROW, DRAFT):
        if name in plain:
            everything[name, 0] = plain[name]
            continue
        for each in places:
            everything[name, each.site.enrollments] = each.requests[name]
    for requests in everything.values():
        clients.round(requests, seconds / 3)
    found: dict[tuple[str, int], list[Round]] = defaultdict(list)
    for _ in range(rounds):
        for what, requests in everything.items():
            found[what].append(clients.round(requests, seconds))
    rates = {what: [each.rate for each in rounds] for what, rounds in found.items()}
    figures = [
        Figure(name=f"{name}, requests/s", where="bare", unit="/s", values=tuple(rates[name, 0]))
        for name in (PAGE, ROW)
    ]
    for each in places:
        figures += _of_place(each, found, rates)
    if len(places) > 1:
        figures += _of_sizes(places, rates)
    return figures


def _of_place(
    each: Place,
    found: Mapping[tuple[str, int], list[Round]],
    rates: Mapping[tuple[str, int], list[float]],
) -> list[Figure]:
    size = each.site.enrollments
    where = f"{size:,} enrollments"
    figures = []
    for name, measure_by, share in ((LESSON, PAGE, 0.6), (QUIZ, PAGE, 0.5), (DRAFT, ROW, 0.6)):
        values = ratios(rates[name, size], rates[measure_by, 0])
        title = f"{name}, requests/s of the {measure_by}"
        figures.append(Figure(name=title, where=where, unit="×", values=values, at_least=share))
    times = ratios(rates[LESSON, size], rates[REGISTER, size])
    figures.append(
        Figure(name="register page, times a lesson", where=where, unit="×", values=times, at_most=3)
    )
    for name in (LESSON, QUIZ, REGISTER):
        most = 30_000 if name == LESSON else None
        values = (float(each.bytes[name]),)
        figures.append(
            Figure(name=f"{name}, HTML", where=where, unit="bytes", values=values, at_most=most)
        )
    for name in (LESSON, QUIZ, DRAFT, REGISTER):
        median = tuple(one.median for one in found[name, size])
        title = f"{name}, median answer, 4 clients"
        figures.append(Figure(name=title, where=where, unit="ms", values=median))
    return figures


def _of_sizes(
    places: Sequence[Place], rates: Mapping[tuple[str, int], list[float]]
) -> list[Figure]:
    small, large = (each.site.enrollments for each in places)
    return [
        Figure(
            name=f"{name}, time with {large:,} against {small:,}",
            where="size",
            unit="×",
            values=ratios(rates[name, small], rates[name, large]),
            at_most=WITHIN,
        )
        for name in (LESSON, QUIZ, DRAFT, REGISTER)
    ]
