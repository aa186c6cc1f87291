"""The command itself, as a person types it in a folder where nothing was ever set up."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests import ports
from tests.servers import ROOT

pytestmark = pytest.mark.slow


def page(address: str, *, within: int = 90) -> str:
    """Return a page as soon as the site answers."""
    until = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def test_the_demo_is_served_from_nothing_and_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    port = ports.free()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("COURSE_ENGINE_")}
    with (tmp_path / "log").open("wb") as log:
        serving = subprocess.Popen(
            [sys.executable, "-m", "course_engine", "serve", "--demo", "--port", str(port)],
            cwd=ROOT,
            env=environ | {"COURSE_ENGINE_INSTANCE": str(tmp_path / "instance")},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        assert "Sign in" in page(f"http://127.0.0.1:{port}/sign-in")
        serving.terminate()
        assert serving.wait(30) == 0, (tmp_path / "log").read_text()
    finally:
        if serving.poll() is None:
            os.killpg(serving.pid, signal.SIGKILL)
