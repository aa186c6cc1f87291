"""A real server and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from course_engine import demo

ROOT = Path(__file__).parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running site: its address, its process and its folder."""

    address: str
    process: subprocess.Popen[bytes]
    folder: Path


def free_port() -> int:
    """Return a port on the loopback address that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(folder: Path, *, arguments: tuple[str, ...] = (), **settings: str) -> Served:
    """Start ``course-engine serve`` as a person would, and wait until it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environ = {k: v for k, v in os.environ.items() if not k.startswith("COURSE_ENGINE_")}
    environ |= {
        "COURSE_ENGINE_INSTANCE": str(folder / "instance"),
        "COURSE_ENGINE_PUBLIC_URL": address,
        "COURSE_ENGINE_PASSWORD_COST": "cheap",
    } | {f"COURSE_ENGINE_{name.upper()}": value for name, value in settings.items()}
    log = (folder / "server.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "course_engine", "serve", "--port", str(port), *arguments],
        cwd=ROOT,
        env=environ,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return Served(address=address, process=process, folder=folder)
        except OSError:
            time.sleep(0.05)
    raise AssertionError((folder / "server.log").read_text(encoding="utf-8")[-4000:])


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo site with the shipped curriculum, as ``make run`` serves it."""
    served = serve(tmp_path_factory.mktemp("demo"), arguments=("--demo",))
    yield served
    served.process.terminate()
    served.process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing. Install Debian's package chromium.")
        pytest.skip("Chromium is missing. Install Debian's package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def context(chromium: Browser) -> Iterator[NewContext]:
    """Make browser contexts, each a person's own browser, closed when the test ends."""
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made = chromium.new_context(locale="en-US", **options)
        made.set_default_timeout(10_000)
        opened.append(made)
        return made

    yield make
    for each in opened:
        each.close()


def sign_in(page: Page, address: str, email: str, password: str = demo.PASSWORD) -> None:
    """Sign in through the form."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def axe_findings(page: Page) -> list[str]:
    """Run axe on a page; return each finding in one line."""
    page.evaluate(AXE)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS
    )
    return [
        f"{page.url}: {violation['id']}: {violation['help']}: {node['target']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
