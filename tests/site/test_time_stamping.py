"""Asking a time-stamp authority: a small one on this machine, no network."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from course_engine.app import create_app
from course_engine.certificates import time_stamps
from course_engine.web import time_stamping
from tests.certificates.signed import answer
from tests.conftest import settings_for


@pytest.fixture
def authority_at() -> Iterator[Callable[[bytes | None], str]]:
    """A time-stamp authority on this machine; given bytes, it answers with those."""
    servers: list[HTTPServer] = []

    def start(says: bytes | None) -> str:
        class Authority(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(answer(query) if says is None else says)

            def log_message(self, *_: object) -> None:
                """Say nothing on the terminal."""

        servers.append(HTTPServer(("127.0.0.1", 0), Authority))
        Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def stamper_for(folder: Path, address: str) -> time_stamps.AskTimeStamp | None:
    with create_app(settings_for(folder, timestamp_url=address)).app_context():
        return time_stamping.stamper()


def test_the_authority_of_the_settings_is_asked(
    tmp_path: Path, authority_at: Callable[[bytes | None], str]
) -> None:
    assert stamper_for(tmp_path, "") is None
    ask = stamper_for(tmp_path, authority_at(None))
    assert ask is not None
    assert ask(b"a signature")


def test_a_stamp_that_does_not_come_is_a_warning_and_no_fault(
    tmp_path: Path,
    authority_at: Callable[[bytes | None], str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    for address in (authority_at(b"busy"), "http://127.0.0.1:9"):
        caplog.clear()
        waited.clear()
        ask = stamper_for(tmp_path, address)
        assert ask is not None
        assert ask(b"a signature") is None
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert waited == list(time_stamping.PAUSES)
