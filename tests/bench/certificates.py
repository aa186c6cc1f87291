"""Certificates in bulk: ours, signed and not, beside plain WeasyPrint, typst and ReportLab."""

import gc
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from course_engine.certificates import pades, serials
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.key_making import make_document_key
from course_engine.certificates.printing import print_certificate, typeset
from course_engine.press import apart
from course_engine.press.attachments import Attachment
from tests.bench import peers
from tests.bench.figures import Figure, ratios
from tests.certificates.printed import facts

# As many as a cohort has, so that what is the same for many of them counts as it does in bulk.
BATCH = 40
FAR = 60
KEY = make_document_key(
    bytes(range(64)), created=datetime(2026, 11, 1, tzinfo=UTC), organization="Example"
)
chance = random.Random(7)  # noqa: S311 - nobody's secret
# As large as a credential is, and like one for a packer.
CREDENTIAL = Attachment(
    name="credential.json", content=chance.randbytes(2500).hex().encode(),
    media_type="application/ld+json",
)  # fmt: skip
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
GIVEN = ("Ada", "Björn", "Chloé", "Fatou", "Goran", "Inês", "Kwame", "Leïla", "Nguyễn", "Oskar")
BY_SCRIPT = {
    "Cyrillic": "Александра Достоевская",
    "Greek": "Ελευθερία Παπαδοπούλου",
    "Arabic": "محمد عبد الرحمن",
    "Hebrew": "יעל בן־דוד כהן",
    "Devanagari": "प्रियंका श्रीवास्तव",
    "Thai": "สมหญิง รัตนวงศ์",
    "Chinese": "王小明",
    "Japanese": "佐藤 さくら",
    "Korean": "김민준",
}


def measure(*, times: int, many: int) -> list[Figure]:
    """Compare in rounds, each way after the other; then scripts, two processes, and memory."""
    coming = people()
    with TemporaryDirectory(prefix="course-engine-bench-") as name:
        first = next(coming)
        ways: dict[str, tuple[int, Callable[[CertificateFacts], object]]] = {
            "plain": (1, peers.plain(first)),
            "unsigned": (BATCH, unsigned),
            "signed": (BATCH, signed),
            "typst": (BATCH, peers.by_typst(first, Path(name), CREDENTIAL.content)),
            "ReportLab": (BATCH, peers.by_reportlab()),
        }
        for amount, way in ways.values():
            processor(way, [next(coming) for _ in range(amount)])
        took: dict[str, list[float]] = {title: [] for title in ways}
        for _ in range(times):
            for title, (amount, way) in ways.items():
                took[title].append(processor(way, [next(coming) for _ in range(amount)]))
    return [
        *_compared(took),
        *_scripts(coming, times=times),
        _two_processes(times=times),
        *_in_the_worker(coming, many=many),
    ]


def _compared(took: dict[str, list[float]]) -> list[Figure]:
    def figure(name: str, unit: str, values: object, at_least: float | None = None) -> Figure:
        return Figure(
            name=name, where=_WHERE, unit=unit, values=tuple(values), at_least=at_least  # type: ignore[arg-type]
        )  # fmt: skip

    plain, typst = took["plain"], took["typst"]
    found = [
        figure(f"{title}, processor time of one", "ms", [each * 1000 for each in values])
        for title, values in took.items()
    ]
    faster = [("unsigned", 30.0), ("signed", 20.0), ("typst", None), ("ReportLab", None)]
    found += [
        figure(f"{title}, times as quick as plain", "×", ratios(plain, took[title]), wanted)
        for title, wanted in faster
    ]
    found.append(
        figure("unsigned, times as quick as typst", "×", ratios(typst, took["unsigned"]), 4)
    )
    return found


def _scripts(coming: Iterator[CertificateFacts], *, times: int) -> list[Figure]:
    """Print names of each script beside Latin ones, in turn."""

    def batch(name: str | None = None) -> float:
        told = [next(coming) for _ in range(BATCH // 4)]
        return processor(
            unsigned, [replace(one, legal_name=name or one.legal_name) for one in told]
        )

    found = []
    for script, name in BY_SCRIPT.items():
        ways = {typeset(facts(legal_name=name), peers.DESIGN).way}
        latin, values = zip(*[(batch(), batch(name)) for _ in range(times)], strict=True)
        far = script in {"Chinese", "Japanese", "Korean"}
        found.append(
            Figure(
                name=f"{script}, {'/'.join(sorted(ways))}{', ms' if far else ', times Latin'}",
                where=_WHERE,
                unit="ms" if far else "×",
                values=tuple(v * 1000 for v in values) if far else ratios(values, latin),
                at_most=40 if far else 2,
            )
        )
    return found


def _two_processes(*, times: int) -> Figure:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as both:
        list(both.map(_run, [2, 2]))
        values = []
        for _ in range(times):
            began = time.perf_counter()
            both.submit(_run, FAR).result()
            alone = time.perf_counter() - began
            began = time.perf_counter()
            list(both.map(_run, [FAR, FAR]))
            values.append(2 * alone / (time.perf_counter() - began))
    return Figure(
        name="two processes, times as quick as one", where=_WHERE, unit="×",
        values=tuple(values), at_least=1.8,
    )  # fmt: skip


def _in_the_worker(coming: Iterator[CertificateFacts], *, many: int) -> list[Figure]:
    """Print many in the worker that the site uses: its memory, and how it answers."""
    held, waits = [], []
    for number in range(many):
        began = time.perf_counter()
        print_certificate(next(coming), peers.DESIGN, attachments=(CREDENTIAL,))
        waits.append((time.perf_counter() - began) * 1000)
        if number > many // 10 and number % max(1, many // 20) == 0:
            held.append(_megabytes(apart.number()))
    return [
        Figure(
            name=f"memory of the worker over {many:,} certificates", where=_WHERE, unit="MB",
            values=tuple(held), at_most=150,
        ),
        Figure(
            name="one through the worker, on the clock", where=_WHERE, unit="ms",
            values=tuple(waits[1:]), at_most=150,
        ),
    ]  # fmt: skip


def _megabytes(process: int) -> float:
    told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in told.splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024


def processor(way: Callable[[CertificateFacts], object], told: list[CertificateFacts]) -> float:
    """Return the processor seconds that each took."""
    gc.collect()  # What others have left behind is not this one's work.
    began = time.process_time()
    for one in told:
        way(one)
    return (time.process_time() - began) / len(told)


def unsigned(told: CertificateFacts) -> bytes:
    """Print one as bulk issue does, with its credential."""
    return typeset(told, peers.DESIGN, attachments=(CREDENTIAL,)).content


def signed(told: CertificateFacts) -> bytes:
    """Print and sign one."""
    return pades.sign(unsigned(told), KEY, at=datetime.now(UTC), label="Signature")


def _run(amount: int) -> None:
    for told in people(amount):
        unsigned(told)


def people(amount: int | None = None) -> Iterator[CertificateFacts]:
    """Make up people who took one course, each with a name, numbers and days of their own."""
    number = 0
    while amount is None or number < amount:
        number += 1
        serial = serials.new_serial(chance.randbytes(serials.SERIAL_BYTES))
        code = serials.new_code(chance.randbytes(serials.CODE_BYTES))
        began = date(2026, 9, 1) + timedelta(days=chance.randrange(20))
        first, last = chance.choices(GIVEN, k=2)
        yield facts(
            legal_name=f"{first} {''.join(chance.choices(LETTERS, k=2))} {last}",
            serial=serial,
            code=code,
            verify_url=f"https://learn.example.org/v/{serial}/{code}",
            started_on=began,
            completed_on=began + timedelta(days=chance.randrange(60)),
        )


_WHERE = "certificates in bulk"
